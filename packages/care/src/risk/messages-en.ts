import type { Message, Term } from '../messages/catalogue.ts';

export const RISK_EN: Readonly<Record<string, Message>> = {
  'risk.adults-only': {
    clinician: 'Risk of {risk}: the figures come from adults; none is given before adulthood.',
    patient: 'We have no number for young people on this: {risk}.',
  },
  'risk.chronic.unknown': {
    clinician: 'Risk of chronic pain: how long the pain has lasted is not known.',
    patient: 'Tell us how long you have had the pain.',
  },
  'risk.chronic.no-pain': {
    clinician: 'Risk of chronic pain: no pain is stated.',
    patient: 'You have no pain now.',
  },
  'risk.chronic.already': {
    clinician:
      'The pain has lasted {weeks|0} weeks: it is chronic already. Mean pain a year later in such people is about {later|0} of 100.',
    patient:
      'Your pain has lasted {weeks|0} weeks. Many people like you still have some pain a year later, but it can get better.',
  },
  'risk.chronic.scored': {
    clinician: 'STarT Back {band} ({score|0}): about {p|pct} of such people still have pain at six months.',
    patient: 'About {p|pct} of people with answers like yours still have pain after six months.',
  },
  'risk.chronic.overall': {
    clinician:
      'About {p|pct} of people with recent back pain still have it at six months; a STarT Back score would narrow this.',
    patient:
      'About {p|pct} of people with new back pain still have pain after six months. A short form can tell more.',
  },
  'risk.cpsp': {
    clinician:
      'Pain that stays after lumbar surgery: about {p|pct}, known risk factors counted: {n|0}. The range between studies is wide.',
    patient: 'Some people still have pain after surgery. It is about {p|pct} of people like you.',
  },
  'risk.opioid.unknown': {
    clinician:
      'Risk of opioid use disorder is not assessed: no answer on substance use or mood. Ask before any opioid.',
    patient: 'We need some answers before any strong pain drug is thought of.',
  },
  'risk.opioid.high': {
    clinician:
      'ORT-OUD at least {low|0}: high risk; about {p|pct} would develop opioid use disorder on long-term opioids.',
    patient: 'Strong pain drugs (opioids) carry a high risk for you. Other choices are safer.',
  },
  'risk.opioid.low': {
    clinician:
      'ORT-OUD at most {high|0}: low risk; about {p|pct} would develop opioid use disorder on long-term opioids.',
    patient: 'Your risk from strong pain drugs (opioids) is low, but not zero.',
  },
  'risk.opioid.ort': {
    clinician: 'ORT {score|0}: {band} risk.',
    patient: 'Your risk from strong pain drugs is {band}.',
  },
  'risk.opioid.open': {
    clinician: 'ORT-OUD lies between {low|0} and {high|0}: open answers decide. Ask before any opioid.',
    patient: 'We need a few more answers before any strong pain drug is thought of.',
  },
  'risk.progression': {
    clinician:
      'Progression of disc degeneration: about {share|pct} of the differences between people is inherited; no model gives one person a number.',
    patient: 'How fast discs age is mostly in the genes. Nobody can give you a number.',
  },
  'risk.progression.family': {
    clinician:
      'Family history of back pain: a weak prior for degeneration only ({share|pct} of the differences between people is inherited). It moves no plan.',
    patient: 'Back pain in your family says little about your own back.',
  },
  'risk.progression.markers': {
    clinician:
      'Genetic markers of degeneration or pain are research-grade and move no plan; about {share|pct} of the differences between people is inherited.',
    patient: 'Your gene test has markers that are still in research. They do not change your plan.',
  },
  'risk.modify.stratified-care': {
    clinician:
      'Modifiable: care matched to the STarT Back group lowers disability by about {effect|1} RMDQ points at a year.',
    patient: 'Care that fits your answers helps a little more.',
  },
  'risk.modify.distress': {
    clinician:
      'Modifiable: distress. CBT lowers disability by about {effect|2} standard deviations against usual care.',
    patient: 'Help with worry or low mood can ease daily life.',
  },
  'risk.modify.exercise': {
    clinician:
      'Modifiable: activity. Exercise lowers pain by about {effect|0} of 100 points at three months in chronic pain.',
    patient: 'Being active helps most people a bit.',
  },
  'risk.modify.catastrophizing': {
    clinician:
      'Modifiable: catastrophizing (odds of lasting pain about {ratio|1} times); treat before surgery where there is time.',
    patient: 'Help with fear of pain before surgery may lower the chance that pain stays.',
  },
  'risk.modify.preoperative-opioids': {
    clinician:
      'Modifiable: opioids before surgery (odds of lasting pain about {ratio|1} times); taper slowly where possible.',
    patient: 'Less of the strong pain drug before surgery may help. Do not stop by yourself.',
  },
  'risk.modify.smoking': {
    clinician:
      'Modifiable: smoking. Odds of a new herniation after surgery are about {ratio|1} times those of non-smokers.',
    patient: 'Try to stop smoking. Then your disc is less likely to slip again.',
  },
  'risk.modify.lifestyle': {
    clinician:
      '{factor}: associated with degeneration, but confounded; worth changing for general health, no number is honest.',
    patient: '{factor}: a change is good for your health. We cannot say how much it helps your back.',
  },
  'risk.modify.opioid-exposure': {
    clinician:
      'Modifiable: opioid exposure. Non-opioid options first; lowest dose, reassess, never stop abruptly.',
    patient: 'Other ways to treat pain come first. Do not stop your strong pain drug by yourself.',
  },
  'risk.modify.sedatives': {
    clinician:
      'Modifiable: an opioid together with a sedative raises the risk of overdose; avoid the combination.',
    patient:
      'Your strong pain drug and your sleep or calming drug together can be dangerous. Talk to your doctor.',
  },
  'risk.modify.alcohol': {
    clinician: 'Modifiable: alcohol problems raise the risk on opioids; offer help first.',
    patient: 'Help with alcohol makes pain care safer.',
  },
};

export const RISK_EN_TERMS: Readonly<Record<string, Term>> = {
  'band.low': 'low',
  'band.medium': 'medium',
  'band.moderate': 'moderate',
  'band.high': 'high',
  'band.unknown': 'not known',
  'factor.smoking': 'smoking',
  'factor.weight': 'body weight',
  'risk.chronic-pain': 'chronic pain',
  'risk.chronic-post-surgical-pain': 'pain after surgery',
  'risk.opioid-use-disorder': 'opioid use disorder',
  'risk.degeneration-progression': 'progression of degeneration',
};
