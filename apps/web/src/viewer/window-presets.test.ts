import { describe, expect, it } from 'vitest';
import { PRESETS, windowFor } from './window-presets.ts';

const picture = { window: { center: 500, width: 1000 }, data: new Int16Array([-20, 0, 300, 1480]) };

describe('window presets', () => {
  it('start with the window of the series and stretch its parts', () => {
    expect(windowFor(picture, 'start')).toEqual({ center: 500, width: 1000 });
    expect(windowFor(picture, 'bone')).toEqual({ center: 275, width: 550 });
    expect(windowFor(picture, 'fluid')).toEqual({ center: 825, width: 850 });
    expect(windowFor(picture, 'all')).toEqual({ center: 730, width: 1500 });
  });

  it('give a usable window to a picture of one grey', () => {
    for (const { value } of PRESETS)
      expect(windowFor({ ...picture, data: new Int16Array(4) }, value).width).toBeGreaterThan(0);
  });
});
