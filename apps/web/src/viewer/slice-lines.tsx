import type { CSSProperties } from 'react';
import { useTabWords } from '../judgement/reader.tsx';
import type { Plane } from '../record/picture.ts';
import type { SliceMap } from './contour.ts';
import { levelNames } from './level-names.ts';
import type { Segment } from './reference-line.ts';
import { isVisible, type OverlayChoice } from './slice-pixels.ts';
import { structureOf } from './structures.ts';

interface SliceLinesProps {
  /** Outlines and places of the slice; null where there is no label map. */
  readonly map: SliceMap | null;
  readonly plane: Plane;
  readonly overlay: OverlayChoice;
  /** Label value that is outlined strongly, and the one under the pointer. */
  readonly selected: number | null;
  readonly under: number | null;
  /** From voxel units to the screen, for paths, and for one place. */
  readonly place: CSSProperties;
  readonly toScreen: (i: number, j: number) => readonly [number, number];
  readonly size: readonly [number, number];
  /** Where the other plane cuts. */
  readonly reference: Segment | null;
}

/** Outlines, level names and the line of the other plane, over the slice. */
export function SliceLines(props: SliceLinesProps) {
  const { map, overlay, selected, toScreen, reference: line } = props;
  const said = useTabWords().study;
  const [width, height] = props.size;
  return (
    <>
      {map !== null && overlay.shown && (
        <svg className="fo-slice-lines" width={width} height={height} aria-hidden="true">
          <g style={props.place}>
            {map.outlines
              .filter((o) => isVisible(o.label, overlay) && (overlay.outlines || o.label === selected))
              .map((o) => (
                <path
                  key={o.label}
                  d={o.path}
                  vectorEffect="non-scaling-stroke"
                  stroke={o.label === selected ? '#fff' : `rgb(${structureOf(o.label)!.colour.join(',')})`}
                  strokeWidth={o.label === selected ? 2.2 : o.label === props.under ? 1.8 : 1.1}
                />
              ))}
          </g>
          {overlay.names &&
            levelNames(map.places, props.plane, said.sacrum).map((name) => {
              if (!isVisible(name.label, overlay)) return null;
              const [x, y] = toScreen(...name.at);
              return (
                <text
                  key={name.label}
                  x={name.kind === 'disc' ? x - 6 : x}
                  y={y}
                  className={`fo-level-name fo-level-${name.kind}`}
                  data-selected={name.label === selected}
                >
                  {name.text}
                </text>
              );
            })}
        </svg>
      )}
      {line !== null && (
        <svg className="fo-slice-lines" width={width} height={height} aria-hidden="true">
          <line
            className="fo-reference"
            x1={toScreen(line[0], line[1])[0]}
            y1={toScreen(line[0], line[1])[1]}
            x2={toScreen(line[2], line[3])[0]}
            y2={toScreen(line[2], line[3])[1]}
          />
        </svg>
      )}
    </>
  );
}
