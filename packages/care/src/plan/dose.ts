import { folded } from '@foramen/spine/conditions';
import { drugsNamed, type TakenDrug } from './drug-classes.ts';
import type { PlanView } from './view.ts';

/**
 * Daily dose in mg (a patch: micrograms an hour), with the fields that say it. Strength and times a day are read from the name where people wrote
 * them there ("fentanyl 75 mcg/h", "oxycodone 20 mg twice a day"). Undefined when either is not known; a patch other than by the hour is not guessed,
 * nor a dose from a strength by weight or volume ("1 mg/kg", "10 mg/5 ml").
 */
export function doseOf(
  { patient }: Pick<PlanView, 'patient'>,
  drug: TakenDrug,
): { readonly perDay: number; readonly fields: readonly (readonly [string, string])[] } | undefined {
  const i = Number(/medications\[(\d+)\]/.exec(drug.fact.path)?.[1]);
  const entry = patient.intake?.medications?.[i];
  if (entry === undefined) return undefined;
  const name = folded(entry.name);
  const hourly =
    /(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?)\s?(?:mcg|µg|μg|ug|micrograms?)\s?(?:\/|per|an|por|a la)\s?h/.exec(
      name,
    );
  if (drug.name === 'fentanyl')
    return hourly === null
      ? undefined
      : { perDay: Number(hourly[1]!.replace(',', '.')), fields: [['name', entry.name]] };
  const mg = entry.doseMg ?? strengthOf(name, drug.name);
  const times = entry.perDay ?? timesADay(name);
  if (mg === undefined || times === undefined) return undefined;
  return {
    perDay: mg * times,
    fields: [
      entry.doseMg === undefined ? ['name', entry.name] : ['doseMg', `${drug.name} ${mg} mg`],
      entry.perDay === undefined ? ['name', entry.name] : ['perDay', `${times} a day`],
    ],
  };
}

/** One strength or a pair of them in mg; the bounds keep a long row of digits from being tried over and over. */
const STRENGTH =
  /(?<![\d.,])(\d{1,5}(?:[.,]\d{1,4})?(?:\s?\/\s?\d{1,5}(?:[.,]\d{1,4})?)?)\s?mg(?!\s?(?:\/|per|por)\s?(?:kg|[\d.,]{0,8}\s?ml))/g;

/**
 * The strength of one drug of an entry in mg. In a combination strengths stand in the order of the names ("paracetamol/tramadol 325/37.5 mg");
 * after a single name the first is its own ("Targin 20/10 mg" is oxycodone 20 mg).
 */
function strengthOf(name: string, drug: string): number | undefined {
  const names = (text: string): boolean => drugsNamed(text).some((d) => d.name === drug);
  const found = [...name.matchAll(STRENGTH)];
  const mg = found.flatMap((m) => m[1]!.split('/').map((n) => Number(n.trim().replace(',', '.'))));
  if (mg.length < 2) return mg[0];
  const parts = name.slice(0, found[0]!.index).split(/\/|\+|\b(?:and|with|y|con)\b/);
  const at = parts.findIndex(names);
  if (at >= 0) return parts.length === 1 ? mg[0] : mg[at];
  // Each drug with its own: the drug stands between the strength of the one before and its own.
  const own = found.findIndex((m, n) => n > 0 && names(name.slice(found[n - 1]!.index, m.index)));
  return own < 0 ? undefined : Number(found[own]![1]!.replace(',', '.'));
}

/** "bd", "twice daily", "every 12 hours", "cada 8 horas". */
function timesADay(text: string): number | undefined {
  const every = /(?:every|cada|q)\s*(\d+)\s*h/.exec(text);
  if (every !== null) return Number(every[1]) > 0 ? 24 / Number(every[1]) : undefined;
  if (/\b(?:od|once (?:a day|daily)|nocte|at night|una vez al dia)\b/.test(text)) return 1;
  if (/\b(?:bd|bid|twice (?:a day|daily)|dos veces al dia)\b/.test(text)) return 2;
  if (/\b(?:tds|tid|three times (?:a day|daily)|tres veces al dia)\b/.test(text)) return 3;
  return /\b(?:qds|qid|four times (?:a day|daily)|cuatro veces al dia)\b/.test(text) ? 4 : undefined;
}
