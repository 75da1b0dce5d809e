import { because as cite, type EvidenceBase, naturalHistory, recordOf } from '@foramen/evidence';
import type { PatientCase, Reason, RiskEstimate } from '@foramen/spine';
import { ageOf, because, intakeFact, round, type Seen, scoreOf } from '../facts.ts';
import { say, traced } from '../say.ts';
import { takesOpioid, takesSedative } from './drugs.ts';

/** The nine items of the ORT-OUD read from the history: yes, no, or open. */
function items(
  patient: PatientCase,
): readonly { readonly yes: boolean | undefined; readonly fact: Seen<unknown> | undefined }[] {
  const use = patient.intake?.history?.substanceUse;
  const mind = patient.intake?.history?.psychiatric;
  const read = (value: string | undefined, path: string) => ({
    yes: value === 'yes' ? true : value === 'no' ? false : undefined,
    fact: value === undefined || value === 'unknown' ? undefined : { value, path },
  });
  const at = (key: string): string => `intake.history.substanceUse.${key}`;
  const age = ageOf(patient);
  return [
    read(use?.familyAlcohol, at('familyAlcohol')),
    read(use?.familyIllegal, at('familyIllegal')),
    read(use?.familyPrescription, at('familyPrescription')),
    read(use?.personalAlcohol, at('personalAlcohol')),
    read(use?.personalIllegal, at('personalIllegal')),
    read(use?.personalPrescription, at('personalPrescription')),
    { yes: age === undefined ? undefined : age.value >= 16 && age.value <= 45, fact: age },
    read(mind?.addOcdBipolarSchizophrenia, 'intake.history.psychiatric.addOcdBipolarSchizophrenia'),
    read(mind?.depression, 'intake.history.psychiatric.depression'),
  ];
}

/** Lowest and highest ORT-OUD total that the answers allow, with the facts used. */
interface OpioidRiskScore {
  readonly low: number;
  readonly high: number;
  readonly facts: readonly Seen<unknown>[];
}

function opioidRiskScore(patient: PatientCase): OpioidRiskScore | undefined {
  const scored = scoreOf(patient, /^ort-oud$/);
  if (scored !== undefined) return { low: scored.value, high: scored.value, facts: [scored] };
  const all = items(patient);
  // Age alone says nothing about a person's risk of opioid use disorder.
  if (all.every((item, i) => i === 6 || item.yes === undefined)) return undefined;
  const yes = all.filter((i) => i.yes === true).length;
  const open = all.filter((i) => i.yes === undefined).length;
  return { low: yes, high: yes + open, facts: all.flatMap((i) => (i.fact === undefined ? [] : [i.fact])) };
}

/**
 * Risk of opioid use disorder if opioids were given long term: base rate in treated chronic pain (Vowles 2015) moved by
 * the ORT-OUD at its cut-off of 3 (Cheatle 2019). When open answers could cross the cut-off there is no estimate, only a
 * band that says so. The ORT (three bands) is shown where the site uses it.
 */
export function opioidUseDisorder(patient: PatientCase, base: EvidenceBase): RiskEstimate {
  const prior = naturalHistory('opioid', 'opioid-use-disorder', base)[0]!;
  const lr = recordOf('likelihood', 'lr/ort-oud-high', base);
  const score = opioidRiskScore(patient);
  const ort = scoreOf(patient, /^ort$/);
  const cited: Reason[] = [cite(prior.id, base), cite(lr.id, base), cite('instrument/ort-oud', base)];
  const modifiable = modifiableOf(patient, base);
  const ortBand =
    ort === undefined ? undefined : ort.value >= 8 ? 'high' : ort.value >= 4 ? 'moderate' : 'low';
  if (score === undefined && ort === undefined) {
    return {
      risk: 'opioid-use-disorder',
      p: null,
      interval: null,
      band: 'unknown',
      modifiable,
      statement: say('risk.opioid.unknown', {}, 'insufficient', [cite('instrument/ort-oud', base)]),
    };
  }
  const facts = [...(score?.facts ?? []), ...(ort === undefined ? [] : [ort])].map(because);
  const move = (p: number, ratio: number): number => {
    const odds = (p / (1 - p)) * ratio;
    return round(odds / (1 + odds));
  };
  const settled = score !== undefined && (score.low >= 3 || score.high < 3);
  // Where the ORT says more than the ORT-OUD, the more careful of the two is told, and no chance goes with it.
  const ortSaysMore = score !== undefined && score.high < 3 && (ortBand === 'high' || ortBand === 'moderate');
  if (settled && score !== undefined && !ortSaysMore) {
    const high = score.low >= 3;
    const ratio = high ? lr.positive : lr.negative;
    const [lo, hi] = prior.interval ?? [0, 1];
    const [rlo, rhi] = ratio?.interval ?? [ratio?.value ?? 1, ratio?.value ?? 1];
    const p = move(prior.estimate, ratio?.value ?? 1);
    return {
      risk: 'opioid-use-disorder',
      p,
      interval: [move(lo, rlo), move(hi, rhi)],
      band: high ? 'high' : 'low',
      modifiable,
      statement: say(
        high ? 'risk.opioid.high' : 'risk.opioid.low',
        { p: traced(p, cited), low: traced(score.low, facts), high: traced(score.high, facts) },
        'moderate',
        [...facts, ...cited],
      ),
    };
  }
  return {
    risk: 'opioid-use-disorder',
    p: null,
    interval: null,
    band: ortBand ?? 'unknown',
    modifiable,
    statement:
      ort !== undefined && (score === undefined || ortSaysMore)
        ? say(
            'risk.opioid.ort',
            { score: traced(ort.value, [because(ort)]), band: `@band.${ortBand}` },
            'moderate',
            [because(ort), cite('instrument/ort', base)],
          )
        : say(
            'risk.opioid.open',
            { low: traced(score!.low, facts), high: traced(score!.high, facts) },
            'insufficient',
            [...facts, cite('instrument/ort-oud', base)],
          ),
  };
}

function modifiableOf(patient: PatientCase, base: EvidenceBase) {
  const opioids = takesOpioid(patient);
  const sedatives = takesSedative(patient);
  const alcohol = intakeFact(patient, 'history', 'substanceUse');
  const out = [];
  if (opioids.length > 0) {
    out.push(
      say('risk.modify.opioid-exposure', {}, 'strong', [
        ...opioids.map(because),
        cite('guideline/cdc-opioids-last', base),
      ]),
    );
  }
  if (opioids.length > 0 && sedatives.length > 0) {
    out.push(
      say('risk.modify.sedatives', {}, 'strong', [
        ...opioids.map(because),
        ...sedatives.map(because),
        cite('guideline/cdc-benzodiazepines', base),
      ]),
    );
  }
  if (alcohol?.value.personalAlcohol === 'yes') {
    out.push(
      say('risk.modify.alcohol', {}, 'moderate', [
        { kind: 'fact', path: 'intake.history.substanceUse.personalAlcohol', text: 'personalAlcohol: yes' },
        cite('instrument/ort-oud', base),
      ]),
    );
  }
  return out;
}
