import { decimals } from '@foramen/spine';
import { type KeyboardEvent, useState } from 'react';
import type { Picture } from '../record/picture.ts';
import type { Point } from './marks.ts';
import type { DragTool, LayerView } from './slice-view.tsx';

/** A pen that keys move: where it is, and the points it has set so far, in voxel units. */
export interface Pen {
  readonly at: Point;
  readonly set: readonly Point[];
}
type Grid = Pick<Picture, 'size' | 'spacing'>;

const ARROW: Readonly<Record<string, Point>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** How far a press of an arrow takes the pen, mm: plain, with Shift, with Alt. */
const STEP_MM = { plain: 1, far: 5, near: 0.2 } as const;

/** The pen a step further (mm to the right and down), never off the slice. */
export function penMoved(pen: Pen, grid: Grid, [right, down]: Point): Pen {
  const inside = (at: number, most: number) => Math.min(most, Math.max(0, at));
  return {
    ...pen,
    at: [
      inside(pen.at[0] + right / grid.spacing[0], grid.size[0]),
      inside(pen.at[1] + down / grid.spacing[1], grid.size[1]),
    ],
  };
}

/** What setting a point here makes: a drawing that is complete, or a pen that goes on. A line has two ends; an outline closes where a point is set twice. */
export function penSet(pen: Pen, tool: DragTool): { readonly drawn: readonly Point[] } | Pen {
  const last = pen.set.at(-1);
  const twice = last !== undefined && last[0] === pen.at[0] && last[1] === pen.at[1];
  switch (tool) {
    case 'line':
      if (twice) return pen;
      return last === undefined ? { ...pen, set: [pen.at] } : { drawn: [last, pen.at] };
    case 'outline':
      if (!twice) return { ...pen, set: [...pen.set, pen.at] };
      return pen.set.length > 2 ? { drawn: pen.set } : pen;
    default:
      return { drawn: [pen.at] };
  }
}

/** Distance of the pen from the last point it set, for whoever cannot see it. */
export function penSaid(pen: Pen, grid: Grid): string {
  const last = pen.set.at(-1);
  const mm = (from: Point, n: 0 | 1) => Math.abs(pen.at[n] - from[n]) * grid.spacing[n];
  return last === undefined
    ? `pen ${decimals(pen.at[0] * grid.spacing[0], 0)} mm from the left and ${decimals(pen.at[1] * grid.spacing[1], 0)} mm from the top`
    : `${decimals(Math.hypot(mm(last, 0), mm(last, 1)), 1)} mm from the last point`;
}

interface PenUse {
  readonly picture: Picture;
  readonly slice: number;
  readonly tool: DragTool;
  /** The middle of what is seen, voxel units: where the pen begins. */
  readonly middle: () => Point;
  readonly onDraw: ((points: readonly Point[]) => void) | undefined;
  readonly onPoint: ((at: Point) => void) | undefined;
}

/** `Enter` brings the pen and sets points, arrows move it, `Escape` puts it away. `keys` is true where the pen took the press. */
export function usePen(use: PenUse): {
  readonly pen: Pen | null;
  readonly keys: (event: KeyboardEvent) => boolean;
} {
  const of = `${use.picture.id} ${use.slice} ${use.tool}`;
  const [held, setHeld] = useState<(Pen & { readonly of: string }) | null>(null);
  // Points belong to one slice and one tool: elsewhere the pen begins anew.
  const pen = held !== null && held.of === of ? held : null;
  const keys = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey) return false;
    const arrow = ARROW[event.key];
    if (pen === null) {
      if (event.key !== 'Enter' || (use.onDraw === undefined && use.onPoint === undefined)) return false;
      setHeld({ of, at: use.middle(), set: [] });
    } else if (arrow !== undefined) {
      const mm = event.shiftKey ? STEP_MM.far : event.altKey ? STEP_MM.near : STEP_MM.plain;
      setHeld({ ...penMoved(pen, use.picture, [arrow[0] * mm, arrow[1] * mm]), of });
    } else if (event.key === 'Enter') {
      const next = penSet(pen, use.tool);
      if (!('drawn' in next)) setHeld({ ...next, of });
      else {
        if (use.tool === 'line' || use.tool === 'outline') use.onDraw?.(next.drawn);
        else use.onPoint?.(pen.at);
        setHeld({ of, at: pen.at, set: [] });
      }
    } else if (event.key === 'Escape') setHeld(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { pen, keys };
}

/** The pen as a cross, with the line it is drawing. */
export function PenLayer({ pen, view }: { readonly pen: Pen; readonly view: Pick<LayerView, 'toScreen'> }) {
  const [x, y] = view.toScreen(...pen.at);
  return (
    <>
      <Draft points={[...pen.set, pen.at]} toScreen={view.toScreen} />
      <path className="fo-cursor" d={`M${x - 11} ${y}h7M${x + 4} ${y}h7M${x} ${y - 11}v7M${x} ${y + 4}v7`} />
    </>
  );
}

export function Draft(props: {
  readonly points: readonly Point[];
  readonly toScreen: LayerView['toScreen'];
}) {
  const at = props.points.map((p) => props.toScreen(...p).join(',')).join(' ');
  return <polyline className="fo-mark" fill="none" points={at} />;
}
