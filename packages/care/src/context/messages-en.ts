import type { Message, Term } from '../messages/catalogue.ts';

export const CONTEXT_EN: Readonly<Record<string, Message>> = {
  'context.usual': {
    clinician:
      '{level}: {finding} ({q|pct} sure). Usual at this age: {p|pct} of people aged {age|0} without pain have it.',
    patient:
      '{level}: {finding}. This is normal for your age: {p|pct} of people your age without pain have it too.',
  },
  'context.share': {
    clinician: '{level}: {finding} ({q|pct} sure). {p|pct} of people aged {age|0} without pain have it.',
    patient: '{level}: {finding}. {p|pct} of people your age without pain have it too.',
  },
  'context.any-age': {
    clinician:
      '{level}: {finding} ({q|pct} sure). {p|pct} of adults without pain have it; there is no figure by age.',
    patient: '{level}: {finding}. {p|pct} of people without pain have it too.',
  },
  'context.age-unknown': {
    clinician:
      '{level}: {finding} ({q|pct} sure). How common it is without pain depends on age, which is not known.',
    patient: '{level}: {finding}. Tell us your age to see how common this is.',
  },
  'context.no-figure': {
    clinician:
      '{level}: {finding} ({q|pct} sure). No figure exists for how common it is at this age without pain.',
    patient: '{level}: {finding}. We do not know how common this is at your age.',
  },
  'context.muscle-fat': {
    clinician:
      '{level}: {finding} {q|pct} fat on the fuller side. Healthy people aged {age|0}: {p|pct} on average, {low|pct} to {high|pct}.',
    patient:
      '{level}: {finding} holds about {q|pct} fat. In healthy people of your age it is about {p|pct}, and this much is within what is seen.',
  },
  'context.muscle-fat-above': {
    clinician:
      '{level}: {finding} {q|pct} fat on the fuller side, more than healthy people aged {age|0} have ({p|pct} on average, {low|pct} to {high|pct}).',
    patient:
      '{level}: {finding} holds about {q|pct} fat. In healthy people of your age it is about {p|pct}. Training makes the muscle stronger.',
  },
};

export const CONTEXT_EN_TERMS: Readonly<Record<string, Term>> = {
  'finding.disc-degeneration': { clinician: 'disc degeneration', patient: 'a worn disc' },
  'finding.signal-loss': { clinician: 'disc signal loss', patient: 'a disc that has lost water' },
  'finding.height-loss': { clinician: 'disc height loss', patient: 'a thin disc' },
  'finding.bulge': { clinician: 'disc bulge', patient: 'a disc that bulges' },
  'finding.protrusion': { clinician: 'disc protrusion', patient: 'a disc that sticks out a little' },
  'finding.extrusion': { clinician: 'disc extrusion', patient: 'a disc that has slipped out' },
  'finding.annular-fissure': { clinician: 'annular fissure', patient: 'a small tear in the disc' },
  'finding.facet-degeneration': { clinician: 'facet degeneration', patient: 'worn small joints' },
  'finding.spondylolisthesis': {
    clinician: 'spondylolisthesis',
    patient: 'a bone that has slipped forward a little',
  },
  'finding.modic-any': { clinician: 'Modic change', patient: 'a change in the bone next to the disc' },
  'finding.severe-central-stenosis': {
    clinician: 'severe central stenosis',
    patient: 'a tight spinal canal',
  },
  'finding.multifidus': { clinician: 'multifidus', patient: 'the deep back muscle' },
  'finding.erector-spinae': { clinician: 'erector spinae', patient: 'the long back muscle' },
};
