import type { MarkDrawing } from '@foramen/spine';
import { type PointerEvent, useState } from 'react';
import type { Picture } from '../record/picture.ts';
import { labelOf, linesOf, type Point, pointsOn, withPoint } from './marks.ts';
import type { Mark } from './marks-store.ts';
import type { LayerView } from './slice-view.tsx';

interface MarksLayerProps {
  readonly view: LayerView;
  readonly marks: readonly Mark[];
  /** An angle whose second line is still to be drawn. */
  readonly open: MarkDrawing | null;
  readonly picture: Picture;
  readonly slice: number;
  readonly onChange: (key: string, drawing: MarkDrawing) => void;
}

/** What readers drew on this slice; the ends of a line can be taken elsewhere. */
export function MarksLayer(props: MarksLayerProps) {
  const { picture, slice } = props;
  const here = props.marks.filter((mark) => !mark.removed);
  return (
    <>
      {here.map((mark) => {
        const points = pointsOn(mark.drawing, picture, slice);
        if (points === null) return null;
        return (
          <Drawn
            key={mark.key}
            view={props.view}
            drawing={mark.drawing}
            points={points}
            picture={picture}
            onChange={(drawing) => props.onChange(mark.key, drawing)}
          />
        );
      })}
      {props.open !== null && pointsOn(props.open, picture, slice) !== null && (
        <Drawn view={props.view} drawing={props.open} points={props.open.points} picture={picture} />
      )}
    </>
  );
}

interface DrawnProps {
  readonly view: LayerView;
  readonly drawing: MarkDrawing;
  readonly points: readonly Point[];
  readonly picture: Picture;
  readonly onChange?: (drawing: MarkDrawing) => void;
}

function Drawn({ view, drawing, points, picture, onChange }: DrawnProps) {
  const [moved, setMoved] = useState<{ readonly index: number; readonly to: Point } | null>(null);
  const shown = moved === null ? points : points.map((p, n) => (n === moved.index ? moved.to : p));
  const now = moved === null ? drawing : withPoint(drawing, picture, moved.index, moved.to);
  const screen = shown.map((p) => view.toScreen(...p));
  const [x, y] = screen.reduce((best, at) => (at[0] > best[0] ? at : best), screen[0] ?? [0, 0]);
  // A crest's mark is also seen on other series than its own; it is taken elsewhere by marking it anew.
  const grips = onChange !== undefined && (drawing.kind === 'length' || drawing.kind === 'angle');
  return (
    <g>
      {drawing.kind === 'area' && (
        <polygon className="fo-mark-area" points={screen.map((p) => p.join(',')).join(' ')} />
      )}
      {drawing.kind === 'crest' && (
        <path
          className="fo-cursor"
          d={`M${x - 13} ${y}h9M${x + 4} ${y}h9M${x} ${y - 13}v9M${x} ${y + 4}v9`}
        />
      )}
      {linesOf(drawing.kind, shown).map(([a, b], n) => {
        const [from, to] = [view.toScreen(...a), view.toScreen(...b)];
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a drawing keep their order
        return <line key={n} className="fo-mark" x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />;
      })}
      {drawing.kind !== 'area' &&
        drawing.kind !== 'crest' &&
        screen.map((at, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the points of a drawing keep their order
          <g key={index}>
            <circle className="fo-mark-end" cx={at[0]} cy={at[1]} r={2.5} />
            {grips && (
              <Grip
                at={at}
                onMove={(px, py) => setMoved({ index, to: view.toVoxel(px, py) })}
                onEnd={() => {
                  if (moved !== null) onChange(now);
                  setMoved(null);
                }}
              />
            )}
          </g>
        ))}
      <text className="fo-mark-text" x={x + 7} y={y + 4}>
        {labelOf(now)}
      </text>
    </g>
  );
}

/** Where the pointer takes hold of an end; the picture below hears nothing of it. */
function Grip(props: {
  readonly at: Point;
  readonly onMove: (x: number, y: number) => void;
  readonly onEnd: () => void;
}) {
  const [held, setHeld] = useState(false);
  const moves = (event: PointerEvent<SVGCircleElement>) => {
    if (!held) return;
    event.stopPropagation();
    const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    props.onMove(event.clientX - box.left, event.clientY - box.top);
  };
  const ends = (event: PointerEvent<SVGCircleElement>) => {
    if (!held) return;
    event.stopPropagation();
    setHeld(false);
    props.onEnd();
  };
  return (
    <circle
      className="fo-mark-grip"
      cx={props.at[0]}
      cy={props.at[1]}
      r={8}
      onPointerDown={(event) => {
        if (event.button !== 0 || event.shiftKey) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
      }}
      onPointerMove={moves}
      onPointerUp={ends}
      onPointerCancel={ends}
    />
  );
}
