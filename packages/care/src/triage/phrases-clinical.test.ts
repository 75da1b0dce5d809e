import type { RedFlag } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { URGENCY_ORDER } from './judged.ts';
import { triage } from './triage.ts';

/** How an examination, a test or an image is put in formal prose: what is there, and the same denied. */
const FOUND: Readonly<
  Partial<Record<RedFlag['condition'], readonly (readonly [there: string, denied: string])[]>>
> = {
  'cauda-equina': [
    ['Post-void residual volume was 480 ml.', 'Post-void residual volume was 30 ml.'],
    ['PVR 350 mL on bladder scan.', 'PVR 40 mL on bladder scan.'],
    [
      'Bladder ultrasound demonstrated 0.6 L after voiding.',
      'Bladder ultrasound demonstrated no residual after voiding.',
    ],
    [
      'A residual volume in excess of 500 ml was documented.',
      'No significant residual volume was documented.',
    ],
    ['600 ml were drained on catheterisation.', 'There was no need for catheterisation.'],
    ['She required insertion of an indwelling urinary catheter.', 'She did not require a urinary catheter.'],
    ['There is overflow incontinence.', 'There is no overflow incontinence.'],
    ['He endorses perineal hypoaesthesia.', 'He denies perineal hypoaesthesia.'],
    [
      'Sensation to pinprick is diminished in the S3-S5 dermatomes.',
      'Sensation to pinprick is preserved in the S3-S5 dermatomes.',
    ],
    ['Reduced light touch over S2 to S4 bilaterally.', 'Light touch over S2 to S4 is normal.'],
    ['Hypoesthesia of the perianal skin was noted.', 'No hypoesthesia of the perianal skin was noted.'],
    ['Perianal pinprick is blunted.', 'Perianal pinprick is intact.'],
    ['Anal sphincter tone is flaccid.', 'Anal sphincter tone is normal.'],
    [
      'Digital rectal examination revealed a patulous anus with no voluntary contraction.',
      'Digital rectal examination revealed good tone and voluntary contraction.',
    ],
    ['The bulbocavernosus reflex could not be elicited.', 'The bulbocavernosus reflex was present.'],
    ['The anal wink is absent.', 'The anal wink is present.'],
    ['Absent anocutaneous reflex.', 'Normal anocutaneous reflex.'],
    ['New-onset faecal soiling is described.', 'No faecal soiling is described.'],
    [
      'She is unaware of the passage of stool.',
      'She is aware of the passage of stool and continence is normal.',
    ],
    ['He reports stool leakage since Tuesday.', 'He reports no stool leakage.'],
    [
      'There has been obstipation for six days with loss of rectal sensation.',
      'There has been no obstipation and rectal sensation is normal.',
    ],
    [
      'Urinary hesitancy with a poor stream began this week.',
      'There is no urinary hesitancy and the stream is good.',
    ],
    ['He is in painless urinary retention.', 'He has no urinary retention.'],
    ['She has to perform the Valsalva manoeuvre in order to void.', 'She voids without straining.'],
    ['Sensation of bladder filling is absent.', 'Sensation of bladder filling is normal.'],
    ['Genital sensation is attenuated.', 'Genital sensation is intact.'],
    [
      'He describes new anejaculation and loss of penile sensation.',
      'Ejaculation and penile sensation are normal.',
    ],
    ['Priapism occurred twice since the onset of the back pain.', 'There has been no priapism.'],
    ['MRI shows cauda equina compression at L4/5.', 'MRI shows no cauda equina compression.'],
    [
      'Large central disc extrusion effacing the thecal sac with crowding of the cauda equina roots.',
      'Small disc bulge without crowding of the cauda equina roots.',
    ],
    ['Sphincter disturbance has been present since Sunday.', 'There is no sphincter disturbance.'],
    ['She has developed neurogenic bladder.', 'There is no neurogenic bladder.'],
    ['Bilateral radiculopathy with absent ankle jerks.', 'No bilateral radiculopathy.'],
    [
      'He reports anaesthesia of the buttocks and posterior thighs.',
      'He reports no anaesthesia of the buttocks.',
    ],
    [
      'Loss of vaginal sensation during intercourse was disclosed.',
      'No loss of vaginal sensation was disclosed.',
    ],
    ['Volumen residual postmiccional de 400 ml.', 'Volumen residual postmiccional de 20 ml.'],
    ['Hipoestesia perianal y tono anal disminuido.', 'Sin hipoestesia perianal y tono anal conservado.'],
    ['Presenta anestesia perineal desde ayer.', 'No presenta anestesia perineal.'],
    ['Precisó sondaje vesical por retención aguda.', 'No precisó sondaje vesical.'],
    ['Incontinencia esfinteriana de nueva aparición.', 'No hay incontinencia esfinteriana.'],
    ['Ha perdido la sensación de llenado vesical.', 'Conserva la sensación de llenado vesical.'],
    ['Refiere disfunción eréctil de instauración reciente.', 'No refiere disfunción eréctil.'],
  ],
  'progressive-deficit': [
    ['Ankle dorsiflexion is graded 2/5 on the right.', 'Ankle dorsiflexion is graded 5/5 on the right.'],
    ['MRC grade 3 power in extensor hallucis longus.', 'MRC grade 5 power in extensor hallucis longus.'],
    ['Dorsiflexion strength 2 out of 5.', 'Dorsiflexion strength 5 out of 5.'],
    ['Tibialis anterior M2, EHL M1.', 'Tibialis anterior M5, EHL M5.'],
    ['Quadriceps power was three fifths.', 'Quadriceps power was full.'],
    ['There is complete paralysis of the foot extensors.', 'There is no paralysis of the foot extensors.'],
    ['He exhibits a steppage gait.', 'He exhibits a normal gait.'],
    ['A right-sided foot drop was observed.', 'No foot drop was observed.'],
    [
      'She is unable to perform a single-leg heel rise on the left.',
      'She performs a single-leg heel rise without difficulty.',
    ],
    [
      'Trendelenburg sign is positive with hip abductor power of 3/5.',
      'Trendelenburg sign is negative with hip abductor power of 5/5.',
    ],
    ['Hoffmann sign positive bilaterally.', 'Hoffmann sign negative bilaterally.'],
    ['Sustained ankle clonus is elicited.', 'No ankle clonus is elicited.'],
    ['Extensor plantar responses bilaterally.', 'Flexor plantar responses bilaterally.'],
    ['Inverted supinator jerk and hyperreflexia.', 'No inverted supinator jerk or hyperreflexia.'],
    [
      'A positive Romberg test and a spastic gait are present.',
      'A negative Romberg test and a normal gait are present.',
    ],
    ['He has a sensory level at T8.', 'He has no sensory level.'],
    [
      'Impaired tandem gait and loss of dexterity in both hands.',
      'Tandem gait and dexterity of both hands are normal.',
    ],
    ['Progressive paraparesis over ten days.', 'No paraparesis.'],
    ['There is flaccid weakness of the left lower limb.', 'There is no weakness of the left lower limb.'],
    [
      'Motor examination discloses a profound deficit of knee extension.',
      'Motor examination discloses no deficit of knee extension.',
    ],
    ['Strength has deteriorated from grade 4 to grade 2 within a week.', 'Strength has remained grade 5.'],
    ['Balance muscular: dorsiflexión 2/5.', 'Balance muscular: dorsiflexión 5/5.'],
    ['Fuerza 3/5 en cuádriceps derecho.', 'Fuerza 5/5 en cuádriceps derecho.'],
    ['Marcha en estepaje.', 'Marcha normal sin estepaje.'],
    ['Reflejo cutáneo plantar extensor bilateral y clonus.', 'Reflejo cutáneo plantar flexor y sin clonus.'],
    ['Paresia progresiva de miembros inferiores.', 'No hay paresia de miembros inferiores.'],
    ['Signo de Hoffmann positivo.', 'Signo de Hoffmann negativo.'],
    ['Presenta paraparesia espástica.', 'No presenta paraparesia.'],
  ],
  fracture: [
    ['DEXA T-score of -3.1; pain since slipping on a wet floor.', 'DEXA T-score of -0.4; no trauma.'],
    [
      'Osteoporosis (T-score -2.9) and a sudden pain on lifting a bag.',
      'No osteoporosis and a gradual pain.',
    ],
    [
      'She has lost 5 cm in height and developed a thoracic kyphosis, with acute pain.',
      'She has lost no height.',
    ],
    ['On prednisolone 15 mg daily for two years for polymyalgia.', 'Never on prednisolone.'],
    ['Long-term glucocorticoid therapy, 10 mg per day.', 'No glucocorticoid therapy.'],
    [
      'Radiographs demonstrate an L1 wedge compression deformity.',
      'Radiographs demonstrate no compression deformity.',
    ],
    ['A vertebral insufficiency fracture is suspected.', 'No vertebral fracture is suspected.'],
    ['He was ejected from a vehicle at 90 km/h.', 'He has had no accident.'],
    ['She was involved in a high-velocity road traffic collision.', 'She was not involved in any collision.'],
    ['He plummeted three metres from scaffolding.', 'He has had no fall.'],
    [
      'Following a low-energy fall, the 81-year-old has midline tenderness.',
      'The 81-year-old has had no fall.',
    ],
    ['He struck the ground after coming off his motorcycle.', 'He has never come off his motorcycle.'],
    ['Known ankylosing spondylitis; pain after a trivial bump.', 'Known ankylosing spondylitis; no injury.'],
    ['Fractura por compresión de L1 en la radiografía.', 'Sin fracturas en la radiografía.'],
    ['Osteoporosis conocida; dolor súbito tras un esfuerzo mínimo.', 'Sin osteoporosis.'],
    ['Corticoterapia prolongada con prednisona 20 mg.', 'Sin corticoterapia.'],
    ['Se precipitó desde un segundo piso.', 'No ha tenido caídas.'],
    ['Acuñamiento vertebral de D12.', 'Sin acuñamiento vertebral.'],
  ],
  infection: [
    ['Temperature of 38.7 °C with rigors.', 'Temperature of 36.7 °C without rigors.'],
    ['Tympanic temperature 101.8 F.', 'Tympanic temperature 98.4 F.'],
    [
      'CRP 164 mg/L and ESR 92 mm/h; the patient appears systemically unwell.',
      'CRP 2 mg/L and ESR 6 mm/h; the patient appears well.',
    ],
    ['Leukocytosis of 18.4 x10^9/L with severe back pain.', 'Leukocytes are normal.'],
    ['Blood cultures grew Staphylococcus aureus three weeks ago.', 'Blood cultures were negative.'],
    ['Recently treated for bacteraemia.', 'No history of bacteraemia.'],
    ['He completed treatment for infective endocarditis last month.', 'No history of endocarditis.'],
    ['She has an indwelling PICC line and new back pain with malaise.', 'She has no lines.'],
    [
      'He is on maintenance haemodialysis via a tunnelled catheter and feels feverish.',
      'He is not on haemodialysis.',
    ],
    ['Current intravenous drug use is acknowledged.', 'No intravenous drug use.'],
    ['PWID, last injected two days ago.', 'Denies injecting drugs.'],
    ['On adalimumab and tacrolimus, with night sweats.', 'Not on adalimumab; no night sweats.'],
    ['Drenching nocturnal diaphoresis for a fortnight.', 'No nocturnal diaphoresis.'],
    ['Household contact with tuberculosis; evening pyrexia.', 'No contact with tuberculosis; no pyrexia.'],
    ['Spondylodiscitis is suspected.', 'No evidence of spondylodiscitis.'],
    ['An epidural abscess must be considered: fever and rigors.', 'No fever and no rigors.'],
    ['Purulent discharge from the lumbar wound.', 'No discharge from the lumbar wound.'],
    [
      'He takes methotrexate and prednisolone and has been pyrexial.',
      'He takes no methotrexate and is apyrexial.',
    ],
    ['Febril, 38,9 °C, con escalofríos.', 'Afebril, 36,5 °C, sin escalofríos.'],
    ['PCR 180 mg/L, VSG 90 y mal estado general.', 'PCR 2 mg/L, VSG 5 y buen estado general.'],
    ['Usuario de drogas por vía parenteral.', 'No consume drogas.'],
    ['Espondilodiscitis en estudio.', 'Sin signos de espondilodiscitis.'],
    ['Bacteriemia por S. aureus hace un mes.', 'Sin bacteriemia.'],
    ['Portador de catéter venoso central con tiritona.', 'Sin catéteres ni tiritona.'],
    ['En tratamiento con adalimumab, con sudoración nocturna profusa.', 'Sin sudoración nocturna.'],
  ],
  malignancy: [
    ['Multiple myeloma was diagnosed in 2021.', 'No multiple myeloma.'],
    ['Past history of renal cell carcinoma.', 'No past history of carcinoma.'],
    ['Known metastatic prostate adenocarcinoma, PSA 84.', 'No prostate cancer; PSA 0.8.'],
    ['She underwent thyroidectomy for papillary carcinoma.', 'She underwent no cancer surgery.'],
    ['Non-Hodgkin lymphoma in remission.', 'No lymphoma.'],
    [
      'Unintentional weight loss of 9 kg over three months in a 67-year-old with nocturnal pain.',
      'Weight stable in a 67-year-old without nocturnal pain.',
    ],
    [
      'A 12 % decline in body mass over four months at age 70, with pain at rest.',
      'Body mass unchanged at age 70.',
    ],
    ['MRI discloses marrow-replacing lesions at L2.', 'MRI discloses no marrow-replacing lesions.'],
    ['Osteolytic lesion of T11 on CT.', 'No osteolytic lesion on CT.'],
    [
      'Serum protein electrophoresis shows a monoclonal band; hypercalcaemia 2.9 mmol/L.',
      'No monoclonal band.',
    ],
    ['Status post left mastectomy and adjuvant chemotherapy.', 'No mastectomy or chemotherapy.'],
    ['Antecedente de carcinoma renal.', 'Sin antecedente de carcinoma.'],
    ['Mieloma múltiple en seguimiento.', 'Sin mieloma.'],
    [
      'Pérdida ponderal de 10 kg en tres meses, 68 años, dolor nocturno.',
      'Peso estable, sin dolor nocturno.',
    ],
    ['Lesión osteolítica en L3.', 'Sin lesión osteolítica.'],
    ['Linfoma tratado con quimioterapia.', 'Nunca ha tenido linfoma ni quimioterapia.'],
  ],
  vascular: [
    ['Abdominal aortic aneurysm measuring 6.1 cm.', 'No abdominal aortic aneurysm.'],
    ['AAA 5.8 cm under surveillance, new flank pain.', 'No AAA; flank pain.'],
    [
      'Sudden tearing interscapular pain radiating to the loins with syncope.',
      'No tearing pain and no syncope.',
    ],
    ['Ripping lumbar pain of abrupt onset with hypotension, BP 84/50.', 'No abrupt pain; BP 124/80.'],
    [
      'A blood pressure difference of 30 mmHg between the arms with sudden back pain.',
      'No blood pressure difference between the arms.',
    ],
    ['The left foot is pulseless and mottled.', 'The left foot is warm with good pulses.'],
    ['ABI 0.35 on the right with pain at rest.', 'ABI 1.05 on the right.'],
    ['Absent femoral and pedal pulses with a pale, cool limb.', 'Femoral and pedal pulses are present.'],
    ['Dorsalis pedis pulse is not palpable; the toes are dusky.', 'Dorsalis pedis pulse is palpable.'],
    ['An expansile pulsatile abdominal mass is palpated.', 'No pulsatile abdominal mass is palpated.'],
    ['Aneurisma de aorta abdominal de 5,9 cm.', 'Sin aneurisma de aorta.'],
    ['Dolor lumbar brusco y desgarrante con síncope.', 'Sin dolor brusco ni síncope.'],
    ['Pie frío, pálido y sin pulsos.', 'Pie caliente con pulsos presentes.'],
    ['Pulsos distales ausentes con extremidad fría.', 'Pulsos distales presentes.'],
    ['Masa abdominal pulsátil.', 'Sin masa abdominal pulsátil.'],
    ['Critical limb ischaemia with ulceration of the toes.', 'No limb ischaemia.'],
  ],
};

function judged(sentence: string) {
  const built = buildCase({
    patientId: 'p',
    now: '2026-11-22',
    intake: { symptoms: { freeText: `Back pain. ${sentence}` } },
  });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return triage(built.value);
}
const isUrgent = (sentence: string): boolean =>
  URGENCY_ORDER.indexOf(judged(sentence).urgency) >= URGENCY_ORDER.indexOf('urgent');

describe.each(Object.entries(FOUND))('the formal register of %s', (condition, rows) => {
  it('is heard in time', () => {
    const missed = rows.filter(([there]) => {
      const status = judged(there).flags.find((f) => f.condition === condition)?.status;
      return !isUrgent(there) || (status !== 'raised' && status !== 'possible');
    });
    expect(missed.map(([there]) => there)).toEqual([]);
  });

  it('alarms nobody when it is denied', () => {
    expect(rows.map(([, denied]) => denied).filter(isUrgent)).toEqual([]);
  });
});
