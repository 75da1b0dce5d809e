import { ActionIcon, Checkbox, Popover, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../frame/icon.tsx';
import type { OverlayChoice } from './slice-pixels.ts';
import { KINDS, type Place } from './structures.ts';

/** Which structures, outlines and names the overlay shows. */
export function StructureMenu(props: {
  readonly overlay: OverlayChoice;
  readonly onChange: (overlay: OverlayChoice) => void;
  readonly places: readonly Place[];
}): ReactNode {
  const { overlay, onChange, places } = props;
  const toggled = <T,>(set: ReadonlySet<T>, value: T, on: boolean) => {
    const next = new Set(set);
    if (on) next.delete(value);
    else next.add(value);
    return next;
  };
  return (
    <Popover position="bottom-end" shadow="md" withinPortal>
      <Popover.Target>
        <ActionIcon variant="default" aria-label="Structures shown">
          <Icon name="layers" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="fo-structures">
        <Switch
          size="xs"
          label="Outlines"
          checked={overlay.outlines}
          onChange={(event) => onChange({ ...overlay, outlines: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="Level names"
          checked={overlay.names}
          onChange={(event) => onChange({ ...overlay, names: event.currentTarget.checked })}
        />
        {KINDS.filter(({ kind }) => places.some((place) => place.structure.kind === kind)).map(
          ({ kind, name }) => {
            const members = places
              .filter((place) => place.structure.kind === kind)
              .sort((a, b) => a.structure.label - b.structure.label);
            return (
              <fieldset key={kind}>
                <Checkbox
                  size="xs"
                  label={name}
                  checked={!overlay.hiddenKinds.has(kind)}
                  onChange={(event) =>
                    onChange({
                      ...overlay,
                      hiddenKinds: toggled(overlay.hiddenKinds, kind, event.currentTarget.checked),
                    })
                  }
                />
                {members.length > 1 && (
                  <div className="fo-structure-list">
                    {members.map(({ structure }) => (
                      <Checkbox
                        key={structure.label}
                        size="xs"
                        label={structure.name}
                        disabled={overlay.hiddenKinds.has(kind)}
                        checked={!overlay.hiddenLabels.has(structure.label)}
                        color={`rgb(${structure.colour.join(',')})`}
                        onChange={(event) =>
                          onChange({
                            ...overlay,
                            hiddenLabels: toggled(
                              overlay.hiddenLabels,
                              structure.label,
                              event.currentTarget.checked,
                            ),
                          })
                        }
                      />
                    ))}
                  </div>
                )}
              </fieldset>
            );
          },
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
