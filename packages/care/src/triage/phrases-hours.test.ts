import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { readText } from './free-text.ts';
import { triage } from './triage.ts';

const judged = (freeText: string) => {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms: { freeText } } });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value);
};
const keys = (text: string) => judged(text).statements.map((s) => s.key);
const said = (text: string, concept: string) =>
  readText(text, 'x')
    .filter((h) => h.concept === concept)
    .map((h) => h.assertion);

describe('dangers of the neck', () => {
  it.each([
    'Osteopath twisted my neck on Friday. Since then my eyelid droops and one pupil is tiny.',
    'After the whiplash the room keeps spinning round and I veer to the right.',
    'Me tronaron el cuello el lunes y desde entonces veo doble y se me traba la lengua.',
  ])('a torn artery calls an ambulance: %s', (text) => {
    expect(judged(text).urgency).toBe('emergency');
    expect(keys(text)).toContain('triage.acute.neck-artery');
  });

  it.each([
    'Osteopath cracked my neck on Friday, felt looser. I get dizzy when I stand up fast.',
    'Had vertigo years ago. Stiff neck from the desk.',
    'El quiropráctico me tronó el cuello y quedé bien suelto.',
  ])('a neck that was treated and is well calls nobody: %s', (text) => {
    expect(keys(text)).not.toContain('triage.acute.neck-artery');
    expect(judged(text).urgency).not.toBe('emergency');
  });

  it('a crash from behind at speed, and both hands that tingle with the neck, are heard', () => {
    expect(said('A lorry hit us from behind at about seventy.', 'severe-trauma')).toContain('affirmed');
    expect(said('A car bumped us from behind at five mph.', 'severe-trauma')).not.toContain('affirmed');
    expect(said('My neck hurts since the dive and there is tingling in both hands.', 'cord')).toContain(
      'affirmed',
    );
  });
});

describe('what makes a danger one of hours', () => {
  it('an infection that confuses, a stiff spine that fell, a fall from a height just now', () => {
    expect(judged('Mum has a fever of 39 and back pain and today she is talking nonsense.').urgency).toBe(
      'emergency',
    );
    expect(judged('I have a fever of 39 and back pain.').urgency).toBe('urgent');
    expect(
      judged('Ankylosing spondylitis for years. Slipped in the shower yesterday, new pain in the back.')
        .urgency,
    ).toBe('emergency');
    expect(
      judged('Dad just came off the roof, three metres, and the middle of his back is agony.').urgency,
    ).toBe('emergency');
    expect(
      judged('Came off the roof, three metres, five weeks ago and the middle of my back is agony.').urgency,
    ).toBe('urgent');
  });

  it('not where it is a list, a seat, an old injury or a fever of last year', () => {
    expect(
      said('Given card: numbness of genitals, retention, incontinence. None at present.', 'saddle'),
    ).not.toContain('affirmed');
    expect(
      said('Numb bum from the cinema seats, wears off as soon as I walk about.', 'saddle'),
    ).not.toContain('affirmed');
    expect(
      said('Old burst fracture 1998 from a fall, fused, never troubled me.', 'vertebral-fracture'),
    ).not.toContain('affirmed');
    expect(said('Flu last winter with a fever of 39, completely gone since.', 'fever')).not.toContain(
      'affirmed',
    );
    expect(said('Epidural abscess last year, same pain again, temp 38.', 'fever')).toContain('affirmed');
    expect(said('My leg gave way once in March, nothing since.', 'weakness')).not.toContain('affirmed');
    expect(said('My leg gave way once in March, and again today.', 'weakness')).toContain('affirmed');
    expect(
      said("My husband couldn't feel his legs after the epidural. I've got sciatica.", 'leg-numbness'),
    ).not.toContain('affirmed');
  });

  it('hears what the leaflet warned of once it has come true', () => {
    expect(
      said('The leaflet says come back if my saddle goes numb. It has, since last night.', 'saddle'),
    ).toContain('affirmed');
    expect(said('The leaflet says come back if my saddle goes numb. It has not.', 'saddle')).not.toContain(
      'affirmed',
    );
  });

  it('tells a beast, an essay and a laugh from the speaker', () => {
    const dog = "My dog has a slipped disc and can't pee, it's all numb down there. I'm fine myself.";
    expect(judged(dog).urgency).not.toBe('emergency');
    const both =
      "My dog has a slipped disc and can't pee, and since Tuesday neither can I, it's all numb down there.";
    expect(judged(both).urgency).toBe('emergency');
    expect(
      judged('I am writing an essay on cauda equina: saddle anaesthesia, retention. I am not a patient.')
        .urgency,
    ).not.toBe('emergency');
    expect(said('My legs gave out laughing at the show.', 'weakness')).not.toContain('affirmed');
    expect(said('My legs gave out on the stairs.', 'weakness')).toContain('affirmed');
  });
});
