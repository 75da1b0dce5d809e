import type { Intake, PatientCase } from '@foramen/spine';
import { answered, isWithheld, type Seen, SIDES, usableFact } from '../facts.ts';
import { rootPicture } from '../roots/signs.ts';
import { type Add, yes } from './image-readings.ts';

/** What the examination says for and against each hypothesis; what was not examined says nothing. */
export function examinationReadings(patient: PatientCase, add: Add): void {
  const exam = isWithheld(patient, 'intake.examination') ? undefined : patient.intake?.examination;
  if (exam === undefined) return;
  const specialist = patient.intake?.setting === 'specialist';
  const results = (
    key: 'straightLegRaise' | 'crossedStraightLegRaise' | 'femoralStretch',
  ): Seen<boolean> | undefined => {
    const found = SIDES.find((s) => exam[key]?.[s] === 'positive');
    if (found !== undefined) {
      return { value: true, path: `intake.examination.${key}.${found}`, shown: 'positive' };
    }
    const none = SIDES.filter((s) => exam[key]?.[s] === 'negative');
    return none.length === 2
      ? { value: false, path: `intake.examination.${key}.${none[0]}`, shown: 'negative' }
      : undefined;
  };
  const slr = results('straightLegRaise');
  // Surgical series inflate the sensitivity of the straight leg raise; it is used only where such patients are seen.
  const femoral = results('femoralStretch');
  // It stretches L5 and S1: where the femoral stretch has named an upper root, a free leg raise denies nothing.
  const denies = femoral?.value !== true;
  if (slr !== undefined && specialist && (slr.value || denies))
    add('herniation', 'lr/slr', yes(slr.value), [slr]);
  const crossed = results('crossedStraightLegRaise');
  if (crossed !== undefined && (crossed.value || denies))
    add('herniation', 'lr/crossed-slr', yes(crossed.value), [crossed]);
  if (femoral?.value === true) add('herniation', 'lr/femoral-stretch', 1, [femoral], 'root-signs');

  const pictures = SIDES.flatMap((side) =>
    (['L3', 'L4', 'L5', 'S1'] as const).map((root) => rootPicture(patient, root, side)),
  );
  const kinds = [
    ['motor', 'lr/motor-deficit', /motor/],
    ['reflex', 'lr/reflex-deficit', /Reflex/],
    ['sensory', 'lr/sensory-deficit', /sensory/],
  ] as const;
  let sign: Seen<unknown> | undefined;
  let looked: Seen<unknown> | undefined;
  for (const [kind, id, path] of kinds) {
    const found = pictures.flatMap((p) => p[kind]).find((s) => path.test(s.path));
    const normal = pictures.flatMap((p) => p.normal).find((s) => path.test(s.path));
    if (found !== undefined) add('herniation', id, 1, [found]);
    else if (normal !== undefined) add('herniation', id, 0, [normal]);
    sign ??= found;
    looked ??= normal;
  }
  const any = sign ?? looked;
  if (any !== undefined) {
    const p = yes(sign !== undefined);
    add('lateral-recess-stenosis', 'lr/care-radicular-signs-recess', p, [any]);
    add('foraminal-stenosis', 'lr/care-radicular-signs-foraminal', p, [any]);
    add('peripheral-mimic', 'lr/care-root-sign-mimic-exam', p, [any]);
  }
  palsy(exam, add);
  footDrop(exam, add);
  weakQuadriceps(patient, exam, add);
  // Upper motor neurone signs put an unsteady gait down to the cord, not to the lumbar canal.
  const cord = exam.clonusOrBabinski === 'yes';
  const gait = cord ? undefined : usableFact(patient, 'examination', 'wideBasedGait');
  const wide = answered(gait);
  if (gait !== undefined && wide !== undefined)
    add('central-stenosis', 'lr/stenosis-wide-gait', yes(wide), [gait]);
  const romberg = cord ? undefined : usableFact(patient, 'examination', 'abnormalRomberg');
  const swaying = answered(romberg);
  if (romberg !== undefined && swaying !== undefined) {
    add('central-stenosis', 'lr/stenosis-romberg', yes(swaying), [romberg]);
  }
  const si = usableFact(patient, 'examination', 'sacroiliacTestsPositive');
  const central = usableFact(patient, 'examination', 'centralisation');
  const centralised = answered(central);
  if (si !== undefined) {
    // Pain that does not centralise leaves the cluster surer (Laslett 2005); otherwise the review's figure stands.
    const sure = si.value >= 3 && centralised === false;
    add('sacroiliac', sure ? 'lr/sij-three-no-centralisation' : 'lr/sij-tests-2007', yes(si.value >= 3), [
      si,
      ...(sure ? [central] : []),
    ]);
  }
  if (central !== undefined && centralised !== undefined) {
    add('disc', 'lr/disc-centralisation', yes(centralised), [central]);
  }
  const rotation = usableFact(patient, 'examination', 'hipInternalRotationPain');
  const painful = answered(rotation);
  if (rotation !== undefined && painful !== undefined)
    add('hip', 'lr/care-rotation-hip', yes(painful), [rotation]);
  const pulses = usableFact(patient, 'examination', 'pedalPulses');
  if (pulses !== undefined) {
    add('vascular-claudication', 'lr/care-pulses-vascular', yes(pulses.value !== 'normal'), [pulses]);
  }
  const abi = usableFact(patient, 'examination', 'ankleBrachialIndex');
  if (abi !== undefined) add('vascular-claudication', 'lr/care-abi-vascular', yes(abi.value < 0.9), [abi]);
}

/** Muscles that no pain of the hip or the pelvis holds back. */
const PALSIED = ['kneeExtension', 'ankleDorsiflexion', 'greatToeExtension', 'anklePlantarflexion'] as const;

/** A muscle of 3 of 5 or less is the work of a nerve: it speaks against pain that has none in it. */
function palsy(exam: NonNullable<Intake['examination']>, add: Add): void {
  for (const key of ['motorLeft', 'motorRight'] as const)
    for (const muscle of PALSIED) {
      const power = exam[key]?.[muscle];
      if (typeof power !== 'number' || power > 3) continue;
      const weak = { value: power, path: `intake.examination.${key}.${muscle}` };
      for (const condition of [
        'non-specific',
        'disc',
        'facet',
        'sacroiliac',
        'axial-spondyloarthritis',
      ] as const)
        add(condition, `lr/care-palsy-${condition}`, 1, [weak]);
      return;
    }
}

/**
 * A foot that drops (dorsiflexion 3 of 5 or less) may be the peroneal nerve, which spares the hip; the root L5 weakens both (Jeon 2013, Spine
 * 38:257, who took power below 3).
 */
function footDrop(exam: NonNullable<Intake['examination']>, add: Add): void {
  for (const key of ['motorLeft', 'motorRight'] as const) {
    const { ankleDorsiflexion, hipAbduction } = exam[key] ?? {};
    if (ankleDorsiflexion === undefined || ankleDorsiflexion > 3) continue;
    const drop = { value: ankleDorsiflexion, path: `intake.examination.${key}.ankleDorsiflexion` };
    add('peripheral-mimic', 'lr/care-foot-drop-mimic', 1, [drop]);
    if (hipAbduction === 5)
      add('peripheral-mimic', 'lr/foot-drop-full-hip-abduction', 1, [
        drop,
        { value: hipAbduction, path: `intake.examination.${key}.hipAbduction` },
      ]);
    return;
  }
}

/**
 * A knee that cannot be straightened (3 of 5 or less) beside a back that does not hurt, and no root that stretching hurts: rather the femoral nerve or
 * the plexus than a disc.
 */
function weakQuadriceps(patient: PatientCase, exam: NonNullable<Intake['examination']>, add: Add): void {
  const back = usableFact(patient, 'symptoms', 'backPainNrs');
  if (back === undefined || back.value > 0) return;
  for (const [key, side] of [
    ['motorLeft', 'left'],
    ['motorRight', 'right'],
  ] as const) {
    const { kneeExtension } = exam[key] ?? {};
    if (kneeExtension === undefined || kneeExtension > 3 || exam.femoralStretch?.[side] === 'positive')
      continue;
    const weak = { value: kneeExtension, path: `intake.examination.${key}.kneeExtension` };
    add('peripheral-mimic', 'lr/care-quadriceps-palsy-mimic', 1, [weak, back]);
    return;
  }
}
