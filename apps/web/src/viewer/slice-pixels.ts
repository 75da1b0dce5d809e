import type { Picture, Window } from '../record/picture.ts';
import { type StructureKind, structureOf } from './structures.ts';

/** One slice as RGBA, grey, through the window; inverted, what is bright is black. */
export function greyPixels(picture: Picture, k: number, window: Window, inverted = false): ImageData {
  const [columns, rows] = picture.size;
  const image = new ImageData(columns, rows);
  const offset = columns * rows * k;
  const low = window.center - window.width / 2;
  const scale = 255 / Math.max(1e-6, window.width);
  const out = new Uint32Array(image.data.buffer);
  const { data } = picture;
  const flip = inverted ? 255 : 0;
  for (let n = 0; n < out.length; n++) {
    const raw = (data[offset + n]! - low) * scale;
    const grey = (raw <= 0 ? 0 : raw >= 255 ? 255 : raw | 0) ^ flip;
    out[n] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  return image;
}

export interface OverlayChoice {
  readonly shown: boolean;
  /** 0 to 1. */
  readonly opacity: number;
  readonly outlines: boolean;
  readonly names: boolean;
  readonly hiddenKinds: ReadonlySet<StructureKind>;
  readonly hiddenLabels: ReadonlySet<number>;
}

export function isVisible(label: number, choice: OverlayChoice): boolean {
  if (!choice.shown || choice.hiddenLabels.has(label)) return false;
  const structure = structureOf(label);
  return structure !== undefined && !choice.hiddenKinds.has(structure.kind);
}

/** The label map of one slice as RGBA in the structures' colours; null where there is nothing to draw. */
export function overlayPixels(picture: Picture, k: number, choice: OverlayChoice): ImageData | null {
  if (picture.labels === null || !choice.shown || choice.opacity === 0) return null;
  const [columns, rows] = picture.size;
  const palette = new Uint32Array(256);
  const alpha = Math.round(255 * choice.opacity) << 24;
  for (let label = 1; label < 256; label++) {
    const structure = structureOf(label);
    if (structure === undefined || !isVisible(label, choice)) continue;
    const [r, g, b] = structure.colour;
    palette[label] = alpha | (b << 16) | (g << 8) | r;
  }
  const image = new ImageData(columns, rows);
  const out = new Uint32Array(image.data.buffer);
  const offset = columns * rows * k;
  for (let n = 0; n < out.length; n++) out[n] = palette[picture.labels[offset + n]!]!;
  return image;
}
