import { type Intake, intakeSchema, type PainRegion } from '@foramen/spine';
import type { Field, Section } from './fields.ts';

/** What stands in the form: an intake as far as it has got, with whatever was typed, possible or not. */
export type Answers = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function answerAt(answers: Answers, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inside, key) => (isRecord(inside) ? inside[key] : undefined), answers);
}

/** The answers with one of them changed; `undefined`, an empty list and what is left empty by it are taken out: not asked, not "no". */
export function withAnswer(answers: Answers, path: string, value: unknown): Answers {
  const [key = '', ...rest] = path.split('.');
  const inside = answers[key];
  const changed =
    rest.length === 0 ? value : withAnswer(isRecord(inside) ? inside : {}, rest.join('.'), value);
  const others = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== key));
  const empty =
    changed === undefined ||
    (Array.isArray(changed) && changed.length === 0) ||
    (isRecord(changed) && Object.keys(changed).length === 0);
  return empty ? others : { ...others, [key]: changed };
}

/** Where the answer to a field stands: in one place, or in two. */
export function placesOfField(field: Field): readonly string[] {
  return field.kind === 'places' ? [field.path, field.also] : [field.path];
}

/** Every place of the intake that the fields write to; columns of rows with `[]`. */
export function pathsOf(fields: readonly Field[]): readonly string[] {
  return fields.flatMap((field) =>
    field.kind === 'rows'
      ? pathsOf(field.columns).map((column) => `${field.path}[].${column}`)
      : placesOfField(field),
  );
}

const isEmptyRow = (row: unknown): boolean => isRecord(row) && Object.keys(row).length === 0;

/** The answers as they are sent: rows that were opened and say nothing are left out. */
export function sendable(answers: Answers): Answers {
  const tidy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((row) => !isEmptyRow(row));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, tidy(inside)]));
  };
  return tidy(answers) as Answers;
}

/** What cannot be as it stands, by place: the schema's own words. A row that says nothing is not wrong. */
export function problemsOf(answers: Answers): ReadonlyMap<string, string> {
  const read = intakeSchema.safeParse(answers);
  const wrong = new Map<string, string>();
  if (read.success) return wrong;
  for (const { path, message } of read.error.issues) {
    const row = path.findIndex((key) => typeof key === 'number');
    const inRow = row < 0 ? undefined : path.slice(0, row + 1).reduce<unknown>(inside, answers);
    if (!isEmptyRow(inRow)) wrong.set(path.join('.'), message);
  }
  return wrong;
}

function inside(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

/** Fields of the form in which two sets of answers differ. */
export function differences(a: Answers, b: Answers, sections: readonly Section[]): readonly Field[] {
  return sections
    .flatMap((section) => section.fields)
    .filter((field) => placesOfField(field).some((path) => !same(answerAt(a, path), answerAt(b, path))));
}

/** Whether two answers say the same; what is left out and what is undefined are one. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, n) => same(entry, b[n]));
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return a === b;
}

/** A number as it was typed: the number, the text itself where it is none (it is kept, and named as wrong), or nothing. */
export function typedNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed) ? Number(trimmed.replace(',', '.')) : text;
}

export type Place = NonNullable<NonNullable<Intake['symptoms']>['regions']>[number];
type Side = 'left' | 'right' | 'midline';

export function placesAt(answers: Answers, path: string): readonly Place[] {
  const list = answerAt(answers, path);
  return Array.isArray(list) ? (list as readonly Place[]) : [];
}

export function isMarked(places: readonly Place[], region: PainRegion, side: Side): boolean {
  return places.some(
    (place) =>
      place.region === region && (place.side === side || (place.side === 'bilateral' && side !== 'midline')),
  );
}

/** Marks a place or takes the mark away; left and right together are one place on both sides, and its score stays with it. */
export function toggled(places: readonly Place[], region: PainRegion, side: Side): readonly Place[] {
  const mine = places.filter((place) => place.region === region);
  const sides = new Set<Side>(
    (['left', 'right', 'midline'] as const).filter((s) => isMarked(places, region, s) !== (s === side)),
  );
  const kept: Place = { ...mine[0], region };
  const next: readonly Place[] = [
    ...(sides.has('left') && sides.has('right')
      ? [{ ...kept, side: 'bilateral' as const }]
      : sides.has('left')
        ? [{ ...kept, side: 'left' as const }]
        : sides.has('right')
          ? [{ ...kept, side: 'right' as const }]
          : []),
    ...(sides.has('midline') ? [{ ...kept, side: 'midline' as const }] : []),
  ];
  const at = places.findIndex((place) => place.region === region);
  const others = places.filter((place) => place.region !== region);
  return at < 0 ? [...others, ...next] : [...others.slice(0, at), ...next, ...others.slice(at)];
}
