import { describe, expect, it } from 'vitest';
import type { TextConcept } from './concept.ts';
import { progressiveWeakness, readText } from './free-text.ts';
import { readIntakeText } from './intake-text.ts';

const affirmed = (text: string): readonly TextConcept[] => [
  ...new Set(
    readText(text, 'intake.symptoms.freeText')
      .filter((h) => h.assertion === 'affirmed')
      .map((h) => h.concept),
  ),
];

const RAISED: readonly (readonly [TextConcept, string])[] = [
  ['saddle', 'I feel numb between my legs'],
  ['saddle', 'my private parts have gone numb'],
  ['saddle', 'pins and needles around my back passage'],
  ['saddle', "I can't feel the toilet paper when I wipe"],
  ['saddle', 'lost all sensation in the genital area'],
  ['saddle', 'my bottom feels dead when I sit'],
  ['saddle', 'saddle anaesthesia noted by GP'],
  ['saddle', 'reduced sensation around the anus'],
  ['saddle', 'The inside of my thighs feels strange and numb'],
  ['saddle', 'It feels different when I wipe'],
  ['saddle', 'tengo los genitales dormidos'],
  ['saddle', 'no siento nada al limpiarme'],
  ['saddle', 'hormigueo alrededor del ano'],
  ['saddle', 'se me ha adormecido la zona entre las piernas'],
  ['saddle', 'noto acorchada la entrepierna'],
  ['retention', "I haven't been able to pee since last night"],
  ['retention', 'having trouble passing urine'],
  ['retention', 'difficulty starting to urinate'],
  ['retention', 'I have to strain to pee'],
  ['retention', 'I cannot empty my bladder'],
  ['retention', 'no he podido orinar desde ayer'],
  ['retention', 'me cuesta mucho empezar a hacer pis'],
  ['retention', 'retención de orina'],
  ['bladder', 'I leak urine when I cough since Monday'],
  ['bladder', 'I wet myself at work'],
  ['bladder', "I don't feel when my bladder is full"],
  ['bladder', 'loss of bladder control'],
  ['bladder', 'I have no control over my bladder'],
  ['bladder', 'urinary incontinence since yesterday'],
  ['bladder', 'se me escapa la orina'],
  ['bladder', 'he perdido el control de la vejiga'],
  ['bladder', 'no noto cuando tengo ganas de orinar'],
  ['bladder', 'me he orinado encima'],
  ['bowel', 'I soiled myself twice'],
  ['bowel', 'loss of bowel control'],
  ['bowel', "I can't hold my stool"],
  ['bowel', 'faecal incontinence'],
  ['bowel', 'no controlo las heces'],
  ['bowel', 'incontinencia fecal'],
  ['sexual', "I can't get an erection since the pain started"],
  ['sexual', 'numb during sex'],
  ['sexual', 'no tengo erecciones desde la lesión'],
  ['bilateral', 'pain going down both legs'],
  ['bilateral', 'bilateral sciatica'],
  ['bilateral', 'me duelen las dos piernas'],
  ['bilateral', 'now it is in the other leg too'],
  ['weakness', 'I have a foot drop'],
  ['weakness', 'my leg keeps giving way'],
  ['weakness', "I can't lift my big toe"],
  ['weakness', "I can't stand on my toes any more"],
  ['weakness', 'my right foot drags'],
  ['weakness', 'weakness in the left leg'],
  ['weakness', 'no puedo levantar el pie'],
  ['weakness', 'tengo la pierna sin fuerza'],
  ['weakness', 'se me dobla la rodilla'],
  ['fever', 'fever of 39 since yesterday'],
  ['fever', 'night sweats and chills'],
  ['fever', 'tengo fiebre'],
  ['weight-loss', 'I have lost 8 kg without trying'],
  ['weight-loss', 'he perdido mucho peso'],
  ['cancer', 'treated for lymphoma two years ago'],
  ['cancer', 'tuve un cáncer de mama'],
  ['severe-trauma', 'I was in a car accident'],
  ['severe-trauma', 'fell down the stairs'],
  ['severe-trauma', 'me caí de una escalera'],
  ['steroids', 'on prednisone for my arthritis'],
  ['steroids', 'tomo corticoides desde hace años'],
  ['intravenous-drugs', 'I used to inject heroin'],
  ['immunosuppression', 'HIV positive'],
  ['pulsatile', 'I can feel a pulsating lump in my belly'],
  ['cold-limb', 'my left foot is cold and blue'],
];

const NOT_RAISED: readonly (readonly [TextConcept, string])[] = [
  ['saddle', 'No numbness in the saddle area'],
  ['saddle', 'Denies saddle numbness'],
  ['saddle', "I don't have any numbness between my legs"],
  ['saddle', 'sin adormecimiento en la entrepierna'],
  ['saddle', 'My foot is numb and I have groin pain'],
  ['saddle', 'I sleep with a pillow between my legs'],
  ['retention', 'No trouble passing urine'],
  ['retention', 'no tengo problemas para orinar'],
  ['bladder', 'Bladder and bowel function are normal'],
  ['bladder', 'no loss of bladder control'],
  ['bladder', 'No bladder or bowel dysfunction'],
  ['bladder', 'continent, no incontinence'],
  ['bladder', 'niega incontinencia'],
  ['bowel', 'no change in bowel habit, no bowel problems'],
  ['bowel', 'denies bladder, bowel or saddle symptoms'],
  ['sexual', 'no sexual dysfunction'],
  ['weakness', 'no weakness in the legs'],
  ['weakness', 'Denies leg weakness or foot drop'],
  ['weakness', 'no tengo debilidad en la pierna'],
  ['fever', 'no fever, chills or night sweats'],
  ['fever', 'sin fiebre'],
  ['weight-loss', 'no weight loss'],
  ['cancer', 'no history of cancer'],
  ['cancer', 'my father died of lung cancer'],
  ['cancer', "I'm afraid it might be cancer"],
  ['cancer', 'mi madre tuvo cáncer'],
  ['severe-trauma', 'no fall or car accident'],
  ['steroids', 'not on steroids'],
  ['bilateral', 'the pain is in my left leg only'],
];

const ANY: readonly TextConcept[] = ['saddle', 'bladder', 'retention', 'bowel', 'sexual', 'bilateral'];

/** Ways of saying it that were written down without looking at the patterns. */
const SAID: readonly (readonly [string, readonly TextConcept[]])[] = [
  ['cant feel when i pee', ANY],
  ['My bits are numb', ['saddle']],
  ["I've been incontinent twice", ['bladder']],
  ["I can't tell when I need to go to the toilet", ['bladder']],
  ['peeing without noticing', ['bladder']],
  ["my backside feels like it's asleep", ['saddle']],
  ['numb where you would sit on a saddle', ['saddle']],
  ['left foot slaps the floor when I walk', ['weakness']],
  ['my legs gave out yesterday', ['weakness']],
  ['both of my feet tingle', ['bilateral']],
  ['it has spread to both legs', ['bilateral']],
  ['numbness in my genitals', ['saddle']],
  ['the area between my legs has lost feeling', ['saddle']],
  ['I had to be catheterised last night', ['retention']],
  ["I couldn't urinate this morning", ['retention']],
  ["my bladder won't empty", ['retention']],
  ['Urine just dribbles out', ['bladder', 'retention']],
  ['I pooped my pants', ['bowel']],
  ['no longer able to control my bowels', ['bowel']],
  ['I can no longer feel myself passing urine', ['bladder', 'retention', 'saddle']],
  ['my penis is numb', ['saddle']],
  ['vaginal numbness', ['saddle']],
  ['perineal numbness', ['saddle']],
  ['perianal paraesthesia', ['saddle']],
  ['altered sensation when wiping', ['saddle']],
  ["I'm unable to lift my foot", ['weakness']],
  ['toes keep catching on the ground', ['weakness']],
  ['my knee buckles', ['weakness']],
  ['my calf is so weak I cannot stand on tiptoe', ['weakness']],
  ['the leg has become paralysed', ['weakness']],
  ['No siento las partes íntimas', ['saddle']],
  ['se me duermen los genitales', ['saddle']],
  ['tengo la zona genital dormida', ['saddle']],
  ['pierdo orina sin darme cuenta', ['bladder']],
  ['no me entero cuando hago pis', ['bladder']],
  ['llevo dos días sin orinar', ['retention']],
  ['voy arrastrando la pierna', ['weakness']],
  ['he perdido fuerza en el pie derecho', ['weakness']],
  ['no tengo fuerza en la pierna', ['weakness']],
  ['se me ha caído el pie', ['weakness']],
  ['me hago caca encima', ['bowel']],
  ['tengo las dos piernas adormecidas', ['bilateral']],
  ['no puedo ponerme de puntillas', ['weakness']],
  ['disfunción eréctil desde hace una semana', ['sexual']],
  ['entumecimiento en silla de montar', ['saddle']],
  ['no siento el papel cuando me limpio', ['saddle']],
  ['incontinencia urinaria de inicio reciente', ['bladder']],
  ['temperature of 38.9 and shaking', ['fever']],
  ['drenching night sweats', ['fever']],
  ['my weight has dropped by 10 kilos', ['weight-loss']],
  ["I've had chemo for lymphoma", ['cancer']],
  ['metastatic prostate ca', ['cancer']],
  ['was thrown from my horse', ['severe-trauma']],
  ['fell 3 metres', ['severe-trauma']],
  ['hit by a car while cycling', ['severe-trauma']],
  ['pain wakes me every night', ['night-pain']],
  ['dolor que me despierta cada noche', ['night-pain']],
  ['use IV drugs', ['intravenous-drugs']],
  ['kidney transplant in 2020', ['immunosuppression']],
  ['had an epidural abscess drained last month', ['infection-source']],
  ['recent urinary infection', ['infection-source']],
  ['I have pain in my right and left leg', ['bilateral']],
  ['pins and needles in both feet', ['bilateral']],
  ['saddle anesthesia', ['saddle']],
  ['unable to void', ['retention']],
  ['difficulty voiding', ['retention']],
  ['urinary urgency and frequency, new', ['bladder']],
  ['change in bladder habits since last week', ['bladder']],
  ["my bladder isn't working properly", ['bladder']],
  ['wetting the bed at night', ['bladder']],
  ['stool leakage', ['bowel']],
  ['loss of anal sphincter control', ['bowel']],
];
const QUIET: readonly string[] = [
  'No saddle anaesthesia, no bladder or bowel disturbance, no leg weakness.',
  'Bowels and bladder OK.',
  'Bladder/bowel: NAD',
  'Sphincters intact',
  'No red flags: no fever, weight loss, saddle numbness, incontinence or weakness',
  'She denies any numbness, weakness or incontinence',
  'There is no numbness in the groin or genitals',
  'I can pee and poo normally',
  'passing urine normally',
  'no difficulty passing urine',
  'sexual function unchanged',
  'walks on heels and toes without problem',
  'Power 5/5 in both legs',
  'reflexes normal in both legs',
  'no weakness in either leg',
  'sin incontinencia ni debilidad',
  'orina y defeca con normalidad',
  'no presenta pérdida de fuerza',
  'fuerza conservada en ambas piernas',
  'esfínteres normales',
  'no ha tenido fiebre',
  'control de esfínteres normal',
  'I am afraid of losing control of my bladder',
  'pain in my buttocks and my foot tingles',
  'No bilateral symptoms',
  'numbness of the lateral foot',
  'my pain is worse when sitting on the toilet to pee',
  'the pain is on both sides of my back',
  'I like to walk with my wife who had cancer',
  'weight stable, no loss of appetite',
  'no previous cancer, no steroids, no trauma',
];
const GROWING: readonly string[] = [
  'my foot drop is getting worse',
  'weakness has increased over the past 2 days',
  'I noticed yesterday that I cannot lift my toes',
  'since Monday my leg gives way more and more',
  'each day my leg is weaker',
  'la debilidad de la pierna ha aumentado',
  'desde el lunes no puedo levantar el pie',
  'the weakness is spreading',
  'rapidly worsening leg weakness',
  'increasing weakness of left leg',
  'new foot drop',
  'my foot became floppy overnight',
];

describe('words as people say them', () => {
  it.each(SAID)('raises: %s', (text, concepts) => {
    expect(affirmed(text).some((c) => concepts.includes(c))).toBe(true);
  });
  it.each(QUIET)('raises nothing: %s', (text) => {
    const dangerous: readonly TextConcept[] = [
      ...ANY,
      'weakness',
      'fever',
      'cancer',
      'weight-loss',
      'steroids',
      'severe-trauma',
    ];
    expect(affirmed(text).filter((c) => dangerous.includes(c))).toEqual([]);
  });
  it.each(GROWING)('grows: %s', (text) => {
    expect(progressiveWeakness(text, 'x')).toBeDefined();
  });
});

describe('red-flag words', () => {
  it.each(RAISED)('%s: %s', (concept, text) => {
    expect(affirmed(text)).toContain(concept);
  });

  it.each(NOT_RAISED)('not %s: %s', (concept, text) => {
    expect(affirmed(text)).not.toContain(concept);
  });

  it('a denial ends with its clause', () => {
    expect(affirmed('No fever. Numb between the legs.')).toEqual(['saddle']);
    expect(affirmed('No fever but I have lost control of my bladder')).toEqual(['bladder']);
    expect(affirmed('no fever and I cannot pee')).toEqual(['retention']);
    expect(affirmed('sin fiebre pero no puedo orinar')).toEqual(['retention']);
    expect(affirmed('no tengo fiebre y se me escapa la orina')).toEqual(['bladder']);
    expect(affirmed('no back surgery before, foot drop for two days')).toContain('weakness');
  });

  it("advice and hearsay raise nothing, a conditional of one's own does", () => {
    expect(affirmed('My GP told me to come back if I get numbness between the legs')).toEqual([]);
    expect(affirmed('He said to watch for loss of bladder control')).toEqual([]);
    expect(affirmed('me dijo que acuda a urgencias si noto adormecimiento en la entrepierna')).toEqual([]);
    // Without accents "sí noto" (I do notice) and "si noto" (if I notice) are the same: read as said.
    expect(affirmed('Sí noto adormecimiento en la entrepierna')).toEqual(['saddle']);
    expect(affirmed('the patient shows signs of saddle numbness')).toEqual(['saddle']);
    const own = readText('If I cough I wet myself', 'x').find((h) => h.concept === 'bladder');
    expect(own?.assertion).toMatch(/affirmed|hedged/);
    expect(readText("I'm worried about the numbness between my legs", 'x')[0]?.assertion).toBe('hedged');
  });

  it('what looks like a denial and is none raises the flag', () => {
    expect(affirmed('not only numb between the legs, also incontinent')).toEqual(['saddle', 'bladder']);
    expect(affirmed('no change in the numbness around my genitals')).toContain('saddle');
    expect(affirmed('I have never had a foot drop like this before')).toContain('weakness');
  });

  it('keeps the words and the place of every hit', () => {
    const [hit] = readText('Since Monday I feel NUMB between my legs', 'intake.symptoms.freeText');
    expect(hit).toMatchObject({ path: 'intake.symptoms.freeText', concept: 'saddle' });
    expect(hit?.quote).toMatch(/numb between my legs$/);
  });

  it('reads curly apostrophes, accents and line breaks', () => {
    expect(affirmed('I can’t pee')).toContain('retention');
    expect(affirmed('No puedo\norinar')).not.toContain('fever');
    expect(affirmed('RETENCIÓN DE ORINA')).toContain('retention');
  });
});

describe('growing weakness', () => {
  const grows = (text: string) => progressiveWeakness(text, 'x') !== undefined;
  it('needs weakness and growth together', () => {
    expect(grows('my leg is weak and it is getting worse')).toBe(true);
    expect(grows('My leg is weak. It gets worse every day.')).toBe(true);
    expect(grows('sudden weakness in my right foot')).toBe(true);
    expect(grows('la pierna está cada vez más débil')).toBe(true);
    expect(grows('The pain is getting worse. My leg is strong.')).toBe(false);
    expect(grows('my leg was weak ten years ago')).toBe(false);
    expect(grows('no weakness, pain getting worse')).toBe(false);
    expect(grows('my leg is weak but it is not getting worse')).toBe(false);
  });
});

describe('the whole intake', () => {
  it('reads goals, conditions, indications and unknown fields, and no codes', () => {
    const hits = readIntakeText({
      symptoms: { course: 'worsening', notes: 'wet myself yesterday' },
      history: { conditions: ['multiple myeloma'] },
      goals: { statements: ['stop my foot from dragging: foot drop'] },
      medications: [{ name: 'prednisolone', indication: 'temporal arteritis, long-term steroids' }],
    });
    expect(hits.map((h) => [h.concept, h.path])).toEqual([
      ['bladder', 'intake.symptoms.notes'],
      ['progression', 'intake.symptoms.notes'],
      ['cancer', 'intake.history.conditions[0]'],
      ['weakness', 'intake.goals.statements[0]'],
      ['severe-weakness', 'intake.goals.statements[0]'],
      ['steroids', 'intake.medications[0].indication'],
    ]);
  });

  it('is fast on a long text', () => {
    const long = 'I cannot feel my foot and no pain in the groin, but then '.repeat(350);
    expect(() => readText(long, 'x')).toNeedLessThan(500);
  });
});
