import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Picture } from '../record/picture.ts';
import { type Structure, structureOf } from './structures.ts';

/** Width and height of an element, followed. */
export function useSize(ref: RefObject<HTMLElement | null>): readonly [number, number] {
  const [size, setSize] = useState<readonly [number, number]>([0, 0]);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize([element.clientWidth, element.clientHeight]));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** A grey value as short as it can be read. */
export function short(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

export function bitmap(pixels: ImageData): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.width = pixels.width;
  element.height = pixels.height;
  element.getContext('2d')?.putImageData(pixels, 0, 0);
  return element;
}

export function structureUnder(picture: Picture, k: number, at: readonly [number, number]): Structure | null {
  const [i, j] = [Math.floor(at[0]), Math.floor(at[1])];
  const [columns, rows] = picture.size;
  if (picture.labels === null || i < 0 || j < 0 || i >= columns || j >= rows) return null;
  return structureOf(picture.labels[i + columns * (j + rows * k)]!) ?? null;
}
