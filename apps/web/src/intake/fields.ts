/** A label in the languages the form speaks. */
export interface Label {
  readonly en: string;
  readonly es: string;
}
export type Language = keyof Label;

export interface Option {
  readonly value: string;
  readonly label: Label;
}

interface Base {
  /** Where the answer stands in the intake, or in its row: `symptoms.fever`. */
  readonly path: string;
  readonly label: Label;
}

/** One question of the form. The kinds follow what `intakeSchema` takes; nothing has an answer before one is given. */
export type Field =
  | (Base & { readonly kind: 'yes-no' })
  | (Base & { readonly kind: 'choice'; readonly options: readonly Option[] })
  /** A number in a unit; `max` and `min` are the schema's, repeated so that the keyboard can help. */
  | (Base & { readonly kind: 'number'; readonly unit?: string; readonly min: number; readonly max: number })
  /** 0 to 10, with what the ends mean. */
  | (Base & { readonly kind: 'scale'; readonly ends?: readonly [Label, Label] })
  | (Base & { readonly kind: 'text'; readonly max: number; readonly long?: boolean })
  | (Base & { readonly kind: 'date' })
  /** Short texts, one a line. */
  | (Base & { readonly kind: 'lines'; readonly max: number })
  /** Several out of a fixed list. */
  | (Base & { readonly kind: 'several'; readonly options: readonly Option[] })
  | (Base & { readonly kind: 'rows'; readonly add: Label; readonly columns: readonly Field[] })
  /** Where it hurts and where it is numb: `symptoms.regions` and `symptoms.numbness` together. */
  | (Base & { readonly kind: 'places'; readonly also: string })
  | (Base & { readonly kind: 'questionnaires' });

export interface Section {
  readonly id: string;
  readonly title: Label;
  readonly hint?: Label;
  /** For clinicians and their team alone. */
  readonly clinical?: boolean;
  readonly fields: readonly Field[];
}

export const label = (en: string, es: string): Label => ({ en, es });
export const yesNo = (path: string, en: string, es: string): Field => ({
  kind: 'yes-no',
  path,
  label: label(en, es),
});
export const number = (
  path: string,
  range: readonly [number, number],
  unit: string | undefined,
  en: string,
  es: string,
): Field => ({
  kind: 'number',
  path,
  min: range[0],
  max: range[1],
  ...(unit === undefined ? {} : { unit }),
  label: label(en, es),
});
export const choice = (path: string, en: string, es: string, options: readonly Option[]): Field => ({
  kind: 'choice',
  path,
  label: label(en, es),
  options,
});
export const option = (value: string, en: string, es: string): Option => ({ value, label: label(en, es) });

export const NOT_SURE = option('unknown', 'Not sure', 'No lo sé');
export const YES_NO: readonly Option[] = [option('yes', 'Yes', 'Sí'), option('no', 'No', 'No'), NOT_SURE];
export const SIDES: readonly Option[] = [
  option('left', 'Left', 'Izquierda'),
  option('right', 'Right', 'Derecha'),
  option('bilateral', 'Both', 'Las dos'),
];
export const OUTCOMES: readonly Option[] = [
  option('better', 'Better', 'Mejor'),
  option('same', 'The same', 'Igual'),
  option('worse', 'Worse', 'Peor'),
  NOT_SURE,
];
