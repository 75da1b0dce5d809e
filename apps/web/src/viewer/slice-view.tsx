import { VisuallyHidden } from '@mantine/core';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Picture, Window } from '../record/picture.ts';
import { sliceMap } from './contour.ts';
import { type Point, thinned } from './marks.ts';
import type { Segment } from './reference-line.ts';
import { bitmap, structureUnder, useSize } from './slice-canvas.ts';
import { SliceCorners } from './slice-corners.tsx';
import { SliceLines } from './slice-lines.tsx';
import { Draft, PenLayer, penSaid, usePen } from './slice-pen.tsx';
import { greyPixels, isVisible, type OverlayChoice, overlayPixels } from './slice-pixels.ts';
import type { Structure } from './structures.ts';
import { useWheel } from './use-wheel.ts';
import {
  type Frame,
  fingers,
  fitted,
  keepInside,
  pinched,
  screenOf,
  shiftedBy,
  voxelOf,
  zoomedAt,
} from './view-frame.ts';

/** What the main button or one finger does: scroll, window and level, move, draw a line or an outline, or point at a place. */
export type DragTool = 'slice' | 'window' | 'pan' | 'line' | 'outline' | 'point';

/** A finger on a picture means the next slice; a mouse has a wheel for that. */
export const RESTING: 'slice' | 'window' =
  globalThis.matchMedia?.('(pointer: coarse)').matches === true ? 'slice' : 'window';

/** What a layer needs to draw on the slice: screen places of voxel units, where a voxel's centre is at i + 0.5, j + 0.5. */
export interface LayerView {
  readonly toScreen: (i: number, j: number) => Point;
  readonly toVoxel: (x: number, y: number) => Point;
  /** Width of the view, pixels. */
  readonly width: number;
}

interface SliceViewProps {
  readonly picture: Picture;
  readonly slice: number;
  readonly onSlice: (slice: number) => void;
  readonly window: Window;
  readonly onWindow: (window: Window) => void;
  readonly tool: DragTool;
  readonly inverted?: boolean;
  /** The whole slice is shown again whenever this changes. */
  readonly fitKey?: number;
  readonly overlay: OverlayChoice;
  /** Label value that is outlined strongly. */
  readonly selected: number | null;
  readonly onPick: (structure: Structure) => void;
  readonly reference: Segment | null;
  /** Centre the view here (voxel units) whenever `key` changes; null key leaves the view alone. */
  readonly focus: { readonly key: string; readonly at: readonly [number, number] } | null;
  /** What is known of a structure, shown where the pointer is. */
  readonly describe: (structure: Structure) => string;
  readonly heading: ReactNode;
  /** Where a picture of one slice stands in a stack that is scrolled elsewhere. */
  readonly stack?: { readonly slice: number; readonly count: number };
  /** The part that is seen, where several views on one grid share it. */
  readonly view?: { readonly frame: Frame | null; readonly onFrame: (frame: Frame | null) => void };
  /** Drawn over the slice: measures, corridors, a place shown in both planes. */
  readonly layer?: (view: LayerView) => ReactNode;
  /** Both ends of a line, or an outline, were drawn, in voxel units. */
  readonly onDraw?: (points: readonly Point[]) => void;
  /** A place was pointed at without dragging, in voxel units. */
  readonly onPoint?: (at: readonly [number, number]) => void;
}

type Drag = {
  readonly kind: DragTool | 'zoom';
  readonly x: number;
  readonly y: number;
};
/** What is centred is seen with about as much around it, mm. */
const FOCUS_MM = 150;
/** A press that moves less than this is a click, pixels. */
const CLICK_PX = 3;

/** One plane: the slice, its overlay, its level names; wheel and keys change the slice, dragging the window or the view. */
export function SliceView(props: SliceViewProps) {
  const { picture, slice, window: shade, overlay, selected, tool, inverted = false } = props;
  const ref = useRef<HTMLDivElement>(null);
  const [width, height] = useSize(ref);
  const canvas = useRef<HTMLCanvasElement>(null);
  const fit = useMemo(() => fitted(picture, width, height), [picture, width, height]);
  const [own, setOwn] = useState<Frame | null>(null);
  const [moved, put] = props.view === undefined ? [own, setOwn] : [props.view.frame, props.view.onFrame];
  const frame = moved ?? fit;
  // Two fingers are two events before the next drawing: each goes on from where the other left the view.
  const latest = useRef(frame);
  latest.current = frame;
  const setMoved = (next: Frame | null) => {
    latest.current = next ?? fit;
    put(next);
  };
  const [pointer, setPointer] = useState<readonly [number, number] | null>(null);
  const drag = useRef<Drag | null>(null);
  const touches = useRef(new Map<number, readonly [number, number]>());
  const pressed = useRef<readonly [number, number] | null>(null);
  const [draft, setDraft] = useState<readonly Point[] | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new series starts from the fitted view; another size of the pane keeps what was looked at
  useEffect(() => setOwn(null), [picture.id, props.fitKey]);

  const focusKey = props.focus?.key ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view moves when a level is chosen, not when it is dragged
  useEffect(() => {
    if (props.focus === null || width === 0) return;
    const scale = Math.max(frame.scale, fit.scale * 1.5, Math.min(width, height) / FOCUS_MM);
    const [i, j] = props.focus.at;
    setMoved(
      keepInside(picture, { scale, x: i * picture.spacing[0], y: j * picture.spacing[1] }, width, height),
    );
  }, [focusKey, width > 0]);

  /** A slice of a large stack that has not come yet is black and says so. */
  const here = picture.arriving?.has(slice) ?? true;
  // biome-ignore-start lint/correctness/useExhaustiveDependencies: a slice is drawn anew once it has come
  const map = useMemo(
    () => (picture.labels === null ? null : sliceMap(picture.labels, picture.size, slice)),
    [picture, slice, here],
  );
  const grey = useMemo(
    () => bitmap(greyPixels(picture, slice, shade, inverted)),
    [picture, slice, shade, inverted, here],
  );
  const colour = useMemo(() => {
    const pixels = overlayPixels(picture, slice, overlay);
    return pixels === null ? null : bitmap(pixels);
  }, [picture, slice, overlay, here]);
  // biome-ignore-end lint/correctness/useExhaustiveDependencies: a slice is drawn anew once it has come

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = globalThis.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.fillStyle = '#000';
    context.fillRect(0, 0, element.width, element.height);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    const [left, top] = screenOf(picture, frame, width, height, 0, 0);
    const [right, bottom] = screenOf(picture, frame, width, height, picture.size[0], picture.size[1]);
    const box = [left * ratio, top * ratio, (right - left) * ratio, (bottom - top) * ratio] as const;
    context.drawImage(grey, ...box);
    if (colour !== null) context.drawImage(colour, ...box);
  }, [grey, colour, frame, width, height, picture]);

  const { slice: at, count } = props.stack ?? { slice, count: picture.size[2] };
  // Notches of a fast wheel may come before the next drawing too: none is lost.
  const reached = useRef(at);
  reached.current = at;
  const step = (by: number) => {
    const next = Math.min(count - 1, Math.max(0, reached.current + by));
    if (next === reached.current) return;
    reached.current = next;
    props.onSlice(next);
  };
  const zoom = (factor: number, x: number, y: number) =>
    setMoved(
      keepInside(
        picture,
        zoomedAt(latest.current, factor, x - width / 2, y - height / 2, fit),
        width,
        height,
      ),
    );

  useWheel(ref, { step, zoom });

  const local = (event: PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const voxel = (x: number, y: number) => voxelOf(picture, frame, width, height, x, y);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    const [x, y] = local(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    touches.current.set(event.pointerId, [x, y]);
    // Only one plain press of the main button can become a click.
    const plain = event.button === 0 && !event.shiftKey && touches.current.size === 1;
    pressed.current = plain ? [x, y] : null;
    if (touches.current.size > 1) {
      drag.current = { kind: 'zoom', x, y };
      setDraft(null);
    } else if (event.button === 1 || event.shiftKey) drag.current = { kind: 'pan', x, y };
    else if (event.button === 2) drag.current = { kind: 'zoom', x, y };
    else drag.current = { kind: tool, x, y };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const [x, y] = local(event);
    setPointer([x, y]);
    const held = drag.current;
    if (held === null) return;
    const before = [...touches.current.values()];
    touches.current.set(event.pointerId, [x, y]);
    const dx = x - held.x;
    const dy = y - held.y;
    switch (held.kind) {
      case 'window': {
        const gain = Math.max(0.002, shade.width / 400);
        props.onWindow({
          center: shade.center - dy * gain,
          width: Math.max(1e-3, shade.width + dx * gain),
        });
        break;
      }
      case 'pan':
        setMoved(keepInside(picture, shiftedBy(latest.current, -dx, -dy), width, height));
        break;
      case 'line':
      case 'outline': {
        const from = voxel(...(pressed.current ?? [x, y]));
        setDraft((now) => [...(held.kind === 'line' || now === null ? [from] : now), voxel(x, y)]);
        break;
      }
      case 'point':
        break;
      case 'slice':
        if (Math.abs(dy) < 14) return;
        step(Math.sign(dy));
        break;
      case 'zoom': {
        const after = [...touches.current.values()];
        const [a, b] = [fingers(before), fingers(after)];
        if (a !== null && b !== null)
          setMoved(
            keepInside(
              picture,
              pinched(
                latest.current,
                b.apart / Math.max(1, a.apart),
                a.middle,
                b.middle,
                [width, height],
                fit,
              ),
              width,
              height,
            ),
          );
        else zoom(Math.exp(-dy / 150), width / 2, height / 2);
        break;
      }
    }
    drag.current = { ...held, x, y };
  };
  const up = (event: PointerEvent<HTMLDivElement>) => {
    touches.current.delete(event.pointerId);
    const [x, y] = local(event);
    const start = pressed.current;
    const still = start !== null && Math.hypot(x - start[0], y - start[1]) < CLICK_PX;
    if (draft !== null && drag.current !== null && !still && event.type === 'pointerup')
      props.onDraw?.(drag.current.kind === 'outline' ? thinned(draft) : draft);
    else if (still && event.type === 'pointerup' && drag.current !== null) props.onPoint?.(voxel(x, y));
    setDraft(null);
    pressed.current = null;
    drag.current = null;
  };

  const shaded = (center: number, wide: number) => () =>
    props.onWindow({
      center: shade.center + center * 0.05 * shade.width,
      width: Math.max(1e-3, shade.width * (1 + 0.1 * wide)),
    });
  const shifted = (dx: number, dy: number) => () =>
    setMoved(keepInside(picture, shiftedBy(latest.current, dx, dy), width, height));
  const { pen, keys: penKeys } = usePen({
    picture,
    slice,
    tool,
    middle: () => voxel(width / 2, height / 2),
    onDraw: props.onDraw,
    onPoint: props.onPoint,
  });
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    if (penKeys(event)) return;
    const middle = [width / 2, height / 2] as const;
    const act = new Map<string, () => void>([
      ['Shift+ArrowUp', shaded(-1, 0)],
      ['Shift+ArrowDown', shaded(1, 0)],
      ['Shift+ArrowRight', shaded(0, 1)],
      ['Shift+ArrowLeft', shaded(0, -1)],
      ['Alt+ArrowUp', shifted(0, -40)],
      ['Alt+ArrowDown', shifted(0, 40)],
      ['Alt+ArrowLeft', shifted(-40, 0)],
      ['Alt+ArrowRight', shifted(40, 0)],
      ['ArrowUp', () => step(-1)],
      ['ArrowDown', () => step(1)],
      ['PageUp', () => step(-5)],
      ['PageDown', () => step(5)],
      ['Home', () => step(-count)],
      ['End', () => step(count)],
      ['+', () => zoom(1.2, ...middle)],
      ['=', () => zoom(1.2, ...middle)],
      ['-', () => zoom(1 / 1.2, ...middle)],
      ['0', () => setMoved(null)],
    ]);
    const held = event.altKey ? 'Alt+' : event.shiftKey && event.key.startsWith('Arrow') ? 'Shift+' : '';
    const go = event.ctrlKey || event.metaKey ? undefined : act.get(held + event.key);
    if (go === undefined) return;
    event.preventDefault();
    go();
  };

  const under = pointer === null ? null : structureUnder(picture, slice, voxel(...pointer));
  const visible = under !== null && isVisible(under.label, overlay) ? under : null;
  const toScreen = (i: number, j: number) => screenOf(picture, frame, width, height, i, j);
  const [ox, oy] = toScreen(0, 0);
  const place: CSSProperties = {
    transform: `translate(${ox}px, ${oy}px) scale(${frame.scale * picture.spacing[0]}, ${frame.scale * picture.spacing[1]})`,
    transformOrigin: '0 0',
  };

  return (
    <>
      <div
        className="fo-slice"
        data-tool={tool}
        ref={ref}
        tabIndex={0}
        role="slider"
        aria-orientation="vertical"
        aria-label={`${picture.title}: arrow keys change the slice, plus and minus the zoom, Enter brings a pen`}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={at + 1}
        aria-valuetext={`slice ${at + 1} of ${count}`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onPointerLeave={() => setPointer(null)}
        onContextMenu={(event) => event.preventDefault()}
        onDoubleClick={() => (visible === null ? setMoved(null) : props.onPick(visible))}
        onKeyDown={keys}
      >
        <canvas ref={canvas} />
        <SliceLines
          map={map}
          plane={picture.plane}
          overlay={overlay}
          selected={selected}
          under={visible?.label ?? null}
          place={place}
          toScreen={toScreen}
          size={[width, height]}
          reference={props.reference}
        />
        {(props.layer !== undefined || draft !== null || pen !== null) && (
          <svg className="fo-slice-lines" width={width} height={height} aria-hidden="true">
            {props.layer?.({ toScreen, toVoxel: voxel, width })}
            {draft !== null && <Draft points={draft} toScreen={toScreen} />}
            {pen !== null && <PenLayer pen={pen} view={{ toScreen }} />}
          </svg>
        )}
        <SliceCorners
          picture={picture}
          slice={slice}
          at={at}
          count={count}
          window={shade}
          inverted={inverted}
          zoom={Math.round((frame.scale / fit.scale) * 100)}
          under={
            !here ? `Slice ${at + 1} is still loading…` : visible === null ? '' : props.describe(visible)
          }
        />
      </div>
      <VisuallyHidden role="status">{pen === null ? '' : penSaid(pen, picture)}</VisuallyHidden>
      {/* Beside the slider, not in it: a choice of series inside would change slices with its own keys. */}
      <div className="fo-slice-head">{props.heading}</div>
    </>
  );
}
