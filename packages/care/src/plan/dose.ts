import type { TakenDrug } from './drug-classes.ts';
import type { PlanView } from './view.ts';

/**
 * Daily dose in mg (a patch: micrograms an hour), with the fields that say it. Strength and times a day are read from the name where people wrote
 * them there ("fentanyl 75 mcg/h", "oxycodone 20 mg twice a day"). Undefined when either is not known; a patch other than by the hour is not guessed.
 */
export function doseOf(
  view: PlanView,
  drug: TakenDrug,
): { readonly perDay: number; readonly fields: readonly (readonly [string, string])[] } | undefined {
  const i = Number(/medications\[(\d+)\]/.exec(drug.fact.path)?.[1]);
  const entry = view.patient.intake?.medications?.[i];
  if (entry === undefined) return undefined;
  const name = entry.name.toLowerCase();
  const hourly = /(\d+(?:[.,]\d+)?)\s*(?:mcg|µg|μg|ug|micrograms?)\s*(?:\/|per|an|por|a la)\s*h/.exec(name);
  if (drug.name === 'fentanyl')
    return hourly === null
      ? undefined
      : { perDay: Number(hourly[1]!.replace(',', '.')), fields: [['name', entry.name]] };
  const strength = /(\d+(?:[.,]\d+)?)\s*mg/.exec(name);
  const mg = entry.doseMg ?? (strength === null ? undefined : Number(strength[1]!.replace(',', '.')));
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

/** "bd", "twice daily", "every 12 hours", "cada 8 horas". */
function timesADay(text: string): number | undefined {
  const every = /(?:every|cada|q)\s*(\d+)\s*h/.exec(text);
  if (every !== null) return 24 / Number(every[1]);
  if (/\b(?:od|once (?:a day|daily)|nocte|at night|una vez al dia)\b/.test(text)) return 1;
  if (/\b(?:bd|bid|twice (?:a day|daily)|dos veces al dia)\b/.test(text)) return 2;
  if (/\b(?:tds|tid|three times (?:a day|daily)|tres veces al dia)\b/.test(text)) return 3;
  return /\b(?:qds|qid|four times (?:a day|daily)|cuatro veces al dia)\b/.test(text) ? 4 : undefined;
}
