import type { Message } from './catalogue.ts';
import { EN_CHECKS } from './en-checks.ts';
import { EN_SAFETY } from './en-safety.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

export const EN_PLAN: Readonly<Record<string, Message>> = {
  ...EN_CHECKS,
  ...EN_SAFETY,
  'option.effect': m(
    '{option}: against {comparator}, {outcome} {weeks|0} weeks on differs by {effect|1} {unit} ({lo|1} to {hi|1}).',
    '{option}: compared with {comparator}, {outcome} changes by about {effect|1} {unit}. A minus sign means less.',
  ),
  'option.effect-confounded': m(
    '{option}: as-treated or open comparison only; against {comparator}, {outcome} {weeks|0} weeks on differs by {effect|1} {unit} ({lo|1} to {hi|1}), brought towards no effect.',
    '{option}: compared with {comparator}, {outcome} may change by about {effect|1} {unit}. A minus sign means less. This is not certain.',
  ),
  'option.no-effect-figure': m(
    '{option}: no like-for-like trial figure for this condition; shown with the natural course.',
    'We have no clear number yet for this: {option}.',
  ),
  'option.responders': m(
    '{option}: {treated|pct} against {control|pct} with {comparator} had {what} at {weeks|0} weeks; no trial figure of the mean.',
    '{option}: it helped {treated|pct} of people. With {comparator} it was {control|pct}.',
  ),
  'option.waiting': m(
    'Natural course: {outcome} expected to go from {from|1} to {to|1} {unit} by {weeks|0} weeks ({lo|1} to {hi|1}).',
    'With time alone, {outcome} may go from {from|1} to {to|1} of {max|0}.',
  ),
  'option.indication': m(
    'Conditions treated by {option}: {p|pct} of belief.',
    'The chance that {option} treats your problem is {p|pct}.',
  ),
  'option.rank': m('Ranked {rank|0} by the stated goals.', 'This is number {rank|0} for your goals.'),
  'option.early-later': m(
    'Surgery: faster relief, the same end state at one year in the trials; later surgery still works. No closing window without a progressive deficit.',
    'Surgery helps faster. After one year people feel about the same with or without it. You can choose it later too.',
  ),
  'option.anti-inflammatory': m(
    'Inflammatory features ({features}): anti-inflammatory options have a mechanism, with weak evidence of a larger effect.',
    'There are signs of inflammation. This choice may act on it.',
  ),
  'option.opioid-sparing': m('High opioid risk: this option avoids opioids.', 'This choice avoids opioids.'),
  'option.miss': m('{option} at {level}: {fit}', '{option}: your team will check if it fits your body.'),
  'option.miss-measured': m(
    '{option} at {level}: {way} {room}; nearest is the {hazard}, {mm|1} mm from the axis (within {within|1} mm), supine on these pictures.',
    '{option}: on your scan, the way in {room}. Your team will check it.',
  ),
  'option.reoperation': m(
    'Reoperation after {option}: {p|pct} by {weeks|0} weeks.',
    'Some people need more surgery: {p|pct} of them all.',
  ),
  'plan.gate': m(
    'Triage first: {who}. Elective options wait.',
    'First you need to be checked. Then we talk about choices.',
  ),
  'plan.ask-goals': m(
    'No goals were elicited: options are listed without rank. Ask what matters most.',
    'Tell us what matters most to you. Then we can sort the choices.',
  ),
  'plan.top': m('Highest for the stated goals: {option}.', 'This fits your goals best: {option}.'),
  'plan.top-tied': m(
    'Highest for the stated goals, with equal scores: {options}.',
    'For your goals, these fit best. They come out the same. {options|list}.',
  ),
  'option.tied': m(
    'Scores the same as {options}: neither the goals nor the trials tell them apart.',
    'Some other choices fit your goals just as well.',
  ),
  'option.stepped': m(
    'Placed after {after}, whatever the score: for such a person that step comes first.',
    'Try this one first and see how it goes: {after}.',
  ),
  'limit.no-imaging': m('No imaging was given.', 'We have no scan of your back.'),
  'limit.no-intake': m('No symptoms or history were given.', 'We do not know how you feel yet.'),
  'plan.first-line-early': m(
    'In the first weeks non-surgical care comes first, whatever the ranking: {options}. Most episodes settle.',
    'Most pain like this gets better by itself. Start with this. {options|list}.',
  ),
  'plan.elsewhere': m(
    'The leading cause lies outside the spine ({condition}, {p|pct}): {who} first. What is listed for the back below does not treat it.',
    'Your pain may not come from your back. It may be {condition}. See this person first: {who}.',
  ),
  'plan.pause-sport': m(
    'A stress fracture of the arch is possible: rest from the sport that hurts (arching, jumping, bowling) until it is settled; MRI with fat suppression and thin sagittal slices through the arches.',
    'A small bone in your back may be hurt by sport. Stop the sport that hurts until you have been checked. A scan can show it.',
  ),
  'medication.hold-heart': m(
    '{drug} before {procedure} ({bleedingClass} bleeding risk): not held, and nothing elective done, without the cardiologist (stent, heart attack or mechanical valve). The usual hold, {hours|span} before and {restart|span} after, does not apply by itself. {note}',
    'You take {drug} for your heart. Do not stop it by yourself. Your heart doctor decides.',
  ),
  'option.no-room': m(
    'Placed after {after}: no measured way of this approach has room at that level.',
    'Your scan shows little room for this way. So another way comes first: {after}.',
  ),
  'check.tried-without-gain.caution': m(
    'Tried before without gain: what would be different this time comes first.',
    'You tried this and it did not help. Ask what would be new this time.',
  ),
  'plan.cord': m(
    'Upper motor neurone signs: image the cervical and thoracic spine, not the lumbar spine alone.',
    'Your neck and upper back need a scan too.',
  ),
  'plan.first-line': m('First line for everybody: {option}.', 'A good first step for all is {option}.'),
  'plan.ask-fact': m('Ask or measure first: {what}.', 'We need to know more: {what}.'),
  'plan.no-image-treatment': m(
    'Findings without matching symptoms are not treated.',
    'A change on a scan is not treated if it does not hurt.',
  ),
  'plan.reassess': m('Look again in {weeks|weeks}.', 'We will look again in {weeks|weeks}.'),
  'plan.safety-net': m(
    'Return at once with saddle numbness, loss of bladder or bowel control, new or worse leg weakness, or fever.',
    'Come back at once if you go numb between the legs. Come back at once if you lose control of your pee or stool, or if a leg gets weak.',
  ),
  'plan.decide-together': m(
    'Decision support: the clinician and the patient decide.',
    'You and your doctor choose as a team.',
  ),
  'plan.explain-cause': m(
    'Most likely: {condition} ({p|pct}).',
    'The most likely cause is {condition}. The chance is {p|pct}.',
  ),
  'plan.unsure-cause': m(
    'No cause is more likely than not; leading: {condition} ({p|pct}).',
    'We are not sure of the cause yet. The first guess is {condition}.',
  ),
  'medication.gene': m(
    '{drug}: {action} ({genes}). {detail}',
    'Your genes tell us how to use {drug}. They say this: {action}.',
  ),
  'medication.hold': m(
    '{drug} before {procedure} ({bleedingClass} bleeding risk): propose to stop {hours|span} before and restart {restart|span} after; the prescriber of {drug} confirms. {note}',
    'You take {drug}. Do not stop it by yourself. Your doctors will tell you when.',
  ),
  'medication.hold-continue': m(
    '{drug} before {procedure} ({bleedingClass} bleeding risk): usually continued; the prescriber confirms.',
    'You take {drug}. You can most likely go on with it. Your doctors will tell you if not.',
  ),
  'medication.hold-unknown': m(
    '{drug}: no stop interval in the base; ask its prescriber before any procedure.',
    'You take {drug}. If you are to have a shot or surgery, your doctors will talk about it first.',
  ),
  'medication.upgrade': m(
    'Bleeding class raised by one: {reason}.',
    'You bleed more easily. Your doctors will take extra care.',
  ),
  'medication.opioid-benzodiazepine': m(
    'Opioid and benzodiazepine together ({opioid}, {drug}): avoid the combination, offer naloxone, taper slowly, never stop abruptly.',
    'It is not safe to take {opioid} and {drug} at the same time. Talk to your doctor. Do not stop on your own.',
  ),
  'medication.mme': m(
    '{drug}: {mme|0} morphine milligram equivalents a day; pause and reassess before {limit|0}.',
    'Your opioid dose is {mme|0} units a day. Your doctor will check it.',
  ),
  'medication.mme-part': m(
    '{drug}: {mme|0} morphine milligram equivalents a day without {uncounted}, whose dose or conversion is not known; pause and reassess before {limit|0}.',
    'Your opioid dose is {mme|0} units a day or more: {uncounted} comes on top. Your doctor will check it.',
  ),
  'voi.plan-changes': m(
    '{unknown}: an answer would change the leading option in {p|pct} of simulated answers.',
    'Knowing this may change your plan: {unknown}.',
  ),
  'voi.no-change': m(
    '{unknown}: no simulated answer changes the leading option.',
    '{unknown}: not needed for your plan now.',
  ),
  'counterfactual.change': m(
    'If {what} were {value}, the advice would be: {then}.',
    'If {what} were {value}, the advice would change. It would be: {then|list}.',
  ),
  'trigger.statement': m('{when}: {then}.', '{when}: {then}.'),
  'limit.decision-support': m(
    'Decision support: not validated for this site until local recalibration.',
    'This helps you and your doctor to decide. It does not decide.',
  ),
  'plan.ask-start': m(
    'Stratify at first contact (STarT Back): low risk simple support, high risk combined care.',
    'Some short questions help us to see how much help you need.',
  ),
  'imaging.not-yet': m(
    'Imaging is not indicated now: no red flag, no progressive deficit, and no injection or surgery in question after a period of care.',
    'You do not need a scan now. It would not change your care.',
  ),
  'medication.taper': m(
    '{drug} in chronic pain: review benefit; if it is stopped, taper slowly, never abruptly.',
    'Do not stop {drug} at once. Your doctor will help you take less, step by step.',
  ),
  'plan.comparators-differ': m(
    'The leading options were tested against different comparators ({classes}): the order across them is less sure.',
    'These choices were not tested side by side. So the order is not certain.',
  ),
  'hypothesis.no-symptoms': m(
    'No symptoms are stated: there is nothing that a finding would have to explain.',
    'You feel well. So there is nothing to explain.',
  ),
  'trigger.cauda-equina': m(
    'New saddle numbness, bladder, bowel or sexual dysfunction, or both legs affected: emergency MRI and surgical review the same day.',
    'You go numb between the legs, or lose control of pee or stool: go to hospital at once.',
  ),
  'trigger.motor': m(
    'New or worsening leg weakness, foot drop: urgent surgical review.',
    'A leg gets weak, or your foot drops: call at once.',
  ),
  'trigger.infection': m(
    'Fever with worsening back pain: same-day medical review.',
    'You have a fever and more back pain: be seen the same day.',
  ),
  'trigger.sciatica': m(
    'Leg pain still severe after six weeks of care with concordant imaging: discuss injection or discectomy; later surgery still works.',
    'Your leg still hurts a lot after six weeks of care: talk about a shot or surgery.',
  ),
  'trigger.axial': m(
    'No change that matters after six weeks of first-line care: combined physical and psychological programme.',
    'You are no better after six weeks: ask for more help to move and cope.',
  ),
  'trigger.better': m(
    'Pain down by half or more: stop drugs, keep active, no further procedure.',
    'Your pain is half as bad or less: stop the pills and keep moving.',
  ),
  'trigger.worse': m(
    'Pain or disability worse by the smallest change that matters at two reports in a row: examine again, ask the red flags again.',
    'You get worse two times in a row: be seen again.',
  ),
  'check.roots-not-read.missing': m(
    'This study has no plane that shows the roots: concordance is not known; an axial view decides.',
    'This scan cannot show the nerve. Another view is needed.',
  ),
};
