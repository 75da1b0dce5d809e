import type { CheckKey } from './checks.ts';

/** One option of the plan. `treatment` is its record in the evidence base; checks are made in order. */
export interface OptionDefinition {
  readonly id: string;
  readonly surgical: boolean;
  readonly opioid: boolean;
  /** 1 advice and generic drugs, 2 injections and programmes, 3 ablation and decompression, 4 implants. */
  readonly costClass: 1 | 2 | 3 | 4;
  /** Least probability of the conditions it treats before it is offered. */
  readonly indication: number;
  readonly checks: readonly CheckKey[];
  readonly steps: readonly string[];
}

const drug = { surgical: false, opioid: false, costClass: 1, indication: 0 } as const;
const needle = { surgical: false, opioid: false, costClass: 2, indication: 0.25 } as const;
const device = { surgical: false, opioid: false, costClass: 4, indication: 0.25 } as const;
const knife = { surgical: true, opioid: false, costClass: 3, indication: 0.3 } as const;

const ESI: readonly CheckKey[] = [
  'infection',
  'arteries-first',
  'claudication-not-injected',
  'severe-sciatica',
  'early-injection',
  'image-for-injection',
  'concordant-for-injection',
  'steroid-or-contrast-allergy',
  'diabetes-steroid',
  'pregnancy-xray',
  'esi-repeat',
  'antithrombotic',
];
const DISC: readonly CheckKey[] = [
  'infection',
  'concordant-for-surgery',
  'conservative-first',
  'rapidly-improving',
  'emergency-elsewhere',
  'antithrombotic',
];
const TRIAL_STEPS = ['step.shared-decision', 'step.consent', 'step.preoperative'] as const;

export const OPTIONS: readonly OptionDefinition[] = [
  {
    id: 'waiting',
    ...drug,
    checks: ['no-progressive-deficit'],
    steps: ['step.stay-active', 'step.safety-net'],
  },
  {
    id: 'education-exercise',
    ...drug,
    checks: [],
    steps: ['step.explain', 'step.stay-active', 'step.exercise'],
  },
  {
    id: 'cbt-rehabilitation',
    ...drug,
    costClass: 2,
    checks: ['obstacles-or-failed-first-line'],
    steps: ['step.refer-rehabilitation', 'step.goals'],
  },
  {
    id: 'nsaid',
    ...drug,
    checks: [
      'gi-bleed',
      'kidney-nsaid',
      'heart-failure',
      'pregnancy-nsaid',
      'nsaid-allergy',
      'nsaid-with-antithrombotic',
      'gastroprotection',
      'nsaid-sciatica',
      'nsaid-gene',
      'nsaid-bleeding',
    ],
    steps: ['step.lowest-dose', 'step.review-drug'],
  },
  { id: 'paracetamol', ...drug, checks: ['paracetamol-alone'], steps: ['step.review-drug'] },
  {
    id: 'snri',
    ...drug,
    checks: [
      'chronic-only',
      'maoi',
      'other-serotonergic',
      'liver-disease',
      'hypertension',
      'guidelines-differ-snri',
      'pregnancy-drug-care',
    ],
    steps: ['step.lowest-dose', 'step.review-drug'],
  },
  { id: 'gabapentinoid', ...drug, checks: ['gabapentinoid-not-offered'], steps: ['step.review-drug'] },
  {
    id: 'opioid',
    ...drug,
    opioid: true,
    checks: [
      'opioid-chronic',
      'opioid-risk',
      'benzodiazepine',
      'sleep-apnoea',
      'opioid-after-nsaid',
      'opioid-allergy',
      'opioid-gene',
      'opioid-serotonergic',
      'sedation-added',
      'pregnancy-drug-care',
    ],
    steps: ['step.opioid-checks', 'step.lowest-dose', 'step.review-opioid'],
  },
  {
    id: 'muscle-relaxant',
    ...drug,
    checks: [
      'acute-only',
      'sciatica-no-relaxant',
      'older-sedation',
      'pregnancy-drug',
      'sedation-added',
      'sleep-apnoea',
    ],
    steps: ['step.review-drug'],
  },
  {
    id: 'oral-steroid',
    ...drug,
    indication: 0.25,
    checks: ['oral-steroid-not-offered', 'diabetes-steroid'],
    steps: ['step.review-drug'],
  },
  {
    id: 'esi-transforaminal',
    ...needle,
    checks: [...ESI, 'non-particulate'],
    steps: ['step.image-guided', 'step.reassess-injection'],
  },
  { id: 'esi-interlaminar', ...needle, checks: ESI, steps: ['step.image-guided', 'step.reassess-injection'] },
  { id: 'esi-caudal', ...needle, checks: ESI, steps: ['step.image-guided', 'step.reassess-injection'] },
  {
    id: 'medial-branch-block',
    ...needle,
    indication: 0.05,
    checks: [
      'infection',
      'failed-conservative',
      'back-pain-five',
      'not-radicular',
      'block-not-done',
      'antithrombotic',
    ],
    steps: ['step.block-controlled', 'step.reassess-injection'],
  },
  {
    id: 'rf-medial-branch',
    ...needle,
    costClass: 3,
    indication: 0,
    checks: [
      'infection',
      'failed-conservative',
      'back-pain-five',
      'block-positive',
      'two-blocks',
      'antithrombotic',
    ],
    steps: ['step.shared-decision', 'step.reassess-injection'],
  },
  {
    id: 'rf-sacroiliac',
    ...needle,
    costClass: 3,
    indication: 0.15,
    checks: ['infection', 'failed-conservative', 'si-tests', 'si-block-positive', 'antithrombotic'],
    steps: ['step.shared-decision', 'step.reassess-injection'],
  },
  {
    id: 'basivertebral-ablation',
    ...device,
    costClass: 3,
    indication: 0,
    checks: [
      'modic-l3-s1',
      'device-duration',
      'failed-conservative',
      'skeletally-mature',
      'pregnancy-xray',
      'infection',
      'antithrombotic',
      'open-label-shrinks',
    ],
    steps: ['step.shared-decision', 'step.consent'],
  },
  {
    id: 'scs',
    ...device,
    indication: 0,
    checks: [
      'post-surgical-leg-pain',
      'device-duration',
      'failed-conservative',
      'psychosis',
      'infection',
      'addiction',
      'antithrombotic',
      'trial-stimulation',
    ],
    steps: ['step.psychology', 'step.trial-stimulation', 'step.consent'],
  },
  {
    id: 'pns',
    ...device,
    costClass: 3,
    indication: 0,
    checks: [
      'device-duration',
      'failed-conservative',
      'infection',
      'not-radicular',
      'no-safe-number',
      'antithrombotic',
    ],
    steps: ['step.shared-decision', 'step.trial-stimulation'],
  },
  {
    id: 'restorative-neurostimulation',
    ...device,
    indication: 0,
    checks: [
      'device-duration',
      'failed-conservative',
      'infection',
      'not-radicular',
      'no-previous-surgery',
      'antithrombotic',
    ],
    steps: ['step.shared-decision', 'step.consent'],
  },
  { id: 'discectomy-open', ...knife, checks: DISC, steps: [...TRIAL_STEPS] },
  { id: 'discectomy-tubular', ...knife, checks: DISC, steps: [...TRIAL_STEPS] },
  { id: 'discectomy-endoscopic', ...knife, checks: DISC, steps: [...TRIAL_STEPS] },
  {
    id: 'decompression',
    ...knife,
    checks: [
      'infection',
      'arteries-first',
      'stenosis-image',
      'leg-symptoms',
      'conservative-first',
      'antithrombotic',
    ],
    steps: [...TRIAL_STEPS],
  },
  {
    id: 'interspinous-device',
    ...knife,
    checks: [
      'infection',
      'arteries-first',
      'stenosis-image',
      'leg-symptoms',
      'conservative-first',
      'osteoporosis',
      'interspinous-reoperation',
      'antithrombotic',
    ],
    steps: [...TRIAL_STEPS],
  },
  {
    id: 'decompression-fusion',
    ...knife,
    costClass: 4,
    checks: [
      'infection',
      'arteries-first',
      'slip-image',
      'stenosis-image',
      'leg-symptoms',
      'conservative-first',
      'osteoporosis',
      'nicotine',
      'fusion-adds-nothing',
      'antithrombotic',
    ],
    steps: [...TRIAL_STEPS],
  },
  {
    id: 'fusion',
    ...knife,
    costClass: 4,
    indication: 0,
    checks: ['fusion-for-axial-pain', 'device-duration', 'osteoporosis', 'nicotine', 'antithrombotic'],
    steps: [...TRIAL_STEPS],
  },
  {
    id: 'mis-tlif',
    ...knife,
    costClass: 4,
    checks: [
      'slip-image',
      'leg-symptoms',
      'conservative-first',
      'osteoporosis',
      'nicotine',
      'fusion-adds-nothing',
      'antithrombotic',
    ],
    steps: [...TRIAL_STEPS],
  },
  {
    id: 'si-fusion',
    ...knife,
    costClass: 4,
    indication: 0.15,
    checks: [
      'si-tests',
      'si-block-positive',
      'device-duration',
      'six-months-care',
      'failed-conservative',
      'osteoporosis',
      'open-label-shrinks',
      'antithrombotic',
    ],
    steps: [...TRIAL_STEPS],
  },
];

export const OPTION_BY_ID: ReadonlyMap<string, OptionDefinition> = new Map(OPTIONS.map((o) => [o.id, o]));
