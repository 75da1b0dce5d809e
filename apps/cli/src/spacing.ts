import { InputError, UsageError } from './streams.ts';

/** Row and column spacing in mm, and the distance between slices where it was said. */
export type GivenSpacing = readonly [number, number] | readonly [number, number, number];

/** `--spacing ROW,COL[,SLICE]` in mm. @throws UsageError */
export function parseSpacing(text: string): GivenSpacing {
  const parts = text.split(',').map(Number);
  if (
    parts.length < 2 ||
    parts.length > 3 ||
    !parts.every((mm) => Number.isFinite(mm) && mm > 0.05 && mm < 20)
  ) {
    throw new UsageError(
      `--spacing wants ROW,COL or ROW,COL,SLICE in mm, such as 0.7,0.7; not ${JSON.stringify(text)}`,
    );
  }
  return parts as unknown as GivenSpacing;
}

/**
 * Spacing of each picture from a table with the columns `new_file_name` and `PixelSpacing` (such as "[0.625, 0.625]"). An implausible
 * entry (outside 0.2 to 2 mm, or rows and columns differing by more than 5 %) is left out, and the default stands.
 * @throws InputError when the columns are not there
 */
export function spacingTable(
  csv: string,
  where: string,
): ReadonlyMap<string, readonly [number, number, number]> {
  const [head, ...rows] = csv
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(csvCells);
  const name = head?.indexOf('new_file_name') ?? -1;
  const spacing = head?.indexOf('PixelSpacing') ?? -1;
  if (name < 0 || spacing < 0)
    throw new InputError([
      {
        code: 'missing',
        severity: 'error',
        where,
        what: 'the table lacks a column new_file_name or PixelSpacing',
        help: 'docs/command-line.md says how --spacing-from is written',
      },
    ]);
  const table = new Map<string, readonly [number, number, number]>();
  for (const row of rows) {
    const numbers = (row[spacing] ?? '')
      .replace(/[[\]]/g, '')
      .split(/[,\\; ]+/)
      .filter(Boolean)
      .map(Number);
    const [r, c] = numbers;
    if (
      r === undefined ||
      c === undefined ||
      !(r >= 0.2 && r <= 2 && c >= 0.2 && c <= 2) ||
      Math.abs(r - c) > 0.05 * r
    )
      continue;
    table.set((row[name] ?? '').trim(), [r, c, 4]);
  }
  return table;
}

/** Shortest and tallest field of view, head to foot, that a sagittal lumbar picture has, mm. */
const PICTURE_MM = [190, 560] as const;

/**
 * Whether a spacing from a table can belong to this picture. A PNG resampled or cut after its header was read keeps the old spacing in
 * such tables; its height then comes out shorter than any lumbar field of view, and the entry is left out. True for what is no PNG.
 */
export function fitsPicture(bytes: Uint8Array, spacing: readonly [number, number, number]): boolean {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || header.getUint32(0) !== 0x89504e47) return true;
  const heightMm = header.getUint32(20) * spacing[0];
  return heightMm >= PICTURE_MM[0] && heightMm <= PICTURE_MM[1];
}

/** Cells of one line of CSV with double quotes. */
export function csvCells(line: string): string[] {
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quoted) {
      if (c === '"' && line[i + 1] === '"') cell += line[++i];
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      out.push(cell);
      cell = '';
    } else cell += c;
  }
  return [...out, cell];
}
