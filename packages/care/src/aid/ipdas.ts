/** Quality items of the International Patient Decision Aid Standards (IPDAS) and how this aid meets each. */
export interface IpdasItem {
  readonly id: string;
  readonly item: string;
  readonly how: string;
}

export const IPDAS_ITEMS: readonly IpdasItem[] = [
  { id: 'decision', item: 'describes the condition and the decision', how: 'decision' },
  { id: 'options', item: 'lists all options, among them no treatment', how: 'options, noTreatment' },
  { id: 'benefits-harms', item: 'describes what each option may bring and may harm', how: 'icons, unknown' },
  {
    id: 'probabilities',
    item: 'gives probabilities with the same denominator and time',
    how: 'icons out of 100 at the same weeks',
  },
  {
    id: 'uncertainty',
    item: 'says how sure the numbers are',
    how: 'lo and hi of each icon array, uncertainty',
  },
  {
    id: 'balance',
    item: 'shows options side by side, same outcomes in the same order',
    how: 'one shape for every option',
  },
  { id: 'values', item: 'helps to weigh what matters', how: 'values' },
  { id: 'own-words', item: 'lets the patient say it in own words', how: 'ownWords' },
  {
    id: 'plain-language',
    item: 'is written to be understood',
    how: 'patient level of every message at grade six, measured by tests',
  },
  { id: 'evidence', item: 'cites its evidence', how: 'because of every statement' },
  { id: 'update', item: 'is dated', how: 'now' },
  { id: 'next-step', item: 'says what the next step is', how: 'plan.next' },
];
