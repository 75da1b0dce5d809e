import { ActionIcon, SegmentedControl, Select, Slider, Switch, Tooltip } from '@mantine/core';
import { Icon, type IconName } from '../frame/icon.tsx';
import type { OverlayChoice } from './slice-pixels.ts';
import { StructureMenu } from './structure-menu.tsx';
import type { Place } from './structures.ts';
import { TOOLS, type Tool } from './viewer-tools.ts';
import { PRESETS, type Preset } from './window-presets.ts';

interface ViewerBarProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  /** Null once a window was set by hand. */
  readonly preset: Preset | null;
  readonly onPreset: (preset: Preset) => void;
  readonly inverted: boolean;
  readonly onInvert: () => void;
  readonly playing: boolean;
  readonly onPlay: () => void;
  readonly large: boolean;
  readonly onLarge: () => void;
  readonly onReset: () => void;
  readonly onHelp: () => void;
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
      <Select
        size="xs"
        aria-label="Window preset"
        className="fo-preset"
        placeholder="Set by hand"
        data={[...PRESETS]}
        value={props.preset}
        allowDeselect={false}
        onChange={(value) => value !== null && props.onPreset(value as Preset)}
        comboboxProps={{ withinPortal: false, width: 'max-content' }}
      />
      <span className="fo-viewer-buttons">
        <Press name="Invert the greys" keys="I" icon="invert" on={props.inverted} onPress={props.onInvert} />
        <Press
          name="Play the stack"
          keys="Space"
          icon={props.playing ? 'pause' : 'play'}
          on={props.playing}
          onPress={props.onPlay}
        />
        <Press name="Large pictures" keys="F" icon="frame" on={props.large} onPress={props.onLarge} />
        <Press name="Reset windows and zoom" icon="reset" onPress={props.onReset} />
        <Press name="Keys and gestures" keys="?" icon="help" onPress={props.onHelp} />
      </span>
      <span className="fo-viewer-shown">
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
            comboboxProps={{ withinPortal: false, width: 'max-content' }}
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
      </span>
    </div>
  );
}

/** A button of one picture, with its name and key told on hover; `on` where it stays pressed. */
function Press(props: {
  readonly name: string;
  readonly keys?: string;
  readonly icon: IconName;
  readonly on?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <Tooltip label={props.keys === undefined ? props.name : `${props.name} (${props.keys})`} events={HINTS}>
      <ActionIcon
        variant={props.on === true ? 'light' : 'default'}
        aria-label={props.name}
        {...(props.on === undefined ? {} : { 'aria-pressed': props.on })}
        onClick={props.onPress}
      >
        <Icon name={props.icon} />
      </ActionIcon>
    </Tooltip>
  );
}

const HINTS = { hover: true, focus: true, touch: false } as const;
