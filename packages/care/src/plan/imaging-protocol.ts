import type { Reason, RedFlag, Statement } from '@foramen/spine';
import { because, intakeFact, rule } from '../facts.ts';
import { say } from '../say.ts';
import { allergyTo } from './drug-classes.ts';
import { implantedDevice, namedKidneyDisease, pastIllness, spineSurgery } from './past-conditions.ts';
import type { PlanView } from './view.ts';

const acr = (id: string, text: string): Reason => ({ kind: 'evidence', id: `guideline/acr-${id}`, text });

/** What has to be settled before a person goes into the magnet, or is given contrast. */
function precautions(view: PlanView, contrast: boolean): readonly Statement[] {
  const out: Statement[] = [];
  const device = implantedDevice(view);
  if (device !== undefined)
    out.push(
      say('imaging.device', {}, 'strong', [
        because(device),
        rule('rule.mri-device', 'an implanted device is MR conditional, or not, by its maker'),
      ]),
    );
  if (!contrast) return out;
  const egfr = intakeFact(view.patient, 'history', 'egfr');
  const named = namedKidneyDisease(view);
  const against = [
    ['@why.kidney', egfr !== undefined && egfr.value < 30 ? egfr : undefined],
    ['@why.kidney-failed', named?.failed === true ? named.fact : undefined],
    ['@why.allergy', allergyTo(view.patient, null, /contrast|contraste|gadolin/)],
    ['@why.pregnancy', pastIllness(view, 'pregnancy')],
  ] as const;
  for (const [why, fact] of against)
    if (fact !== undefined)
      out.push(
        say('imaging.contrast-care', { why }, 'strong', [
          because(fact),
          rule(
            'rule.contrast',
            'gadolinium: kidneys under 30, an earlier reaction and pregnancy are weighed first',
          ),
        ]),
      );
  return out;
}

/** Which image a raised flag asks for (ACR 2021). */
const URGENT: readonly (readonly [readonly RedFlag['condition'][], string, Reason, boolean])[] = [
  [['cauda-equina', 'progressive-deficit'], 'imaging.at-once', acr('ces', 'MRI at once'), false],
  [
    ['malignancy', 'infection'],
    'imaging.contrast',
    acr('cancer-infection', 'MRI without and with contrast'),
    true,
  ],
  [['fracture'], 'imaging.fracture', acr('fracture', 'radiograph or CT; MRI for its age'), false],
];

/** The image behind a closed gate, one statement a kind, with what must be settled before it. */
export function urgentImaging(view: PlanView): readonly Statement[] {
  const raised = view.triage?.flags.filter((f) => f.status === 'raised') ?? [];
  const due = URGENT.flatMap(([conditions, key, reason, contrast]) => {
    const flags = raised.filter((f) => conditions.includes(f.condition));
    return flags.length === 0
      ? []
      : [
          {
            contrast,
            statement: say(key, {}, 'strong', [...flags.flatMap((f) => f.statement.because), reason]),
          },
        ];
  });
  if (due.length === 0) return [];
  const whole = wholeSpine(view);
  return [
    ...(whole === undefined
      ? [
          ...cordSigns(view),
          ...cancerKnown(view),
          ...due.map((x) => x.statement).filter((x) => x.key !== 'imaging.at-once' || !cordAlone(view)),
        ]
      : // One image for both: a lumbar MRI alone would miss what presses higher up.
        [
          whole,
          ...due
            .map((x) => x.statement)
            .filter((s) => s.key !== 'imaging.at-once' && s.key !== 'imaging.contrast'),
        ]),
    ...precautions(
      view,
      due.some((x) => x.contrast),
    ),
  ];
}

/** Upper motor neurone signs and no question of the cauda: a picture of the lumbar canal at once would look in the wrong place. */
const cordAlone = (view: PlanView): boolean =>
  cordSigns(view).length > 0 &&
  view.triage?.flags.some((f) => f.condition === 'cauda-equina' && f.status === 'raised') !== true;

/** Signs of the upper motor neurone: what presses lies above the lumbar spine, however much the legs are weak. */
export function cordSigns(view: PlanView): readonly Statement[] {
  const cord = intakeFact(view.patient, 'examination', 'clonusOrBabinski');
  return cord?.value === 'yes'
    ? [
        say('plan.cord', {}, 'strong', [
          because(cord),
          rule('rule.cord-signs', 'upper motor neurone signs arise above the lumbar canal'),
        ]),
      ]
    : [];
}

/** Cancer with a weak or numb leg: metastatic compression may press anywhere along the spine (NICE NG234). */
function wholeSpine(view: PlanView): Statement | undefined {
  const flags = view.triage?.flags ?? [];
  const cancer = flags.find((f) => f.condition === 'malignancy' && f.status === 'raised');
  const nerves = flags.filter(
    (f) =>
      ['cauda-equina', 'progressive-deficit'].includes(f.condition) &&
      (f.status === 'raised' || f.status === 'possible') &&
      f.statement.because.some((r) => r.kind === 'fact'),
  );
  if (cancer === undefined || nerves.length === 0) return undefined;
  return say('imaging.whole-spine', {}, 'strong', [
    ...cancer.statement.because,
    ...nerves.flatMap((f) => f.statement.because),
    rule('rule.whole-spine', 'cancer with a weak leg: the whole spine is imaged (NICE NG234)'),
  ]);
}

const KNOWN_CANCER =
  /history\.cancer|medications\[|cancer|tumou?r|carcinoma|myeloma|mieloma|melanoma|lymphoma|linfoma|metast/i;

/** Known cancer beside a painful back without a sign of a nerve: metastases are sought in the whole spine (NICE NG234). */
function cancerKnown(view: PlanView): readonly Statement[] {
  const cancer = view.triage?.flags.find((f) => f.condition === 'malignancy' && f.status === 'raised');
  const facts = cancer?.statement.because.filter((r) => r.kind === 'fact') ?? [];
  if (!facts.some((r) => KNOWN_CANCER.test(`${r.path} ${r.text}`))) return [];
  return [
    say('imaging.whole-spine-soon', {}, 'strong', [
      ...facts,
      rule('rule.whole-spine-soon', 'known cancer: the whole spine is imaged within a week (NICE NG234)'),
    ]),
  ];
}

/** The MRI that comes next in somebody without a raised flag: plain, or with contrast where the spine was operated on. */
export function plannedImaging(view: PlanView): readonly Statement[] {
  const operated = spineSurgery(view);
  const contrast = operated !== undefined;
  const weeks = view.durationWeeks === undefined ? [] : [because(view.durationWeeks)];
  return [
    contrast
      ? say('imaging.after-surgery', {}, 'moderate', [
          because(operated),
          acr('post-surgery', 'MRI without and with contrast'),
        ])
      : say('imaging.plain', {}, 'moderate', [...weeks, acr('six-weeks', 'MRI without contrast')]),
    ...precautions(view, contrast),
  ];
}
