import type { Vec3 } from '@foramen/spine';
import { frameAt, type LocalFrame, localToLps } from './local-frame.ts';
import { add } from './plane.ts';
import type { Rng } from './prng.ts';
import type { DiscSpec, SpineSpec, VertebraSpec } from './spine-spec.ts';

/** A vertebra in place. The frame's origin is the body's centre; `tilt` is half the body's wedge angle. */
export interface PlacedVertebra {
  readonly spec: VertebraSpec;
  readonly frame: LocalFrame;
  readonly tilt: number;
}

/** A disc in place: the frame lies mid-way between the two endplates; `tilt` is half its wedge angle. */
export interface PlacedDisc {
  readonly spec: DiscSpec;
  readonly frame: LocalFrame;
  readonly tilt: number;
  readonly depth: number;
  readonly width: number;
}

/** A sacral or coccygeal segment. */
export interface PlacedSacral {
  readonly frame: LocalFrame;
  readonly height: number;
  readonly depthTop: number;
  readonly depthBottom: number;
  readonly widthTop: number;
  readonly widthBottom: number;
  readonly remnant: number;
  /** The disc below reaches from front to back and into the next segment, as between free vertebrae. */
  readonly freeDisc: boolean;
  readonly coccyx: boolean;
}

export interface SpineColumn {
  readonly vertebrae: readonly PlacedVertebra[];
  readonly discs: readonly PlacedDisc[];
  readonly sacrum: readonly PlacedSacral[];
  /** Posterior wall from the top down, LPS; discs' and bodies' corners. */
  readonly wall: readonly Vec3[];
}

const up = (pitch: number, lean: number): Vec3 => frameAt([0, 0, 0], pitch, lean).u;
const front = (pitch: number, lean: number): Vec3 => frameAt([0, 0, 0], pitch, lean).a;

/** Stacks the spine on a sacral endplate whose centre is the origin. */
export function buildColumn(spec: SpineSpec, rng: Rng): SpineColumn {
  const vertebrae: PlacedVertebra[] = [];
  const discs: PlacedDisc[] = [];
  const wallUp: Vec3[] = [];
  const sacralDepth = spec.vertebrae[0]!.depth * rng.range(0.92, 1.02);
  const sacralWidth = spec.vertebrae[0]!.width * rng.range(0.98, 1.08);
  let pitch = spec.sacralSlope;
  let lean = 0;
  let at: Vec3 = [0, 0, 0];
  let depth = sacralDepth;
  let width = sacralWidth;
  wallUp.push(add(at, front(pitch, lean), -depth / 2));
  for (let k = 0; k < spec.vertebrae.length; k++) {
    const d = spec.discs[k]!;
    const v = spec.vertebrae[k]!;
    const mid = pitch - d.wedge / 2;
    const nextLean = spec.lateralLean[k]!;
    const midLean = (lean + nextLean) / 2;
    const discDepth = (depth + v.depth) / 2;
    const shift = (v.depth - depth) / 2 + v.slip;
    discs.push({
      spec: d,
      frame: frameAt(
        add(add(at, up(mid, midLean), d.height / 2), front(mid, midLean), shift / 2),
        mid,
        midLean,
      ),
      tilt: d.wedge / 2,
      depth: discDepth,
      width: (width + v.width) / 2,
    });
    at = add(add(at, up(mid, midLean), d.height), front(mid, midLean), shift);
    pitch -= d.wedge;
    lean = nextLean;
    wallUp.push(add(at, front(pitch, lean), -v.depth / 2));
    const body = pitch - v.wedge / 2;
    const height = v.height * (1 - v.fracture * 0.35);
    vertebrae.push({
      spec: v,
      frame: frameAt(add(at, up(body, lean), height / 2), body, lean),
      tilt: v.wedge / 2,
    });
    at = add(at, up(body, lean), height);
    pitch -= v.wedge;
    depth = v.depth;
    width = v.width;
    wallUp.push(add(at, front(pitch, lean), -v.depth / 2));
  }
  const sacrum: PlacedSacral[] = [];
  let corner = wallUp[0]!;
  let angle = spec.sacralSlope + rng.range(0, 0.12);
  let size = spec.vertebrae[0]!.height * rng.range(0.98, 1.12);
  let d0 = sacralDepth;
  let w0 = sacralWidth;
  const wallDown: Vec3[] = [];
  for (let k = 0; k < 6; k++) {
    const coccyx = k >= 5;
    const taper = rng.range(0.66, 0.8);
    const free = k === 0 && spec.squareS1 === true;
    const d1 = d0 * (free ? 0.2 + taper : taper);
    const w1 = w0 * rng.range(0.72, 0.85);
    const down = up(angle, 0);
    const end = add(corner, down, -size);
    const centre = add(add(corner, down, -size / 2), front(angle, 0), (d0 + d1) / 4);
    sacrum.push({
      frame: frameAt(centre, angle, 0),
      height: size,
      depthTop: d0,
      depthBottom: d1,
      widthTop: w0,
      widthBottom: w1,
      remnant: k === 0 ? spec.sacralRemnant : rng.range(0.6, 2.4),
      freeDisc: free,
      coccyx,
    });
    wallDown.push(end);
    corner = end;
    angle += k < 1 ? rng.range(0, 0.16) : k < 3 ? rng.range(-0.28, 0.08) : rng.range(-0.55, -0.2);
    size *= rng.range(0.8, 0.93);
    d0 = d1 * rng.range(0.95, 1);
    w0 = w1;
  }
  return { vertebrae, discs, sacrum, wall: [...wallUp.reverse(), ...wallDown] };
}

/** Point on a vertebra's posterior wall line. */
export function posteriorOf(v: PlacedVertebra): Vec3 {
  return localToLps(v.frame, -v.spec.depth / 2, 0, 0);
}
