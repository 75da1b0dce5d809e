import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

/** What a check of an option found: stop, missing prerequisite, question to ask first, caution. */
export const EN_CHECKS: Readonly<Record<string, Message>> = {
  'check.indication.stop': m(
    'The conditions this option treats are unlikely here.',
    'This choice treats a problem you most likely do not have.',
  ),
  'check.infection.stop': m(
    'Fever: infection must be excluded before any procedure.',
    'You have a fever. We must rule out an infection first.',
  ),
  'check.infection-active.stop': m(
    'An infection now: no needle, implant or elective operation until it is treated.',
    'You have an infection now. It must heal first.',
  ),
  'check.infection.ask': m(
    'Recent infection or procedure: exclude active infection first.',
    'You had a recent infection or procedure. We must check that it is gone.',
  ),
  'check.no-progressive-deficit.stop': m(
    'A severe or growing weakness: waiting is not advised.',
    'Your leg is weak. Waiting is not a safe choice.',
  ),
  'check.obstacles-or-failed-first-line.caution': m(
    'Usually added when obstacles to recovery exist or first-line care has failed.',
    'This is most useful when simple steps have not helped.',
  ),
  'check.claudication-not-injected.stop': m(
    'Neurogenic claudication from central stenosis: epidural injection is not advised.',
    'A shot in the back is not advised for a tight spinal canal.',
  ),
  'check.severe-sciatica.missing': m(
    'Whether there is leg pain, and how much, is not known.',
    'We need to know how bad your leg pain is.',
  ),
  'check.severe-sciatica.ask': m(
    'Severity of leg pain is not known; epidural injection is for severe sciatica.',
    'We need to know how bad your leg pain is.',
  ),
  'check.severe-sciatica.stop': m(
    'No severe leg pain: epidural injection is not for back pain or mild leg pain.',
    'This shot is only for bad leg pain.',
  ),
  'check.severe-sciatica.caution': m(
    'Sciatica of long standing: the evidence for injection is for acute, severe sciatica.',
    'This shot works best in the first months of leg pain.',
  ),
  'check.image-for-injection.missing': m(
    'No imaging: the target level is not known.',
    'We need a scan first to find the right spot.',
  ),
  'check.concordant-for-injection.missing': m(
    'No imaging: concordance is not known.',
    'We need a scan first to see if it fits your pain.',
  ),
  'check.concordant-for-injection.stop': m(
    'No image finding that matches the pain: nothing to target.',
    'The scan shows nothing that fits your pain.',
  ),
  'check.concordant-for-surgery.missing': m(
    'No imaging: surgery needs a finding that matches pain and signs.',
    'We need a scan first to see if it fits your pain.',
  ),
  'check.concordant-for-surgery.stop': m(
    'No image finding that matches the symptoms: surgery on the image alone is not indicated.',
    'The scan shows nothing that fits your pain. Surgery would not help.',
  ),
  'check.concordant-for-surgery.caution': m(
    'Image and pain match, but no matching sign is recorded: examine before surgery.',
    'The scan fits your pain. An exam should confirm it first.',
  ),
  'check.contact-doubtful.missing': m(
    'Contact with the root of this pain is possible on the image, but not sure: a reader must confirm it.',
    'The scan may fit your pain. A doctor must look at it first.',
  ),
  'check.side-not-read.missing': m(
    'A herniation is seen but its side was not read (no axial view): the target is not known.',
    'The scan does not show which side is hit. Another view is needed.',
  ),
  'check.conservative-first.stop': m(
    'Only {weeks|0} weeks of symptoms: non-surgical care comes first unless there is a progressive deficit.',
    'It is early. Most people get better without surgery.',
  ),
  'check.conservative-first.missing': m(
    'Duration and earlier treatment are not known.',
    'We need to know how long you have had this.',
  ),
  'check.conservative-first.ask': m(
    'Confirm that non-surgical care has been tried for long enough.',
    'Tell us what you have tried so far.',
  ),
  'check.device-duration.stop': m(
    'Only {weeks|0} weeks of pain: this option is for pain that has lasted half a year.',
    'This choice is for pain that has lasted for half a year.',
  ),
  'check.device-duration.missing': m(
    'Duration of pain is not known.',
    'We need to know how long you have had this.',
  ),
  'check.failed-conservative.missing': m(
    'It is not recorded that exercise-based care has been tried and failed.',
    'Tell us if exercise has been tried.',
  ),
  'check.failed-conservative.stop': m(
    'Exercise-based care helped: no reason to go further now.',
    'Exercise has helped you. There is no need to do more now.',
  ),
  'check.rapidly-improving.stop': m(
    'Symptoms are improving: an operation or injection is not indicated now.',
    'You are getting better. You do not need surgery or a shot now.',
  ),
  'check.back-pain-five.missing': m(
    'Back pain intensity is not known; the pathway needs at least moderate pain.',
    'Tell us your back pain from 0 to 10.',
  ),
  'check.back-pain-five.stop': m(
    'Back pain is milder than the pathway asks for.',
    'Your back pain is too mild for this step.',
  ),
  'check.not-radicular.stop': m(
    'Pain from a nerve root or the canal is more likely.',
    'Your pain more likely comes from a nerve.',
  ),
  'check.block-not-done.stop': m(
    'A medial branch block has already been done.',
    'You have had this test shot.',
  ),
  'check.block-positive.missing': m(
    'Needs a positive medial branch block first.',
    'You need a test shot first.',
  ),
  'check.block-positive.stop': m(
    'The medial branch block did not help: radiofrequency is not indicated.',
    'The test shot did not help, so this will not help.',
  ),
  'check.si-tests.missing': m(
    'Sacroiliac provocation tests are not recorded.',
    'We need to test the hip bone joint first.',
  ),
  'check.si-tests.stop': m(
    'Only {n|0} sacroiliac provocation tests are positive.',
    'The tests do not point to the hip bone joint.',
  ),
  'check.si-block-positive.missing': m(
    'Needs relief from an image-guided sacroiliac block first.',
    'You need a test shot first.',
  ),
  'check.si-block-positive.stop': m(
    'The sacroiliac block did not help.',
    'The test shot did not help, so this will not help.',
  ),
  'check.modic-l3-s1.missing': m(
    'Modic change at L3 to S1 has not been graded (needs T1 and T2).',
    'The scan does not show if this would help.',
  ),
  'check.modic-l3-s1.stop': m(
    'No Modic 1 or Modic 2 change between L3 and S1.',
    'The scan does not show the change this treats.',
  ),
  'check.skeletally-mature.ask': m('Age is not known.', 'Tell us your age.'),
  'check.skeletally-mature.stop': m('Not skeletally mature.', 'You are too young for this.'),
  'check.pregnancy-xray.stop': m('Pregnancy: no X-ray guided procedure.', 'This is not done in pregnancy.'),
  'check.pregnancy-xray.ask': m(
    'Pregnancy has not been asked; needed before X-ray guidance.',
    'Tell us if you may be pregnant.',
  ),
  'check.open-label-shrinks.caution': m(
    'Open-label trials show a large effect; sham-controlled trials show little or none. Both are shown.',
    'Early studies looked very good. Better studies show less.',
  ),
  'check.post-surgical-leg-pain.missing': m(
    'Earlier spine surgery is not recorded; stimulation is for persistent pain after surgery.',
    'Tell us if you have had back surgery.',
  ),
  'check.post-surgical-leg-pain.stop': m(
    'No persistent leg pain after spine surgery: placebo-controlled trials show little benefit otherwise.',
    'This is for leg pain that stays after back surgery.',
  ),
  'check.psychosis.stop': m(
    'Psychosis: not a candidate for an implant now.',
    'This is not safe for you now.',
  ),
  'check.psychosis.ask': m(
    'Psychiatric history: clarify before an implant.',
    'We would like to talk about your mental health first.',
  ),
  'check.addiction.ask': m(
    'Substance use: must be treated and stable before an implant.',
    'We would like to talk about alcohol and drugs first.',
  ),
  'check.trial-stimulation.caution': m(
    'Needs a trial with at least half of the pain relieved before the implant.',
    'You would first try it for some days.',
  ),
  'check.no-safe-number.caution': m(
    'Sparse and mostly uncontrolled evidence: no effect can be given in numbers.',
    'Studies give no safe number yet.',
  ),
  'check.no-previous-surgery.stop': m(
    'Earlier spine surgery: outside the trial.',
    'This was not tested after back surgery.',
  ),
  'check.stenosis-image.missing': m(
    'Stenosis has not been graded on imaging.',
    'The scan does not show how tight the canal is.',
  ),
  'check.stenosis-image.stop': m('Imaging shows no relevant stenosis.', 'The scan shows no tight canal.'),
  'check.leg-symptoms.missing': m('Leg symptoms are not recorded.', 'Tell us about pain in your legs.'),
  'check.leg-symptoms.stop': m(
    'No leg symptoms: decompression treats leg symptoms, not the picture.',
    'Your legs feel well. This surgery helps legs, not the back.',
  ),
  'check.osteoporosis.ask': m(
    'Osteoporosis: measure and treat before implants.',
    'Your bones should be checked first.',
  ),
  'check.nicotine.caution': m(
    'Current smoking: non-union is more likely; offer help to stop.',
    'Smoking slows bone healing. We can help you stop.',
  ),
  'check.slip-image.missing': m(
    'A slip has not been looked for on imaging.',
    'The scan does not show if a bone has slipped.',
  ),
  'check.slip-image.stop': m(
    'No slip on imaging: fusion adds nothing.',
    'No bone has slipped. Joining bones would not help.',
  ),
  'check.fusion-adds-nothing.caution': m(
    'In low-grade slips adding fusion to decompression did not improve outcome; needs proof of instability on standing films.',
    'Joining bones did not help more than making room alone.',
  ),
  'check.fusion-for-axial-pain.stop': m(
    'Fusion for low back pain is not offered outside a trial; no advantage over structured rehabilitation.',
    'Surgery to join bones for back pain is not better than exercise.',
  ),
  'check.interspinous-reoperation.caution': m(
    'More reoperations than decompression, without better outcome.',
    'With this, more people need surgery a second time.',
  ),
  'check.antithrombotic.ask': m(
    'Takes {drug}: the hold is proposed by bleeding class and decided by its prescriber.',
    'You take {drug}. Do not stop it by yourself. Your doctors will decide.',
  ),
  'check.steroid-or-contrast-allergy.stop': m(
    'Allergy to steroid or contrast.',
    'You are allergic to a part of this.',
  ),
  'check.diabetes-steroid.caution': m(
    'Diabetes: steroid raises glucose for days; check control first.',
    'A steroid can raise your blood sugar for some days.',
  ),
  'check.non-particulate.caution': m(
    'L1 to L3: no particulate steroid, live contrast; an artery to the cord may lie here.',
    'Your doctor will take extra care at this spot.',
  ),
  'check.gi-bleed.stop': m(
    'Ulcer or gastrointestinal bleed in the history: avoid NSAIDs.',
    'You had a stomach ulcer or bleed. These pills are not safe for you.',
  ),
  'check.kidney-nsaid.stop': m(
    'Kidney function too low: avoid NSAIDs.',
    'Your kidneys are weak. These pills are not safe for you.',
  ),
  'check.kidney-nsaid.caution': m(
    'Reduced eGFR: shortest course, recheck kidney function.',
    'Your kidneys need care. Take these only for a short time.',
  ),
  'check.kidney-nsaid.ask': m(
    'Kidney function is not known for certain: eGFR before an anti-inflammatory drug.',
    'We must check your kidneys first.',
  ),
  'check.heart-failure.stop': m(
    'Heart failure: avoid NSAIDs.',
    'Your heart is weak. These pills are not safe for you.',
  ),
  'check.pregnancy-nsaid.stop': m('Pregnancy: avoid NSAIDs.', 'These pills are not safe in pregnancy.'),
  'check.nsaid-allergy.stop': m('Allergy to an NSAID or aspirin.', 'You are allergic to this kind of pill.'),
  'check.nsaid-with-antithrombotic.stop': m(
    'Takes {drug}: an NSAID adds bleeding risk.',
    'You take {drug}. These pills could make you bleed.',
  ),
  'check.nsaid-with-antithrombotic.caution': m(
    'Takes {drug}: an NSAID adds bleeding risk; gastroprotection if used.',
    'You take {drug}. These pills could make you bleed.',
  ),
  'check.gastroprotection.caution': m(
    'Older age: add gastroprotection.',
    'At your age you also need a pill to guard your stomach.',
  ),
  'check.nsaid-sciatica.caution': m(
    'No clear effect on sciatica in trials.',
    'These pills help back pain more than leg pain.',
  ),
  'check.paracetamol-alone.stop': m(
    'Paracetamol alone is not offered: no effect on recovery.',
    'This pill alone does not help back pain.',
  ),
  'check.chronic-only.missing': m(
    'Duration is not known; the evidence is for chronic pain.',
    'We need to know how long you have had this.',
  ),
  'check.chronic-only.stop': m(
    'The evidence is for chronic pain only.',
    'This is for pain that has lasted for months.',
  ),
  'check.maoi.stop': m('MAO inhibitor: SNRI contraindicated.', 'This does not mix with one of your pills.'),
  'check.other-serotonergic.ask': m(
    'Takes {drug}: check for serotonin toxicity before adding an SNRI.',
    'You take {drug}. We must check if they mix.',
  ),
  'check.liver-disease.stop': m(
    'Severe liver disease: avoid.',
    'Your liver is weak. This is not safe for you.',
  ),
  'check.hypertension.stop': m(
    'Uncontrolled hypertension: avoid.',
    'Your blood pressure is too high for this.',
  ),
  'check.guidelines-differ-snri.caution': m(
    'Guidelines differ: NICE does not offer it for low back pain, ACP lists it second line.',
    'Experts do not agree on this pill.',
  ),
  'check.gabapentinoid-not-offered.stop': m(
    'Gabapentinoids are not offered for sciatica or back pain: no benefit over placebo, more adverse events.',
    'These pills did not help leg or back pain and cause side effects.',
  ),
  'check.opioid-chronic.missing': m(
    'Duration is not known; opioids are not for chronic back pain or sciatica.',
    'We need to know how long you have had this.',
  ),
  'check.opioid-chronic.stop': m(
    'Chronic pain: opioids are not offered.',
    'Opioids do not help pain that lasts for months.',
  ),
  'check.opioid-risk.stop': m(
    'High risk of opioid use disorder: prefer blocks, neuromodulation and non-opioids.',
    'Opioids would not be safe for you. There are other ways.',
  ),
  'check.opioid-risk.ask': m(
    'Opioid risk has not been screened.',
    'We need to ask some questions before opioids.',
  ),
  'check.benzodiazepine.stop': m(
    'Takes {drug}: no opioid with a benzodiazepine.',
    'You take {drug}. It is not safe to take that and an opioid pill at the same time.',
  ),
  'check.sleep-apnoea.caution': m(
    'Sleep apnoea: risk of respiratory depression.',
    'You stop breathing at times in sleep. Opioids can make it worse.',
  ),
  'check.opioid-after-nsaid.stop': m(
    'An NSAID comes first; a weak opioid only if it fails or is contraindicated.',
    'Other pills come first.',
  ),
  'check.opioid-allergy.stop': m('Allergy to an opioid.', 'You are allergic to this kind of pill.'),
  'check.acute-only.missing': m(
    'Duration is not known; the evidence is for acute pain.',
    'We need to know how long you have had this.',
  ),
  'check.acute-only.stop': m('The evidence is for acute pain only.', 'This is only for new pain.'),
  'check.sciatica-no-relaxant.stop': m('Not for sciatica.', 'This does not help leg pain from a nerve.'),
  'check.older-sedation.caution': m(
    'Older age: sedation and falls.',
    'It can make you sleepy. You could fall.',
  ),
  'check.oral-steroid-not-offered.stop': m(
    'Oral steroids are not offered for sciatica: no effect on pain.',
    'Steroid pills did not help the pain.',
  ),
  'check.opioid-gene.stop': m(
    'Genotype: codeine and tramadol are both to be avoided, so no weak opioid is left.',
    'Your genes make these pills weak or unsafe for you.',
  ),
  'check.nsaid-gene.caution': m(
    'Genotype: some NSAIDs need a lower dose; one that the gene does not touch is preferred.',
    'Your genes say to choose these pills with care.',
  ),
  'check.no-intake.missing': m(
    'No history or examination: an image alone treats nobody.',
    'We do not know how you feel yet.',
  ),
  'check.no-symptoms.stop': m(
    'No symptoms: a finding without symptoms is not treated.',
    'You feel well. A change on a scan needs no treatment.',
  ),
  'check.two-blocks.caution': m(
    'One positive block is recorded; NICE accepts one, ASIPP asks for two.',
    'Some teams ask for a second test shot.',
  ),
  'check.esi-repeat.caution': m(
    'An epidural was given before: no repeat within two months, and only if the last one helped.',
    'You had this shot before. Wait two months before the next.',
  ),
};
