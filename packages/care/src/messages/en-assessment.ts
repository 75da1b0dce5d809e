import type { Message } from './catalogue.ts';

export const EN_ASSESSMENT: Readonly<Record<string, Message>> = {
  'concordance.0': {
    clinician:
      '{level} {side}: contact of {mechanism} with root {root} is unlikely or doubtful on the image ({p|pct}).',
    patient: 'At {level} on the {side}, the scan is not clear about your nerve.',
  },
  'concordance.1': {
    clinician:
      '{level} {side}: {mechanism} touches root {root} on the image ({p|pct}), but no pain of that root and side is recorded. Image only.',
    patient: 'The scan shows a {mechanism} at {level} on the {side}. Your pain does not match it.',
  },
  'concordance.2': {
    clinician:
      '{level} {side}: {mechanism} at root {root} ({p|pct}) matches the pain of that root and side; no matching sign is recorded.',
    patient: 'The scan shows a {mechanism} at {level} on the {side}. It fits where you feel the pain.',
  },
  'concordance.3': {
    clinician:
      '{level} {side}: {mechanism} at root {root} ({p|pct}) matches both the pain and a sign of that root and side. Concordant.',
    patient:
      'The scan shows a {mechanism} at {level} on the {side}. It fits your pain and what the exam found.',
  },
  'discordance.wrong-root': {
    clinician:
      'Signs of {other} on the {side}, but the image shows {root} at {level}: the picture may not be the cause, or the levels are counted wrongly.',
    patient: 'Your scan and your exam point to two different nerves. We must find out which one hurts.',
  },
  'discordance.wrong-side': {
    clinician:
      'Wrong side: the image shows root contact at {level} {imageSide}, the pain is {side}. The finding does not explain the pain.',
    patient:
      'The scan shows a change on the {imageSide}, but your pain is on the {side}. So it is not the cause.',
  },
  'discordance.stenosis-without-leg-symptoms': {
    clinician: '{level}: severe central stenosis on the image without leg symptoms; not treated for itself.',
    patient: 'The canal at {level} is tight, but your legs feel well. It does not need treatment by itself.',
  },
  'discordance.leg-without-root': {
    clinician:
      'Pain below the knee without root contact on the image: consider hip, peripheral nerve, numbering of the levels, or far-lateral disease outside the axial slices.',
    patient: 'You have leg pain, but the scan shows no pressed nerve. We should look for another cause.',
  },
  'discordance.roots-not-shown': {
    clinician:
      'Pain below the knee; this study has no plane that shows the roots, so contact is neither found nor excluded.',
    patient: 'This scan cannot show the nerve to your leg. Another view may help.',
  },
  'discordance.usual-for-age': {
    clinician:
      '{finding} is seen in {p|pct} of people aged {age|0} without pain: by itself it does not explain the symptoms.',
    patient: '{finding}: {p|pct} of people your age have this and feel no pain.',
  },
  'discordance.transitional': {
    clinician: '{kind}: the root at a disc may be one level off. Confirm the level before any procedure.',
    patient: 'Your scan shows {kind}. Your team will check the level with care.',
  },
  'hypothesis.at': {
    clinician: '{condition}, {place}: {p|pct} ({lo|pct} to {hi|pct}).',
    patient: 'The cause may be {condition}. The chance is {p|pct}.',
  },
  'hypothesis.plain': {
    clinician: '{condition}: {p|pct} ({lo|pct} to {hi|pct}).',
    patient: 'The cause may be {condition}. The chance is {p|pct}.',
  },
  'next-test.plain': {
    clinician: '{test} would be expected to move {value|pct} of the belief between causes.',
    patient: 'The next test that may help is {test}.',
  },
  'next-test.root': {
    clinician: '{test} at {root} would be expected to move {value|pct} of the belief between causes.',
    patient: 'The next test that may help is {test}.',
  },
  'next-test.root-after': {
    clinician:
      '{test} at {root} would be expected to move {value|pct} of the belief between causes; {before} comes first, as it answers the same question without a needle.',
    patient: 'This test may help later on: {test}. First comes {before}.',
  },
  'withheld.contradiction': {
    clinician: 'Answers that contradict each other: {where}. Statements that depend on them are withheld.',
    patient: 'Some of your answers do not fit together: {where}. Please check them with your team.',
  },
  'withheld.impossible': {
    clinician: 'Impossible input: {where}. Statements that depend on it are withheld.',
    patient: 'This answer cannot be right: {where}. Please check it with your team.',
  },
  'withheld.unknown-answer': {
    clinician: 'Input that cannot be read: {where}. It is kept and treated as not known.',
    patient: 'We could not read this answer: {where}. Please check it with your team.',
  },
  'abstained.no-findings': {
    clinician: 'No imaging findings were given: levels and sides rest on symptoms and examination alone.',
    patient: 'There is no scan yet. A plan can be made without one.',
  },
  'abstained.no-intake': {
    clinician:
      'No history or examination was given: findings cannot be tied to symptoms and nothing is recommended on the image alone.',
    patient: 'We do not know how you feel yet. A scan alone cannot make a plan.',
  },
  'abstained.level': {
    clinician: '{level} was not graded: {why}',
    patient: 'One part of the scan ({level}) could not be read.',
  },
  'abstained.gate': {
    clinician: 'Elective options are not ranked while the triage gate is closed.',
    patient: 'First you need to be seen. Other choices come later.',
  },
  'abstained.no-baseline-pain': {
    clinician: 'Pain was not forecast: no current pain score (0 to 10) is known.',
    patient: 'Tell us your pain from 0 to 10 to see what may come.',
  },
  'abstained.no-baseline-function': {
    clinician: 'Function was not forecast: no current ODI or RMDQ is known.',
    patient: 'Fill in the form on daily life to see what may come.',
  },
  'abstained.no-work': {
    clinician: 'Return to work was not forecast: work status is not known, or the person is not working.',
    patient: 'Tell us about your work to see what may come.',
  },
  'abstained.at-work': {
    clinician:
      'At work now: there is nothing to return to, so only the time off that an operation costs is forecast.',
    patient: 'You are at work now. We only show the time off after an operation.',
  },
  'abstained.no-figure': {
    clinician:
      'No safe figure exists for {outcome} after {option}; only the natural course with a wider interval is shown.',
    patient: 'For {option}, studies give no safe number yet.',
  },
  'abstained.facet': {
    clinician: 'No history, examination or image finding localises facet pain; only controlled blocks do.',
    patient: 'Only a test shot can show if small joints cause the pain.',
  },
};
