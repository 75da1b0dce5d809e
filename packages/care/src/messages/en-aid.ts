import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

/** The decision aid and the education texts. */
export const EN_AID: Readonly<Record<string, Message>> = {
  'aid.decision': m(
    'Decision: which option for {condition}.',
    'You have a choice to make. There is more than one good way to treat {condition}.',
  ),
  'aid.no-treatment': m('No treatment and waiting are options.', 'To wait is also a choice.'),
  'aid.better': m(
    '{option}: {n|0} of {of|0} people have at least two points less {outcome} at {weeks|0} weeks ({lo|0} to {hi|0}).',
    '{option}: {n|0} of {of|0} people have two points less pain, or more, after {weeks|0} weeks.',
  ),
  'aid.harm': m(
    '{option}: {n|0} of {of|0} have a harm ({lo|0} to {hi|0}).',
    '{option}: {n|0} of {of|0} people have a problem from it.',
  ),
  'aid.harms-named': m('Harms of {option} that were counted: {harms}.', 'What may go wrong: {harms}.'),
  'aid.reoperation': m(
    '{option}: {n|0} of {of|0} have another operation within {weeks|0} weeks ({lo|0} to {hi|0}).',
    '{option}: {n|0} of {of|0} people have surgery once more.',
  ),
  'aid.unknown': m(
    '{option}: no figure for harm that could be shown.',
    '{option}: we have no good number for the risks.',
  ),
  'aid.early-later.speed': m(
    'Early surgery: median recovery {early|0} weeks; prolonged care with surgery if needed: {later|0} weeks.',
    'With early surgery half of all people feel well after {early|0} weeks. With waiting it takes {later|0} weeks.',
  ),
  'aid.early-later.end': m(
    'Recovered at one year: {n|0} of {of|0} in both groups.',
    'After one year {n|0} of {of|0} people feel well. It is the same in both groups.',
  ),
  'aid.early-later.avoid': m(
    'Of those who waited, {n|0} of {of|0} had surgery within the year.',
    'Of those who waited, {n|0} of {of|0} had surgery in the first year. The rest did not need it.',
  ),
  'aid.early-later.stenosis': m(
    'Narrow canal: {n|0} of {of|0} with mild to moderate stenosis have a favourable course without surgery; rapid decline is rare, so an operation can wait.',
    '{n|0} of {of|0} people do well with no surgery. It is rare to get worse fast. You have time to choose.',
  ),
  'aid.early-later.late': m(
    'Surgery for sciatica of four months and more still lowers leg pain by {effect|1} of 10 points ({lo|1} to {hi|1}).',
    'Surgery still works if you wait some months. Leg pain falls by about {effect|1} of 10 points more.',
  ),
  'aid.uncertainty': m(
    'Forecasts explain at most {p|pct} of the differences between people.',
    'Nobody can say for sure what will happen to you. These numbers are for groups.',
  ),
  'aid.own-words': m(
    'In your own words: what matters, what worries, what is missing.',
    'Tell us in your own words: What matters most to you? What worries you? What do you still want to know?',
  ),
  'education.stay-active': m(
    'Stay active; bed rest delays recovery.',
    'Keep moving. Walk a bit more each day. Rest in bed makes your back weak.',
  ),
  'education.hurt-harm': m(
    'Pain is not damage: movement is safe.',
    'Pain does not mean harm. Your back is strong. It is safe to move.',
  ),
  'education.scan': m(
    'Findings on a scan are common without pain.',
    'Most people have changes on a scan. Many of them feel no pain.',
  ),
  'education.herniation': m(
    'Herniations shrink in {p|pct} of people without surgery.',
    'A slipped disc often shrinks by itself. This happens in {p|pct} of people.',
  ),
  'education.stenosis': m(
    'Mild to moderate stenosis: {p|pct} have a favourable course; rapid decline is rare.',
    'A tight canal seldom gets worse fast. In {p|pct} of people it goes well.',
  ),
  'education.drugs': m(
    'Drugs give small relief; lowest dose, shortest time.',
    'Pills help only a little. Take the least you need, for a short time.',
  ),
  'education.work': m(
    'Return to normal activity and work as early as possible.',
    'Go back to work as soon as you can. You do not need to be free of pain.',
  ),
  'education.smoking': m(
    'Stopping smoking helps healing; re-herniation is more frequent in smokers.',
    'Try to stop smoking. Your back heals better. We can help.',
  ),
  'education.mood': m(
    'Mood and sleep change pain; treatment of both helps.',
    'Low mood and bad sleep make pain worse. Tell us. We can help.',
  ),
  'education.opioids': m(
    'Opioids: small or no benefit in back pain, real risks.',
    'Opioids do not help much with back pain. They can be a danger.',
  ),
};
