import { ActionIcon, SegmentedControl, Select, Slider, Switch, Tooltip } from '@mantine/core';
import { Icon } from '../frame/icon.tsx';
import type { OverlayChoice } from './slice-pixels.ts';
import { StructureMenu } from './structure-menu.tsx';
import type { Place } from './structures.ts';

/** What a press of the main button does in every pane. */
export type Tool = 'window' | 'pan' | 'length' | 'angle' | 'area' | 'crest';

const TOOLS: readonly { readonly value: Tool; readonly label: string }[] = [
  { value: 'window', label: 'Window' },
  { value: 'pan', label: 'Move' },
  { value: 'length', label: 'Length' },
  { value: 'angle', label: 'Angle' },
  { value: 'area', label: 'Area' },
];

interface ViewerBarProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly onReset: () => void;
  readonly overlay: OverlayChoice;
  readonly onOverlay: (overlay: OverlayChoice) => void;
  readonly hasLabels: boolean;
  readonly places: readonly Place[];
  /** Null where the study has none. */
  readonly corridors: boolean | null;
  readonly onCorridors: (shown: boolean) => void;
  readonly priors: readonly { readonly id: string; readonly title: string }[];
  readonly prior: string | null;
  readonly onPrior: (id: string | null) => void;
}

export function ViewerBar(props: ViewerBarProps) {
  const { overlay, hasLabels } = props;
  return (
    <div className="fo-viewer-bar">
      <SegmentedControl
        size="xs"
        aria-label="What dragging does"
        data={[...TOOLS]}
        value={props.tool === 'crest' ? 'window' : props.tool}
        onChange={(value) => props.onTool(value as Tool)}
      />
      <Tooltip label="Windows back to their start">
        <ActionIcon variant="default" aria-label="Reset windows" onClick={props.onReset}>
          <Icon name="reset" />
        </ActionIcon>
      </Tooltip>
      <span className="fo-grow" />
      {props.priors.length > 0 && (
        <Select
          size="xs"
          aria-label="Earlier study beside"
          className="fo-prior"
          placeholder="Earlier study"
          clearable
          data={props.priors.map((prior) => ({ value: prior.id, label: prior.title }))}
          value={props.prior}
          onChange={props.onPrior}
          comboboxProps={{ withinPortal: true, width: 'max-content' }}
        />
      )}
      {props.corridors !== null && (
        <Switch
          size="xs"
          label="Corridors"
          checked={props.corridors}
          onChange={(event) => props.onCorridors(event.currentTarget.checked)}
        />
      )}
      <Switch
        size="xs"
        label="Overlay"
        checked={overlay.shown && hasLabels}
        disabled={!hasLabels}
        onChange={(event) => props.onOverlay({ ...overlay, shown: event.currentTarget.checked })}
      />
      <Slider
        thumbLabel="Overlay opacity"
        className="fo-opacity"
        size="xs"
        min={0}
        max={100}
        label={(value) => `${value}%`}
        disabled={!overlay.shown || !hasLabels}
        value={Math.round(overlay.opacity * 100)}
        onChange={(value) => props.onOverlay({ ...overlay, opacity: value / 100 })}
      />
      <StructureMenu overlay={overlay} onChange={props.onOverlay} places={props.places} />
    </div>
  );
}
