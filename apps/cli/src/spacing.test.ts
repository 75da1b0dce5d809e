import { describe, expect, it } from 'vitest';
import { fitsPicture, parseSpacing, spacingTable } from './spacing.ts';
import { UsageError } from './streams.ts';

function pngOf(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x89504e47);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('spacing of pictures', () => {
  it('is believed only where the picture then is as tall as a lumbar picture', () => {
    expect(fitsPicture(pngOf(512, 512), [0.5859, 0.5859, 4])).toBe(true);
    expect(fitsPicture(pngOf(512, 356), [0.46875, 0.46875, 4])).toBe(false);
    expect(fitsPicture(pngOf(320, 900), [0.875, 0.875, 4])).toBe(false);
    expect(fitsPicture(new Uint8Array(100), [0.1, 0.1, 4])).toBe(true);
  });

  it('is read from a table, implausible entries left out', () => {
    const table = spacingTable(
      'new_file_name,PixelSpacing\na,"[0.6, 0.6]"\nb,"[0.6, 0.9]"\nc,"[7, 7]"\nd,\n',
      't.csv',
    );
    expect([...table.keys()]).toEqual(['a']);
    expect(table.get('a')).toEqual([0.6, 0.6, 4]);
    expect(() => spacingTable('x,y\n1,2\n', 't.csv')).toThrow(/^t\.csv: the table lacks/);
  });

  it('is refused on the command line when it cannot be one', () => {
    expect(parseSpacing('0.7,0.8')).toEqual([0.7, 0.8]);
    expect(parseSpacing('0.7,0.8,4.4')).toEqual([0.7, 0.8, 4.4]);
    for (const bad of ['0.7', '0,0.7', 'x,y', '1,2,3,4', '50,50', '0.01,0.01', '0.7,', '20,0.7'])
      expect(() => parseSpacing(bad)).toThrow(UsageError);
  });
});
