import { describe, expect, it } from 'vitest';
import type { TextConcept } from './concept.ts';
import { readText } from './free-text.ts';

const DANGER: readonly TextConcept[] = [
  'saddle',
  'bladder',
  'retention',
  'bowel',
  'sexual',
  'bilateral',
  'weakness',
];

/** Written down as patients and notes say it, before the phrases were. */
const ALARMING: readonly string[] = [
  "since the weekend I can't control my wee",
  'I keep having accidents',
  'I feel like I need to pee but nothing comes out',
  'nothing comes out when I try to pee',
  "I don't know when I've finished peeing",
  'my bum is numb and tingly',
  'numb bum',
  'tingling in my bottom and the backs of both legs',
  'I have no feeling down below',
  'I have lost the feeling in my private area',
  'my vagina feels numb',
  'reduced perianal sensation',
  'Pt c/o saddle paraesthesia',
  'new onset urinary retention',
  'c/o urinary hesitancy and poor stream',
  'weakness of both lower limbs',
  'bilateral radiculopathy',
  'bilateral lower limb weakness',
  'numbness both legs',
  'legs feel heavy and numb on both sides',
  'I messed myself yesterday',
  "can't tell if I've wiped",
  'I lost bowel control',
  "I can't hold it in any more and wet the bed",
  'I go to the toilet without realising',
  'lost sexual feeling',
  'no sensation during intercourse',
  'pérdida de control de esfínteres',
  'no controlo el pis',
  'no puedo aguantar la orina',
  'se me escapan las heces',
  'hormigueo en los genitales',
  'perdí la sensibilidad en el ano',
  'noto dormida la zona de la silla de montar',
  'me duelen ambas piernas y las noto débiles',
  'dolor en las 2 piernas',
  'desde hace 3 días tengo dificultad para orinar',
  'no siento cuando orino',
  'me cuesta arrancar a orinar',
  'no tengo ganas de orinar ni siento la vejiga llena',
  'debilidad en ambas piernas',
  'parálisis de la pierna',
  'tengo el culo dormido',
];

const REASSURING: readonly string[] = [
  'No bladder, bowel or sexual dysfunction and no saddle numbness.',
  'Patient denies: fever, chills, weight loss, bladder dysfunction, bowel dysfunction, saddle anaesthesia.',
  'Bladder: normal. Bowels: normal.',
  'I sit a lot at work and my bottom gets sore',
  'I get cramps in my calves at night',
  'No problems with toilet',
  'nothing wrong with my waterworks',
  'My bowels are a bit slow but I control them',
  'Never any incontinence.',
  'no me he orinado encima',
  'nunca he tenido incontinencia',
  'no se me escapa la orina',
  'sin debilidad en las piernas ni alteración de esfínteres',
  'Niega fiebre, pérdida de peso, incontinencia y anestesia en silla de montar.',
  'No tengo problemas ni para orinar ni para defecar',
  'camino bien de puntas y talones',
  'I can stand on my toes and heels',
  'strength is good in both legs',
  'no sensory loss in the legs or saddle area',
  'I have no issues going to the loo',
  'No drop foot',
  'He has no numbness, tingling or weakness in the legs',
];

const found = (text: string): readonly TextConcept[] =>
  readText(text, 'intake.symptoms.freeText')
    .filter((h) => h.assertion === 'affirmed')
    .map((h) => h.concept);

describe('signs of cauda equina syndrome and weakness', () => {
  it.each(ALARMING)('are heard in: %s', (text) => {
    expect(found(text).some((c) => DANGER.includes(c))).toBe(true);
  });

  it.each(REASSURING)('are not heard in: %s', (text) => {
    expect(found(text).filter((c) => DANGER.includes(c) || c === 'fever' || c === 'weight-loss')).toEqual([]);
  });
});
