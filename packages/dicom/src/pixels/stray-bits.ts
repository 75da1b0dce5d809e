import type { PixelShape } from './shape.ts';

/**
 * How many samples of a native frame have bits set outside those the header says are stored: none in an honest file, for
 * overlays kept there (retired) are declared in groups 60xx. The sign carried on above the high bit does not count.
 */
export function strayBits(bytes: Uint8Array, shape: PixelShape): number {
  const { bitsAllocated, bitsStored, highBit } = shape;
  if (bitsAllocated === bitsStored || (bitsAllocated !== 8 && bitsAllocated !== 16)) return 0;
  const size = bitsAllocated >> 3;
  const count = Math.min(shape.rows * shape.columns, Math.floor(bytes.length / size));
  const stored = ((2 ** bitsStored - 1) << (highBit - bitsStored + 1)) & 0xffff;
  const above = (2 ** bitsAllocated - 1) & ~(2 ** (highBit + 1) - 1);
  const below = (2 ** bitsAllocated - 1) & ~stored & ~above;
  const sign = 2 ** highBit;
  let stray = 0;
  for (let i = 0; i < count; i++) {
    const word = size === 1 ? bytes[i]! : bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
    const high = word & above;
    // A negative number carried on through the unused bits, also where the header calls the values unsigned.
    const carried = high === above && (word & sign) !== 0;
    if ((word & below) !== 0 || (high !== 0 && !carried)) stray++;
  }
  return stray;
}
