import type { Message } from './catalogue.ts';

const m = (clinician: string, patient: string): Message => ({ clinician, patient });

/** Checks and drug advice about safety: what must not go together, what must come first. */
export const EN_SAFETY: Readonly<Record<string, Message>> = {
  'check.early-injection.stop': m(
    'Under six weeks and not severe: non-surgical care first; most sciatica settles.',
    'It is early and the pain is not very bad. A shot is not needed yet.',
  ),
  'check.early-injection.missing': m(
    'Under six weeks: medicines and exercise first, an injection if severe pain stays.',
    'It is early. Try pills and gentle moves first.',
  ),
  'check.early-injection.caution': m(
    'Under six weeks: most sciatica settles; an injection is for severe pain that first-line care did not ease.',
    'It is early. Most leg pain like this gets better. A shot is for very bad pain.',
  ),
  'check.arteries-first.missing': m(
    'Poor pulses or a low ankle-brachial index: the arteries are settled before the spine is treated for leg pain.',
    'The blood flow in your legs must be checked first.',
  ),
  'check.six-months-care.ask': m(
    'Six months of care or more came first in the trials of joint fusion: check what was tried, and for how long.',
    'Other care for half a year comes first. Tell us what you have tried.',
  ),
  'check.pregnancy-drug.stop': m('Pregnancy: not used.', 'This drug is not used when you are pregnant.'),
  'check.pregnancy-drug-care.ask': m(
    'Pregnancy: only together with whoever leads the pregnancy.',
    'You are pregnant. Ask your midwife or doctor first.',
  ),
  'check.sedation-added.caution': m(
    'Taken with {drug}: sedation and slow breathing add up.',
    'You take {drug}. This pill with it can make you too sleepy and slow your breath.',
  ),
  'check.nsaid-bleeding.caution': m(
    'Taken with {drug}: more bleeding from the stomach; protect the stomach.',
    'With {drug} your stomach may bleed. You may need a pill to guard it.',
  ),
  'check.opioid-serotonergic.caution': m(
    'Taken with {drug}: not tramadol, pethidine, methadone or fentanyl (serotonin).',
    'You take {drug}. Some of these pills do not mix well with it.',
  ),
  'medication.serotonin': m(
    '{opioid} with {drug}: risk of serotonin syndrome and seizures; choose another pain drug, never stop either abruptly.',
    '{opioid} and {drug} do not mix well. Talk to your doctor soon. Do not stop on your own.',
  ),
  'medication.serotonin-pair': m(
    '{drug} with {other}: both raise serotonin; review whether both are needed, watch for tremor, sweating and fever, never stop either abruptly.',
    '{drug} and {other} do not mix well. Talk to your doctor. Do not stop on your own.',
  ),
  'medication.qt': m(
    '{drug} with {other}: both lengthen the QT interval; ECG, potassium and magnesium, and review whether both are needed.',
    '{drug} and {other} may not be good for your heart when you take them both. Ask your doctor. Do not stop on your own.',
  ),
  'medication.pair': m(
    '{drug} with {other}: {why}; review with the prescriber.',
    'You take both {drug} and {other}. The two of them do not mix well. Ask your doctor what to do.',
  ),
  'medication.activation-blocked': m(
    '{drug} blocks the enzyme that {opioid} needs: expect less pain relief; choose an opioid that does not need CYP2D6 or none.',
    'If you take {drug}, then {opioid} may not work as well as it should. Ask your doctor about it.',
  ),
  'medication.sedatives-together': m(
    '{opioid} with {drug}: together they slow breathing; lowest doses or not together, offer naloxone, taper slowly.',
    'If you take {opioid} and {drug} at the same time, they can slow your breath. Talk to your doctor. Do not stop on your own.',
  ),
  'medication.unsuited': m(
    '{drug} taken now, against it: {why}. Review with its prescriber; not stopped abruptly.',
    '{drug} may not suit you because of {why}. Talk to your doctor soon. Do not stop on your own.',
  ),
  'medication.sleep-apnoea': m(
    '{drug} with sleep apnoea: slows breathing at night; review, lowest dose, treat the apnoea.',
    'You stop breathing at times in sleep. {drug} can make it worse. Ask your doctor.',
  ),
  'medication.nsaid-stop': m(
    '{drug}: should not be taken now ({why}); review with the prescriber.',
    '{drug} is not safe for you now. Ask your doctor about it.',
  ),
  'medication.nsaid-bleeding': m(
    '{drug} with {other}: more bleeding from the stomach; protect the stomach or stop.',
    'If you take {drug} and {other} at the same time, they can make your stomach bleed. Ask your doctor what to do.',
  ),
  'medication.pregnancy': m(
    '{drug} in pregnancy: review with whoever leads the pregnancy; never stop abruptly.',
    'You are pregnant and take {drug}. Talk to your doctor. Do not stop on your own.',
  ),
  'medication.mme-above': m(
    '{drug}: {mme|0} morphine milligram equivalents a day, at or above {limit|0}: reassess benefit and risk, offer naloxone, no further increase.',
    'Your opioid dose is high: {mme|0} units a day. Your doctor will check it.',
  ),
  'check.adults-only.stop': m(
    'Not yet an adult: the evidence for this option is from adults; paediatric spine assessment first.',
    'This choice was tested in adults only. A doctor for young people should see you first.',
  ),
  'check.adults-only.ask': m(
    'Not yet an adult: the evidence is from adults; agree dose and fit with a paediatric clinician.',
    'This was tested in adults. A doctor for young people will check if it is right for you.',
  ),
  'check.pregnancy-elective.ask': m(
    'Pregnancy: elective procedures wait or are planned with the obstetric team.',
    'In pregnancy, your birth team plans this with you, or it waits.',
  ),
  'check.pacemaker.ask': m(
    'Pacemaker or other implanted device: agree a plan with its clinic before radiofrequency or stimulation.',
    'You have a device in your body. The team must plan for it first.',
  ),
  'check.signs-of-another-root.missing': m(
    'The signs name {other}, the image shows {root}: which root hurts must be settled first (selective block, EMG, or the levels counted again).',
    'Your scan and your exam point to two different nerves. We must find out which one hurts first.',
  ),
  'check.rf-repeat.ask': m(
    'Radiofrequency helped before: it may be repeated if at least half of the pain went for three months or longer.',
    'This helped you before. It may be done again if you had long relief.',
  ),
  'check.rf-repeat.stop': m(
    'Radiofrequency did not help before: no repeat.',
    'This did not help you last time.',
  ),
  'check.bleeding-disorder.missing': m(
    'Bleeding disorder: corrected first, with haematology; uncorrected it rules out a needle or a knife at the canal.',
    'Your blood does not clot well. A blood doctor must plan this first.',
  ),
  'check.kidney-nsaid.missing': m(
    'Kidney disease is named and the eGFR is not known: measure it before an NSAID.',
    'You told us of weak kidneys. They must be tested before you take this pill.',
  ),
  'check.nsaid-vessels.caution': m(
    'Heart or artery disease: an NSAID adds to the risk of heart attack and stroke; lowest dose, shortest time, or none.',
    'Your heart or blood flow is not well. This pill adds some risk. Take it for a few days at most, or not at all.',
  ),
  'medication.not-offered': m(
    '{drug}: not offered for this pain (little or no benefit, more adverse events); if it is taken for this, review, and never stop abruptly.',
    '{drug} does not help much with this pain. Ask your doctor if you still need it. Do not stop on your own.',
  ),
  'plan.work': m(
    'Off work for {weeks|weeks}: plan the return now, in steps, with lighter duties where they are needed.',
    'You have been off work. Plan with your boss how to go back step by step. It helps you heal.',
  ),
  'imaging.at-once': m(
    'Image: MRI of the whole lumbar canal at once, without or with contrast.',
    'You need an MRI scan at once.',
  ),
  'imaging.whole-spine': m(
    'Image: MRI of the whole spine at once, with contrast where it may be given.',
    'You need an MRI scan of your whole spine at once.',
  ),
  'imaging.contrast': m(
    'Image: MRI without and with contrast, because cancer or infection is in question.',
    'You need an MRI scan with dye.',
  ),
  'imaging.after-surgery': m(
    'Image: MRI without and with contrast, because the spine was operated on: a new herniation is told from a scar.',
    'The scan should be an MRI with dye. It shows a new slipped disc apart from a scar.',
  ),
  'imaging.fracture': m(
    'Image: radiograph or CT; MRI tells how old a fracture is.',
    'You need an X-ray or a CT scan of your back.',
  ),
  'imaging.plain': m('Image: MRI without contrast.', 'The scan should be an MRI with no dye.'),
  'imaging.device': m(
    'Implanted device: its MRI conditions are checked before the scan; where MRI is not possible, CT or CT myelography.',
    'You have a device in your body. Tell the scan team before you go in.',
  ),
  'imaging.contrast-care': m(
    'Before contrast: {why}.',
    'Tell the scan team before they give you dye: {why}.',
  ),
  'check.nsaid-triple.stop': m(
    'A blocker of the renin system with a diuretic: an NSAID on top may stop the kidneys.',
    'Your heart or water pills and this one can harm your kidneys.',
  ),
  'check.nsaid-with-drug.ask': m(
    'Takes {drug}: an NSAID raises its level; ask its prescriber first.',
    'You take {drug}. This pill can make that one too strong. Ask your doctor first.',
  ),
  'check.kidney-snri.stop': m(
    'Kidney function too low for an SNRI.',
    'Your kidneys are too weak for this pill.',
  ),
  'check.local-anaesthetic-allergy.ask': m(
    'Allergy to a local anaesthetic is named: clarify it, and which agent is safe, before any needle.',
    'You may not be able to have the numbing drug. We must check that first.',
  ),
  'check.anticoagulation-fixed.missing': m(
    'Anticoagulation that may not be stopped (valve, stent, fresh clot): its prescriber decides first whether an implant is possible at all.',
    'Your blood thinner may not be safe to stop. Your heart doctor must say so first.',
  ),
  'check.painless.stop': m(
    'Neither back nor leg hurts: what only relieves pain has nothing to do here.',
    'You have no pain, so this would not help you.',
  ),
  'check.multifidus-dysfunction.missing': m(
    'Multifidus dysfunction is not shown (prone instability or multifidus lift test); the trial took only such people.',
    'We do not know yet if this deep back muscle is weak. Only such people were tested.',
  ),
  'check.multifidus-dysfunction.ask': m(
    'The multifidus holds more fat than usual for the age; its dysfunction is shown by examination (prone instability or lift test) first.',
    'A deep back muscle looks weak on the scan. We must test it first.',
  ),
  'plan.medicines-first': m(
    'First, whatever else is chosen: what is taken now and may not go on as it is: {drugs} (see medicines). None is stopped abruptly without its prescriber.',
    'First: some of your medicines may harm you as you take them now. Call your doctor or pharmacist today. Do not stop a medicine by yourself. {drugs|list}.',
  ),
  'plan.top-stepped': m(
    'First by the steps of care, though another scores higher for the stated goals: {options}.',
    'This comes first: {options|list}. Other choices may suit your goals more. They come later.',
  ),
  'imaging.whole-spine-soon': m(
    'Known cancer: image the whole spine, within a week.',
    'Your whole spine needs a scan within a week.',
  ),
  'check.nsaid-vessels.stop': m(
    'After a heart attack, with a coronary stent, or on two antiplatelets an NSAID adds deaths and bleeding, even within days: not offered.',
    'After a heart attack this pill can harm your heart or make you bleed. It is not for you.',
  ),
  'check.paracetamol-pregnancy.caution': m(
    'In pregnancy paracetamol is what may be taken, at the lowest dose that helps; its effect on the back is small.',
    'You may take this pill while you are pregnant. It helps only a little.',
  ),
  'check.snri-bleeding.ask': m(
    '{drug} with an SNRI: more bleeding; the prescriber is asked first.',
    'With your blood thinner this pill can make you bleed more. Ask first.',
  ),
  'check.snri-breastfeeding.ask': m(
    'Breastfeeding: some of it passes into the milk; weighed with the prescriber first.',
    'Some of this pill goes into your milk. Ask first.',
  ),
  'check.older-snri.caution': m(
    'In old age falls, low sodium and confusion are commoner: lowest dose, sodium in the first weeks.',
    'At your age this pill can make you dizzy or fall. Start with a small dose.',
  ),
  'check.taken-already.stop': m(
    '{drug} is taken already: its dose and effect are reviewed, a second of its kind is not added.',
    'You take a pill of this kind now. Ask if the dose is right.',
  ),
  'check.taken-already.caution': m(
    '{drug} is taken already: review its dose and effect; never two of the kind.',
    'You take a pill of this kind now. Do not take two.',
  ),
  'medication.too-much': m(
    '{drug}: {mg|0} mg a day is above the {limit|0} mg that may be taken{why}.',
    'You take too much of this: {drug}. It is not safe. Call your doctor today.',
  ),
  'plan.well': m(
    'Nothing hurts: nothing is treated, whatever the pictures show.',
    'You feel well. You need no treatment now.',
  ),
};
