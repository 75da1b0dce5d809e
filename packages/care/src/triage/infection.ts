import { recordOf } from '@foramen/evidence';
import { because, intakeFact, rule } from '../facts.ts';
import { type Judged, judge, quiet } from './judged.ts';
import { anyWeakness } from './motor.ts';
import { positive, posterior, riskFactor, type Update } from './probability.ts';
import { affirmed, hitReason, orFacts, pastHistory, symptom, type TriageInput, takes } from './signs.ts';

const IMMUNE_DRUGS =
  /methotrexate|azathioprin|mycophenol|tacrolimus|c[iy]closporin|adalimumab|etanercept|infliximab|rituximab|tofacitinib/;

const IN_BLOOD =
  /\bcultures?\b|discharging (?:sinus|wound)|hemocultivo|aureus|discitis|osteom(?:y|i)el|abscess|absceso|purulent|seropurulent|(?:pus|discharge|exudate).*(?:wound|scar|incision|site)|blood ?stream|endocarditis|valve|bacter\w+mia|\bsep(?:sis|tic)\b|septic(?:a)?emia|blood (?:infection|poisoning)|bacterias? (?:in|en)\b|intravenous (?:antibiotics|\w*cillin|vancomycin|cef\w+|meropenem|gentamicin|teicoplanin|daptomycin)|infected (?:heart |hip |knee |artificial )*(?:valve|line|hip|knee|prosthesis|joint)\b|to (?:the|my|his|her) blood|(?:scar|wound|incision|stitches|cut|site)\b.*\b(?:split|gunk|pus|ooz\w*|weep\w*|stink\w*|smell\w*|discharg\w*|wet|gap\w*|burst|yellow|green|leak\w*)/;

const LAPSED =
  /\b(?:used to|ex[- ]|former\w*|years? ago|clean (?:for|since|now)|stopped|in the past|in my (?:teens|twenties|youth)|antes|hace (?:\w+ )?años|dej[eé])\b/i;

/** Told of the mind, not of the body. */
const CONFUSED =
  /nonsense|gibberish|making (?:any )?sense|call\w* (?:me|us|him|her) by|confus|deliri|delira|disorient|desorient|muddled|\bid[oa]\b|disparates|cosas raras/;

/** mg/l; configurable defaults: new back pain with raised markers is suspected discitis (IDSA 2015), and no study says from which value. */
const VERY_HIGH_CRP = 100;
const HIGH_CRP = 50;

/** Spinal infection. Fever with back pain is a strong flag; a risk factor with a raised CRP or tenderness, or raised markers
 * in somebody ill or in severe pain, is too. */
export function infection(input: TriageInput): Judged {
  const { patient, base } = input;
  const fever = symptom(input, 'fever', 'fever');
  const source = pastHistory(input, 'recentInfectionOrProcedure', 'infection-source');
  const drugs = pastHistory(input, 'intravenousDrugUse', 'intravenous-drugs');
  const immune = orFacts(
    pastHistory(input, 'immunosuppression', 'immunosuppression'),
    takes(input, IMMUNE_DRUGS),
  );
  const crp = intakeFact(patient, 'history', 'crpMgL');
  const diabetes = pastHistory(input, 'diabetes', 'diabetes');
  const tender = intakeFact(patient, 'examination', 'spinalTenderness');
  const signs = { fever, source, drugs, immune };
  const markers = crp === undefined ? affirmed(input, 'raised-markers').map(hitReason) : [];
  const highCrp = (crp !== undefined && crp.value >= 20) || markers.length > 0;
  // So high beside a painful back, or high with a pain of the night, is infection until shown otherwise.
  const night = intakeFact(patient, 'symptoms', 'nightPain')?.value === 'yes';
  const veryHigh = crp !== undefined && (crp.value >= VERY_HIGH_CRP || (crp.value >= HIGH_CRP && night));
  // Who is at risk starts from a higher rate ("far higher with intravenous drug use, bacteraemia or a recent procedure", as the record of the rate
  // says); signs of illness are correlated with one another, not with what brought the germ.
  const risk: Update[] = [];
  if (source.answer === true) risk.push(riskFactor(base, 'strong'));
  if (drugs.answer === true) risk.push(riskFactor(base, 'strong'));
  if (immune.answer === true) risk.push(riskFactor(base, 'weak'));
  if (diabetes.answer === true) risk.push(riskFactor(base, 'weak'));
  const illness: Update[] = [];
  if (fever.answer === true) illness.push(positive(base, 'lr/infection-fever'));
  if (highCrp) illness.push(riskFactor(base, 'strong'));
  if (tender?.value === 'yes') illness.push(riskFactor(base, 'weak'));
  const prior = recordOf('base-rate', 'base-rate/infection-primary', base);
  const p = posterior(base, posterior(base, prior.estimate, risk), illness);
  const ids = [...new Set([prior.id, ...[...risk, ...illness].flatMap((u) => u.ids)])];
  const unwell = affirmed(input, 'unwell').map(hitReason);
  const severe = affirmed(input, 'sudden-severe-pain').map(hitReason);
  const risks = [source, drugs, immune].filter((s) => s.answer === true);
  // What was in the blood lately may sit in a disc, and a wound at the back that runs is infected: with back pain that is reason enough.
  const inBlood = affirmed(input, 'infection-source').some((h) => IN_BLOOD.test(h.quote));
  // Whoever injects now and says that the back hurts is not left to wait for a fever (half of them never have one).
  const injects =
    affirmed(input, 'intravenous-drugs').length > 0 && !LAPSED.test(patient.intake?.symptoms?.freeText ?? '');
  const strongRisk = source.answer === true || drugs.answer === true;
  const reasons = [
    ...(fever.answer === true ? fever.reasons : []),
    ...risks.flatMap((s) => s.reasons),
    ...(highCrp && crp !== undefined ? [because(crp)] : []),
    ...markers,
    ...(strongRisk || highCrp || immune.answer === true ? unwell : []),
    ...(highCrp ? severe : []),
    ...(tender?.value === 'yes' ? [because(tender)] : []),
    ...(diabetes.answer === true ? diabetes.reasons : []),
  ];
  if (
    fever.answer === true ||
    (risks.length > 0 && (highCrp || tender?.value === 'yes')) ||
    (strongRisk && (unwell.length > 0 || fever.doubt)) ||
    (strongRisk && risks.length > 1) ||
    (immune.answer === true && unwell.length > 0) ||
    (highCrp && (unwell.length > 0 || severe.length > 0)) ||
    // Two markers raised at once (CRP and ESR) are no chance finding beside a painful back.
    markers.length > 1 ||
    veryHigh ||
    inBlood ||
    injects
  ) {
    // Fever with a risk factor, or with weakness, is sepsis or an abscess until shown otherwise.
    const weak = anyWeakness(input);
    // An infection that has reached the head is sepsis (NICE NG51).
    const confused = affirmed(input, 'unwell').some((h) => CONFUSED.test(h.quote));
    const emergency =
      confused ||
      (fever.answer === true && (risks.length > 0 || highCrp || diabetes.answer === true)) ||
      weak.length > 0;
    return judge(
      input,
      'infection',
      {
        status: 'raised',
        p,
        ids,
        reasons: [
          ...reasons,
          ...weak,
          rule('triage/infection-strong-flag', 'fever, or a risk factor with a second sign'),
        ],
        urgency: emergency ? 'emergency' : 'urgent',
        hoursId: emergency ? 'parameter/hours-emergency' : 'parameter/hours-infection',
        who: emergency ? 'emergency' : 'acute-medicine',
        gate: true,
      },
      signs,
    );
  }
  if (risks.length > 0 || highCrp || fever.doubt) {
    return judge(
      input,
      'infection',
      {
        status: 'possible',
        p,
        ids,
        reasons: [...reasons, ...(fever.doubt ? fever.reasons : [])],
        urgency: strongRisk || highCrp ? 'soon' : 'self-care',
        hoursId: strongRisk || highCrp ? 'parameter/hours-soon' : null,
        who: strongRisk || highCrp ? 'spine-clinic' : 'primary-care',
        gate: false,
      },
      signs,
    );
  }
  const answers = Object.values(signs).flatMap((s) => s.reasons);
  return judge(
    input,
    'infection',
    quiet(answers.length > 0 ? p : null, answers.length > 0 ? ids : [], answers),
    signs,
  );
}
