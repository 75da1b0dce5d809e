import type { DiscLevel } from '@foramen/spine';
import {
  ActionIcon,
  Checkbox,
  Popover,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  Tooltip,
} from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure } from '../frame/failure.tsx';
import { Icon } from '../frame/icon.tsx';
import type { Picture, PictureSource, Window } from '../record/picture.ts';
import { covers, lpsAt, referenceLine, voxelAt } from './reference-line.ts';
import type { OverlayChoice } from './slice-pixels.ts';
import { type DragTool, SliceView } from './slice-view.tsx';
import { KINDS, type Place, placeOfLevel, placesOf, type Structure } from './structures.ts';
import './viewer.css';

interface StudyViewerProps {
  readonly sources: readonly PictureSource[];
  readonly selected: DiscLevel | null;
  readonly onSelect: (level: DiscLevel) => void;
  /** Slice of the finding of a level in a series, where the reading says one. */
  readonly sliceOf: (level: DiscLevel) => number | null;
  readonly describe: (structure: Structure) => string;
}

const START: OverlayChoice = {
  shown: true,
  opacity: 0.28,
  outlines: true,
  names: true,
  hiddenKinds: new Set(),
  hiddenLabels: new Set(),
};

/** The study as slices: a sagittal series and, where there is one, an axial series beside it, each showing where the other lies. */
export function StudyViewer(props: StudyViewerProps) {
  const sagittals = props.sources.filter((source) => source.plane !== 'axial');
  const axials = props.sources.filter((source) => source.plane === 'axial');
  const [sagittalId, setSagittalId] = useState<string | null>(null);
  const [axialId, setAxialId] = useState<string | null>(null);
  const sagittal = sagittals.find((source) => source.id === sagittalId) ?? firstOf(sagittals);
  const axial = axials.find((source) => source.id === axialId) ?? firstOf(axials);
  const [overlay, setOverlay] = useState(START);
  const [tool, setTool] = useState<DragTool>('window');
  const left = usePane(sagittal);
  const right = usePane(axial);
  const { selected } = props;

  const place =
    selected !== null && left.ready !== null ? placeOfLevel(left.ready.places, selected) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when a level is chosen or a series arrives, not on every slice
  useEffect(() => {
    if (selected === null || place === undefined || left.ready === null) return;
    left.setSlice(props.sliceOf(selected) ?? place.bestSlice);
    const lps = lpsAt(left.ready.picture, place.centre);
    if (lps === null || right.ready === null) return;
    // Axial slices are often acquired disc by disc: show the stack that holds this one.
    if (axial !== null && !covers(axial.place, lps)) {
      const holding = axials.find((source) => covers(source.place, lps));
      if (holding !== undefined) setAxialId(holding.id);
    }
    const at = voxelAt(right.ready.picture, lps);
    if (at !== null) right.setSlice(Math.round(at[2]));
  }, [selected, left.ready?.picture.id, right.ready?.picture.id]);

  const label = place?.structure.label ?? null;
  const pick = (structure: Structure) => {
    if (structure.level !== undefined) props.onSelect(structure.level);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === 'o') setOverlay((now) => ({ ...now, shown: !now.shown }));
    if (event.key === 'n') setOverlay((now) => ({ ...now, names: !now.names }));
    if (event.key === 'w') setTool((now) => (now === 'window' ? 'pan' : 'window'));
  };

  const pane = (
    at: PaneState,
    other: PaneState,
    list: readonly PictureSource[],
    choose: (id: string) => void,
  ) => {
    if (at.source === null) return null;
    return (
      <div className="fo-pane">
        {at.failed !== null ? (
          <Failure error={at.failed} />
        ) : at.ready === null ? (
          <div className="fo-pane-wait" role="status">
            Loading {at.source.title}…
          </div>
        ) : (
          <SliceView
            picture={at.ready.picture}
            slice={at.slice}
            onSlice={at.setSlice}
            window={at.window ?? at.ready.picture.window}
            onWindow={at.setWindow}
            tool={tool}
            overlay={overlay}
            selected={label}
            onPick={pick}
            describe={props.describe}
            reference={
              other.ready === null
                ? null
                : referenceLine(at.ready.picture, at.slice, other.ready.picture, other.slice)
            }
            focus={
              place === undefined || at !== left
                ? null
                : { key: `${at.ready.picture.id} ${selected}`, at: [place.centre[0], place.centre[1]] }
            }
            heading={
              list.length > 1 ? (
                <Select
                  size="xs"
                  aria-label="Series"
                  data={list.map((source) => ({ value: source.id, label: source.title }))}
                  value={at.source.id}
                  onChange={(id) => id !== null && choose(id)}
                  comboboxProps={{ withinPortal: true, width: 'max-content' }}
                  allowDeselect={false}
                  className="fo-series"
                />
              ) : (
                <span>{at.source.title}</span>
              )
            }
          />
        )}
      </div>
    );
  };

  const hasLabels = left.ready?.picture.labels != null || right.ready?.picture.labels != null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for whichever picture has the focus inside
    <div className="fo-viewer" onKeyDown={keys}>
      <div className="fo-viewer-bar">
        <SegmentedControl
          size="xs"
          aria-label="What dragging does"
          data={[
            { value: 'window', label: 'Window' },
            { value: 'pan', label: 'Move' },
          ]}
          value={tool}
          onChange={(value) => setTool(value as DragTool)}
        />
        <Tooltip label="Windows back to their start">
          <ActionIcon
            variant="default"
            aria-label="Reset windows"
            onClick={() => {
              left.setWindow(null);
              right.setWindow(null);
            }}
          >
            <Icon name="reset" />
          </ActionIcon>
        </Tooltip>
        <span className="fo-grow" />
        <Switch
          size="xs"
          label="Overlay"
          checked={overlay.shown && hasLabels}
          disabled={!hasLabels}
          onChange={(event) => setOverlay({ ...overlay, shown: event.currentTarget.checked })}
        />
        <Slider
          thumbLabel="Overlay opacity"
          className="fo-opacity"
          size="xs"
          min={0}
          max={100}
          label={(value) => `${value} %`}
          disabled={!overlay.shown || !hasLabels}
          value={Math.round(overlay.opacity * 100)}
          onChange={(value) => setOverlay({ ...overlay, opacity: value / 100 })}
        />
        <StructureMenu
          overlay={overlay}
          onChange={setOverlay}
          places={[...(left.ready?.places.values() ?? [])]}
        />
      </div>
      <div className="fo-panes" data-two={left.source !== null && right.source !== null}>
        {pane(left, right, sagittals, setSagittalId)}
        {pane(right, left, axials, setAxialId)}
      </div>
      <p className="fo-viewer-keys">
        Wheel or <kbd>↑</kbd> <kbd>↓</kbd> slice · drag window · <kbd>Shift</kbd> drag move · <kbd>Ctrl</kbd>{' '}
        wheel or <kbd>+</kbd> <kbd>−</kbd> zoom · <kbd>0</kbd> fit · <kbd>O</kbd> overlay · <kbd>N</kbd> names
        · double click a disc to choose its level
      </p>
    </div>
  );
}

function StructureMenu(props: {
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

interface PaneState {
  readonly source: PictureSource | null;
  readonly ready: { readonly picture: Picture; readonly places: ReadonlyMap<number, Place> } | null;
  readonly failed: unknown;
  readonly slice: number;
  readonly setSlice: (slice: number) => void;
  readonly window: Window | null;
  readonly setWindow: (window: Window | null) => void;
}

function usePane(source: PictureSource | null): PaneState {
  const [loaded] = useLoaded(source?.id ?? '', async (signal) =>
    source === null ? null : source.load(signal),
  );
  const picture = loaded.state === 'ready' ? loaded.value : null;
  const places = useMemo(() => (picture === null ? null : placesOf(picture)), [picture]);
  const [slice, setSlice] = useState(0);
  const [window, setWindow] = useState<Window | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new series starts at its key slice with its own window
  useEffect(() => {
    if (picture === null) return;
    setSlice(picture.keySlice);
    setWindow(null);
  }, [picture?.id]);
  return {
    source,
    ready: picture === null || places === null ? null : { picture, places },
    failed: loaded.state === 'failed' ? loaded.error : null,
    slice: picture === null ? 0 : Math.min(slice, picture.size[2] - 1),
    setSlice,
    window,
    setWindow,
  };
}

/** T2 first: it is what levels are located and discs graded on. */
function firstOf(sources: readonly PictureSource[]): PictureSource | null {
  return sources.find((source) => source.role?.endsWith('T2')) ?? sources[0] ?? null;
}
