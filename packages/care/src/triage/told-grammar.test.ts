import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { triage } from './triage.ts';

/** Sentences put together from parts and losses: what the net must hear whoever joins them, and denials it must not. */
const words = (text: string): readonly string[] => text.split('|');
const PLACES = words(
  'my bottom|my groin|my private parts|my privates|my genitals|my saddle area|my perineum|my penis|my vagina|my scrotum|my back passage|my anus|my bum|my buttocks|my inner thighs|my crotch|my backside|my testicles|the area I sit on',
);
const LOST_AFTER = words(
  'is numb|feels numb|has gone numb|is completely dead|feels strange|feels different|feels like cotton wool|has no feeling|has lost its feeling|has lost sensation|is tingling|has pins and needles|feels as if it belongs to someone else|has reduced sensation|feels anaesthetised|does not feel normal',
);
const LOST_BEFORE = words(
  "numbness in|numbness around|loss of feeling in|no sensation in|reduced sensation in|tingling in|pins and needles in|altered sensation in|I cannot feel|I can't feel|I have lost the feeling in|I have hardly any feeling in",
);
const SPHINCTER = words(
  'I cannot pass urine|I have difficulty starting to pee|I have to strain to empty my bladder|I keep wetting myself|I have lost control of my bladder|I cannot tell when my bladder is full|I have no urge to pee|my bladder does not empty|I have not peed since last night|I did not notice I had wet myself|I no longer get the urge to go for a wee|I only pass a dribble|I cannot control my bowels|I had a bowel accident|I do not feel the stool passing|I cannot hold my wind|I cannot get an erection|sex feels numb|both legs are numb|I have sciatica in both legs|now the left leg as well as the right is burning',
);
const ONSETS = [
  '',
  'since yesterday ',
  'for two days ',
  'as well as the back pain, ',
  'my sciatica is bad and ',
] as const;
const SPANISH = words(
  'tengo dormida la entrepierna|no siento el ano|he perdido la sensibilidad en los genitales|noto acorchada la zona íntima|tengo hormigueo en el periné|no puedo orinar|me cuesta empezar a orinar|se me escapa la orina|no noto las ganas de orinar|no vacío bien la vejiga|el chorro es muy débil|me he hecho caca encima|no controlo el intestino|me duelen las dos piernas|se me duermen las piernas',
);
const DENIED = words(
  'saddle numbness|bladder problems|incontinence|urinary retention|bladder or bowel dysfunction|numbness around the genitals|leg weakness|foot drop|bilateral leg pain|fever|night sweats|weight loss|cancer|trauma|recent infection|erectile dysfunction|tingling in the groin|change in bladder or bowel function|difficulty passing urine|pulsatile mass|cauda equina symptoms',
);
const DENIALS = words(
  'No X.|Denies X.|I have no X.|There is no X.|Without X.|Nil X.|X: no.|X - nil.|X: none.|No history of X.|Never had X.|X denied.|X negative.|No pain at night, X or other red flags.|Negative for X.|Not aware of any X.',
);

function urgencyOf(freeText: string): string {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value).urgency;
}
const RUNS = { numRuns: 120, seed: 3 } as const;

it('hears a lost feeling of the saddle, whichever place, loss, order and onset', () => {
  const sentence = fc.oneof(
    fc
      .tuple(fc.constantFrom(...ONSETS), fc.constantFrom(...PLACES), fc.constantFrom(...LOST_AFTER))
      .map(([onset, place, loss]) => `${onset}${place} ${loss}.`),
    fc
      .tuple(fc.constantFrom(...ONSETS), fc.constantFrom(...LOST_BEFORE), fc.constantFrom(...PLACES))
      .map(([onset, loss, place]) => `${onset}${loss} ${place}.`),
  );
  fc.assert(
    fc.property(sentence, (s) => {
      expect(urgencyOf(s), s).toBe('emergency');
    }),
    RUNS,
  );
});

it('hears bladder, bowel, sex and both legs, in English and Spanish', () => {
  for (const s of [...SPHINCTER.flatMap((t) => ONSETS.map((onset) => `${onset}${t}.`)), ...SPANISH])
    expect(urgencyOf(s), s).toBe('emergency');
});

it('takes a denial for one, before and behind what is denied', () => {
  for (const term of DENIED)
    for (const denial of DENIALS) {
      const s = denial.replace('X', term);
      expect(['emergency', 'urgent'], s).not.toContain(urgencyOf(s));
    }
});

/** The status of one condition for an intake as a form would send it. */
function statusIn(intake: Record<string, unknown>, condition: string): string | undefined {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value).flags.find((f) => f.condition === condition)?.status;
}

it('hears what a goal tells, also where the goal came in the wrong place', () => {
  for (const goals of [
    { main: 'walk without dragging my foot' },
    { main: 'to go up stairs without my knee giving way' },
    ['walk without dragging my foot'],
    'poder andar sin arrastrar el pie',
  ])
    expect(statusIn({ goals }, 'progressive-deficit'), JSON.stringify(goals)).toBe('raised');
  expect(statusIn({ goals: { main: 'walk without pain' } }, 'progressive-deficit')).not.toBe('raised');
});

it('knows whose foot it is, what is denied behind, and a list denied from afar', () => {
  for (const harmless of [
    'My brother had a slipped disc and his foot dropped, I only have a stiff back.',
    'Mi hermano tuvo una hernia y se le quedó el pie caído, a mí solo me duele la cintura.',
    "I was told that numbness between the legs would be an emergency, I don't have that.",
    'Discussed red flags inc. saddle anaesthesia and urinary retention, none present',
    'Denies saddle anaesthesia, sphincter disturbance, fever, night sweats, wt loss, hx of ca, IVDU, steroid use or trauma.',
    'My dog drags his back legs.',
    'I cannot complain about my bladder',
  ])
    expect(['urgent', 'emergency'], harmless).not.toContain(urgencyOf(harmless));
  for (const danger of [
    'New EHL and tib ant weakness 3/5, pain resolved.',
    'My 84-year-old mother fell in the bathroom and now screams when she turns over in bed because of her back.',
    'I inject heroin and for the last week my back hurts',
    "I've lost two stone without trying and my back aches all the time, worse at night.",
  ])
    expect(['urgent', 'emergency'], danger).toContain(urgencyOf(danger));
});
