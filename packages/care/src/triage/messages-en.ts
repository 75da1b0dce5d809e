import type { Message, Term } from '../messages/catalogue.ts';

export const TRIAGE_EN: Readonly<Record<string, Message>> = {
  'triage.urgency.emergency-within': {
    clinician: 'Emergency: {who} within {hours|span}.',
    patient: 'This is an emergency. Go to hospital now. You should be seen within {hours|span}.',
  },
  'triage.urgency.ambulance': {
    clinician: 'Emergency: {who} at once.',
    patient: 'This is an emergency. Call an ambulance now. Do not drive.',
  },
  'triage.urgency.urgent-within': {
    clinician: 'Urgent: {who} within {hours|span}.',
    patient: 'You need to be seen soon: within {hours|span}.',
  },
  'triage.urgency.soon-within': {
    clinician: 'Refer now: {who} within {hours|span}.',
    patient: 'We would like you to be seen within {hours|span}.',
  },
  'triage.urgency.routine': {
    clinician: 'Routine: {who}.',
    patient: 'You can be seen at a normal visit.',
  },
  'triage.urgency.self-care': {
    clinician: 'Self-care with advice: {who}.',
    patient: 'You can look after this yourself for now. Come back if it gets worse.',
  },
  'triage.urgency.soon': {
    clinician: 'Refer now: {who}.',
    patient: 'We would like you to be seen soon.',
  },
  'triage.no-intake': {
    clinician:
      'No symptoms, history or examination were given: red flags are not assessed, and nothing is cleared.',
    patient: 'We do not know how you feel yet. Please answer the safety questions first.',
  },
  'triage.rash': {
    clinician:
      'A rash with the pain: look for shingles (herpes zoster) before the spine is blamed; antivirals work best within three days.',
    patient: 'You told us of a rash. It may be shingles. A doctor should look at it in the next days.',
  },
  'triage.young': {
    clinician:
      'Not yet an adult: lasting back pain needs an examination (stress fracture of the arch, infection, tumour, Scheuermann); adult figures do not apply.',
    patient: 'You are not an adult yet. A doctor should look at your back soon. What we know is from adults.',
  },
  'triage.safety': {
    clinician:
      'The last item of the PHQ-9 is above zero: ask about thoughts of self-harm today, whatever the total.',
    patient:
      'You told us that life feels hard. Someone will talk with you today. If you might hurt yourself, call the emergency number now.',
  },
  'triage.safety.told': {
    clinician:
      'The words may speak of self-harm or of not wanting to live: "{quote}". Ask about safety today.',
    patient:
      'You told us that life feels hard. Someone will talk with you today. If you might hurt yourself, call the emergency number now.',
  },
  'triage.acute.overdose': {
    clinician:
      'The words tell of too much opioid or sedative: "{quote}". Breathing and pupils now, naloxone where breathing is slow; the back waits.',
    patient:
      'You told us of strong medicine that makes too sleepy. Call the emergency number now if breathing is slow.',
  },
  'triage.acute.anaphylaxis': {
    clinician:
      'The words tell of a severe allergic reaction: "{quote}". Airway and adrenaline now; the back waits.',
    patient: 'You told us of swelling or trouble with breathing. Call the emergency number now.',
  },
  'triage.acute.dural-leak': {
    clinician:
      'A headache after a needle or surgery at the spine, or one that changes with posture: "{quote}". A leak of fluid, meningitis or a bleed is looked for today.',
    patient: 'You told us of a headache that a doctor should look at today.',
  },
  'triage.acute.withdrawal': {
    clinician:
      'The words tell of an opioid or sedative stopped at once: "{quote}". Seen today; a taper is agreed, never an abrupt stop.',
    patient: 'Your strong medicine may have stopped too fast. Talk with a doctor today.',
  },
  'triage.acute.clot': {
    clinician:
      'The words may speak of a clot in a leg vein: "{quote}". Assess for deep vein thrombosis the same day.',
    patient: 'You may have a blood clot in your leg. A doctor must look at it today. Do not rub the leg.',
  },
  'triage.acute.clot-lung': {
    clinician: 'The words may speak of a clot in the lung, or of the heart: "{quote}". Ambulance.',
    patient: 'Chest pain with short breath can be a clot or your heart. Call an ambulance now.',
  },
  'triage.acute.neck-artery': {
    clinician:
      'The words may speak of a torn artery of the neck, with signs of eye or brain: "{quote}". Ambulance.',
    patient: 'A hurt neck with these signs can mean a torn blood vessel. Call an ambulance now.',
  },
  'triage.acute.bleeding': {
    clinician:
      'The words tell of bleeding, of the gut or under blood thinners: "{quote}". Circulation, haemoglobin and the medicines are checked today; stop the anti-inflammatory.',
    patient:
      'You told us of bleeding. A doctor must see you today. Call the emergency number if you feel faint or it does not stop.',
  },
  'triage.acute.adrenal': {
    clinician:
      'The words tell of a steroid stopped at once and of collapse: "{quote}". Adrenal crisis is looked for now; hydrocortisone is not delayed.',
    patient:
      'Your steroid medicine may have stopped too fast. A doctor must see you today. Call the emergency number if you faint.',
  },
  'triage.acute.serotonin': {
    clinician:
      'The words may tell of too much serotonin from medicines taken together: "{quote}". Clonus, temperature and the list of medicines today.',
    patient: 'Your medicines may not go well with each other. A doctor should look at this today.',
  },
  'triage.gate': {
    clinician: 'A red flag is raised: elective options are not ranked until a clinician has dealt with it.',
    patient: 'First you need to be checked. We will talk about other choices later.',
  },
  'triage.text-conflict': {
    clinician:
      'The ticked answer says no, but the written words say "{quote}". The words are believed until somebody has asked.',
    patient: 'You ticked "no", but you wrote "{quote}". Please tell us which is right.',
  },
  'triage.heard-again': {
    clinician:
      'No rule decides these words, but they are like others that meant {danger}: "{quote}". A learned reader heard them; it may be wrong. Ask today.',
    patient: 'Some of your words may matter. We want to ask you about them today.',
  },
  'triage.early.refer-now': {
    clinician:
      'Early intervention score at least {low|0} of 6 (persistence, radiation, mobility): refer now.',
    patient: 'Your pain lasts, spreads, or stops you from moving. We would like you to be seen soon.',
  },
  'triage.early.soon': {
    clinician:
      'Early intervention score {low|0} to {high|0} of 6 (persistence, radiation, mobility): to be seen in the coming weeks, by a routine appointment.',
    patient: 'A visit in the next weeks would be good.',
  },
  'triage.early.soon-exact': {
    clinician:
      'Early intervention score {low|0} of 6 (persistence, radiation, mobility): to be seen in the coming weeks, by a routine appointment.',
    patient: 'A visit in the next weeks would be good.',
  },
  'triage.early.self-care': {
    clinician:
      'Early intervention score {low|0} to {high|0} of 6 (persistence, radiation, mobility): advice and self-care.',
    patient: 'Most pain like yours gets better. Keep moving and come back if it does not settle.',
  },
  'triage.early.self-care-exact': {
    clinician:
      'Early intervention score {low|0} of 6 (persistence, radiation, mobility): advice and self-care.',
    patient: 'Most pain like yours gets better. Keep moving and come back if it does not settle.',
  },
  'triage.early.told': {
    clinician:
      'The early intervention score rests on told words, not on answers: confirm how long the pain lasts, how far it goes and what it stops.',
    patient: 'We took this from your own words. Please tell us if we read them right.',
  },
  'triage.early.open': {
    clinician: 'Early intervention score between {low|0} and {high|0} of 6: open questions decide how soon.',
    patient: 'We need a few more answers to say how soon you should be seen.',
  },
  'triage.cauda-equina.raised': {
    clinician:
      'Suspected cauda equina syndrome ({p|pct} among people referred with such signs): emergency MRI within {hours|span}. No absent sign excludes it.',
    patient:
      'The nerves at the base of your spine may be under pressure. This is an emergency. Go to hospital now.',
  },
  'triage.cauda-equina.possible': {
    clinician:
      'Cauda equina syndrome is possible ({p|pct}): ask about bladder, bowel, saddle and sex today, again where they were answered. No absent sign excludes it.',
    patient:
      'Please answer the open questions today. If you lose feeling between your legs or control of your bladder, go to hospital at once.',
  },
  'triage.cauda-equina.not-raised': {
    clinician:
      'No sign of cauda equina syndrome was reported ({p|pct}, the base rate). This does not clear it: say when to come back.',
    patient:
      'Nothing points to pressed nerves at the base of your spine today. If you lose feeling between your legs or control of your bladder, go to hospital at once.',
  },
  'triage.cauda-equina.not-assessed': {
    clinician: 'Cauda equina syndrome is not assessed: questions are open, and an open question is not a no.',
    patient:
      'We still need to ask you about feeling between your legs. We also need to ask how you pee and go to stool.',
  },
  'triage.fracture.raised': {
    clinician: 'Suspected vertebral fracture ({p|pct}): to be seen within {hours|span}.',
    patient:
      'Your answers may point to a broken bone in your back. You should be checked within {hours|span}.',
  },
  'triage.fracture.possible': {
    clinician:
      'Vertebral fracture is possible ({p|pct}); one weak flag alone does not ask for urgent imaging.',
    patient: 'There is a small chance of a broken bone in your back. Your team will keep it in mind.',
  },
  'triage.fracture.not-raised': {
    clinician: 'No flag for vertebral fracture among the answers given.',
    patient: 'Nothing points to a broken bone in your back today.',
  },
  'triage.fracture.not-assessed': {
    clinician: 'Vertebral fracture is not assessed: questions are open, and an open question is not a no.',
    patient: 'We still need some answers to check for a broken bone in your back.',
  },
  'triage.infection.raised': {
    clinician:
      'Suspected spinal infection: estimated at {p|pct}, and urgent at any figure, for a missed one can paralyse or kill: to be seen within {hours|span}.',
    patient:
      'Your answers may point to an infection in your back. You should be checked within {hours|span}.',
  },
  'triage.infection.possible': {
    clinician: 'Spinal infection is possible ({p|pct}); one weak flag alone does not ask for urgent imaging.',
    patient: 'There is a small chance of an infection in your back. Your team will keep it in mind.',
  },
  'triage.infection.not-raised': {
    clinician: 'No flag for spinal infection among the answers given.',
    patient: 'Nothing points to an infection in your back today.',
  },
  'triage.infection.not-assessed': {
    clinician: 'Spinal infection is not assessed: questions are open, and an open question is not a no.',
    patient: 'We still need some answers to check for an infection in your back.',
  },
  'triage.malignancy.raised': {
    clinician: 'Suspected spinal malignancy ({p|pct}): to be seen within {hours|span}.',
    patient: 'Your answers may point to a growth in your back. You should be checked within {hours|span}.',
  },
  'triage.malignancy.possible': {
    clinician:
      'Spinal malignancy is possible ({p|pct}); one weak flag alone does not ask for urgent imaging.',
    patient: 'There is a small chance of a growth in your back. Your team will keep it in mind.',
  },
  'triage.malignancy.not-raised': {
    clinician: 'No flag for spinal malignancy among the answers given.',
    patient: 'Nothing points to a growth in your back today.',
  },
  'triage.malignancy.not-assessed': {
    clinician: 'Spinal malignancy is not assessed: questions are open, and an open question is not a no.',
    patient: 'We still need some answers to check for a growth in your back.',
  },
  'triage.vascular.raised': {
    clinician:
      'Suspected arterial disease (aneurysm or poor leg circulation): to be seen within {hours|span}.',
    patient:
      'Your answers may point to a problem with your blood vessels. You should be checked within {hours|span}.',
  },
  'triage.vascular.possible': {
    clinician: 'Arterial disease (aneurysm or poor leg circulation) is possible.',
    patient: 'There is a small chance of a problem with your blood vessels. Your team will keep it in mind.',
  },
  'triage.vascular.not-raised': {
    clinician: 'No flag for arterial disease (aneurysm or poor leg circulation) among the answers given.',
    patient: 'Nothing points to a problem with your blood vessels today.',
  },
  'triage.vascular.not-assessed': {
    clinician:
      'Arterial disease (aneurysm or poor leg circulation) is not assessed: questions are open, and an open question is not a no.',
    patient: 'We still need some answers to check for a problem with your blood vessels.',
  },
  'triage.inflammatory.raised': {
    clinician: 'Suspected axial spondyloarthritis ({p|pct}): to be seen within {hours|span}.',
    patient:
      'Your answers may point to a type of arthritis of the back. You should be checked within {hours|span}.',
  },
  'triage.inflammatory.possible': {
    clinician: 'Axial spondyloarthritis is possible ({p|pct}).',
    patient: 'There is a small chance of a type of arthritis of the back. Your team will keep it in mind.',
  },
  'triage.inflammatory.not-raised': {
    clinician: 'No flag for axial spondyloarthritis among the answers given.',
    patient: 'Nothing points to a type of arthritis of the back today.',
  },
  'triage.inflammatory.not-assessed': {
    clinician:
      'Axial spondyloarthritis is not assessed: questions are open, and an open question is not a no.',
    patient: 'We still need some answers to check for a type of arthritis of the back.',
  },
  'triage.progressive-deficit.raised': {
    clinician:
      'Motor deficit that grows, is severe (movement against gravity at most), or comes with upper motor neurone signs: surgeon within {hours|span}.',
    patient:
      'Your leg is weak and needs a check within {hours|span}. Quick care may help the strength come back.',
  },
  'triage.progressive-deficit.possible': {
    clinician:
      'Weakness is reported or mild: examine muscle power within {hours|span}; if it grows it becomes an emergency.',
    patient:
      'Your leg may be weak. It should be checked within {hours|span}. If it gets worse, go to hospital.',
  },
  'triage.progressive-deficit.not-raised': {
    clinician: 'No motor deficit was reported or found.',
    patient: 'Your legs are not weak, as far as we know.',
  },
  'triage.progressive-deficit.not-assessed': {
    clinician:
      'Motor deficit is not assessed: weakness was not asked or power not examined, and an open question is not a no.',
    patient: 'We still need to know if a leg or foot is weak.',
  },
};

export const TRIAGE_EN_TERMS: Readonly<Record<string, Term>> = {
  'heard.cauda-equina': 'a change of saddle, bladder, bowel or sexual function, or both legs',
  'heard.progressive-deficit': 'a leg or foot that fails',
  'heard.fracture': 'a broken vertebra',
  'heard.infection': 'an infection of the spine',
  'heard.malignancy': 'cancer in the spine',
  'heard.vascular': 'the aorta or the arteries of the leg',
  'heard.self-harm': 'thoughts of self-harm',
  'who.ambulance': 'ambulance',
  'who.emergency': 'emergency department with MRI and spinal surgery on call',
  'who.spine-surgeon': 'spine surgeon',
  'who.acute-medicine': 'acute medical team',
  'who.vascular': 'vascular surgery or emergency department',
  'who.imaging-clinic': 'spine clinic with imaging',
  'who.rheumatology': 'rheumatologist',
  'who.mental-health': 'clinician who can assess safety',
  'who.hip': 'hip clinic, with a radiograph of the hip',
  'who.vascular-clinic': 'vascular clinic',
  'who.neurology': 'neurologist, with a nerve conduction study',
  'who.spine-clinic': 'spine clinic',
  'who.primary-care': 'primary care clinician or physiotherapist',
  'who.nobody-yet': 'primary care if it does not settle',
};
