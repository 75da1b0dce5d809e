import type { Picture, Window } from '../record/picture.ts';

/**
 * MR grey values have no unit, so a preset is a part of the window the series starts with, not a fixed number as in CT.
 */
export const PRESETS = [
  { value: 'start', label: 'Automatic' },
  { value: 'bone', label: 'Marrow and discs' },
  { value: 'fluid', label: 'Fluid' },
  { value: 'all', label: 'Whole range' },
] as const;
export type Preset = (typeof PRESETS)[number]['value'];

/** The window a preset gives a series, in its own grey values. */
export function windowFor(picture: Pick<Picture, 'window' | 'data'>, preset: Preset): Window {
  const { center, width } = picture.window;
  const low = center - width / 2;
  switch (preset) {
    case 'start':
      return picture.window;
    // Dark and middle greys spread out; fat and fluid go white.
    case 'bone':
      return between(low, low + 0.55 * width);
    // Bright fluid told apart; all else goes dark.
    case 'fluid':
      return between(low + 0.4 * width, low + 1.25 * width);
    case 'all': {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of picture.data) {
        if (value < least) least = value;
        if (value > most) most = value;
      }
      return most > least ? between(least, most) : picture.window;
    }
  }
}

function between(low: number, high: number): Window {
  return { center: (low + high) / 2, width: high - low };
}
