import { Select } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Failure } from '../frame/failure.tsx';
import type { PictureSource } from '../record/picture.ts';
import type { Point } from './marks.ts';
import type { Segment } from './reference-line.ts';
import type { OverlayChoice } from './slice-pixels.ts';
import { type DragTool, type LayerView, SliceView } from './slice-view.tsx';
import type { Place, Structure } from './structures.ts';
import type { PaneState } from './use-pane.ts';
import { type Preset, windowFor } from './window-presets.ts';

interface ViewerPaneProps {
  readonly pane: PaneState;
  /** Series to choose from; none for a pane whose series is chosen elsewhere. */
  readonly list: readonly PictureSource[];
  readonly onChoose: (id: string) => void;
  /** Instead of the series' own title. */
  readonly title?: string;
  readonly tool: DragTool;
  readonly preset: Preset;
  readonly inverted: boolean;
  readonly fitKey: number;
  /** The pane has the keys. */
  readonly onFocus: () => void;
  readonly overlay: OverlayChoice;
  readonly onSlice: (slice: number) => void;
  readonly onPick: (structure: Structure) => void;
  readonly describe: (structure: Structure) => string;
  readonly reference: Segment | null;
  /** The chosen level in this series, outlined strongly. */
  readonly place: Place | undefined;
  /** Brought to the middle (voxel units) whenever `key` changes. */
  readonly focus: { readonly key: string; readonly at: readonly [number, number] } | null;
  readonly layer: (view: LayerView) => ReactNode;
  readonly onDraw: (points: readonly Point[]) => void;
  readonly onPoint: (at: readonly [number, number]) => void;
}

/** One series in its frame, with the choice of series above it. */
export function ViewerPane(props: ViewerPaneProps) {
  const { pane, list, place, preset } = props;
  const picture = pane.ready?.picture ?? null;
  const start = useMemo(() => (picture === null ? null : windowFor(picture, preset)), [picture, preset]);
  if (pane.source === null) return null;
  const title = props.title ?? pane.source.title;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notes which picture was looked at last, does nothing itself
    <div className="fo-pane" onFocus={props.onFocus}>
      {pane.failed !== null ? (
        <Failure error={pane.failed} />
      ) : pane.ready === null ? (
        <div className="fo-pane-wait" role="status">
          Loading {title}…
        </div>
      ) : (
        <SliceView
          picture={pane.ready.picture}
          slice={pane.slice}
          onSlice={props.onSlice}
          window={pane.window ?? start ?? pane.ready.picture.window}
          onWindow={pane.setWindow}
          tool={props.tool}
          inverted={props.inverted}
          fitKey={props.fitKey}
          overlay={props.overlay}
          selected={place?.structure.label ?? null}
          onPick={props.onPick}
          describe={props.describe}
          reference={props.reference}
          layer={props.layer}
          onDraw={props.onDraw}
          onPoint={props.onPoint}
          focus={props.focus}
          heading={
            list.length > 1 ? (
              <Select
                size="xs"
                aria-label="Series"
                data={list.map((source) => ({ value: source.id, label: source.title }))}
                value={pane.source.id}
                onChange={(id) => id !== null && props.onChoose(id)}
                comboboxProps={{ withinPortal: true, width: 'max-content' }}
                allowDeselect={false}
                className="fo-series"
              />
            ) : (
              <span>{title}</span>
            )
          }
        />
      )}
    </div>
  );
}
