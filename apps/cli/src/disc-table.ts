import { DISC_LEVELS } from '@foramen/spine';
import { csvCells } from './spacing.ts';
import { InputError } from './streams.ts';

/** What a table says of one disc. */
export interface DiscRow<Column extends string> {
  /** Picture or patient. */
  readonly name: string;
  readonly level?: string;
  /** 1 is the lowest disc. */
  readonly index?: number;
  readonly values: ReadonlyMap<Column, number>;
}

type Place = 'name' | 'level' | 'index';
const LEVELS: readonly string[] = DISC_LEVELS;

/**
 * A table of numbers, one row a disc; an empty cell says nothing.
 * @param columnOf what a heading stands for; undefined where the column is passed over, and it may throw what `wrong` gives
 * @param limits least and greatest whole number of a column; null where any number will do
 * @throws InputError naming the row
 */
export function discTable<Column extends string>(
  csv: string,
  where: string,
  columnOf: (heading: string, wrong: (what: string) => InputError) => Column | Place | undefined,
  limits: (column: Column) => readonly [number, number] | null,
): DiscRow<Column>[] {
  const wrong = (what: string): InputError =>
    new InputError([
      {
        code: 'out-of-range',
        severity: 'error',
        where,
        what,
        help: 'docs/command-line.md says how the table is written',
      },
    ]);
  const [head = [], ...rows] = csv.split(/\r?\n/).map(csvCells);
  const columns = head.map((heading) => columnOf(heading.trim(), wrong));
  if (!columns.includes('name') || !(columns.includes('level') || columns.includes('index')))
    throw wrong('the table wants the columns name and level (or index)');
  return rows.flatMap((row, n) => {
    if (row.every((cell) => cell.trim() === '')) return [];
    const refuse = (what: string): InputError => wrong(`row ${n + 2}${what}`);
    const place: { name: string; level?: string; index?: number } = { name: '' };
    const values = new Map<Column, number>();
    columns.forEach((column, c) => {
      const text = (row[c] ?? '').trim();
      if (column === undefined || text === '') return;
      if (column === 'name') {
        place.name = text;
        return;
      }
      if (column === 'level') {
        if (!LEVELS.includes(text))
          throw refuse(`: level is ${JSON.stringify(text)}, not one of ${LEVELS.join(', ')}`);
        place.level = text;
        return;
      }
      const value = Number(text);
      const range = column === 'index' ? ([1, 30] as const) : limits(column);
      if (!Number.isFinite(value)) throw refuse(`: ${column} is ${JSON.stringify(text)}, not a number`);
      if (range !== null && (!Number.isInteger(value) || value < range[0] || value > range[1]))
        throw refuse(
          `: ${column} is ${JSON.stringify(text)}, not a whole number from ${range[0]} to ${range[1]}`,
        );
      if (column === 'index') place.index = value;
      else values.set(column, value);
    });
    if (place.name === '') throw refuse(' has no name');
    if (place.level === undefined && place.index === undefined) throw refuse(' says no level and no index');
    return [{ ...place, values }];
  });
}
