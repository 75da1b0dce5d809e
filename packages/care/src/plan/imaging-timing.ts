import type { Reason, Statement } from '@foramen/spine';
import { because } from '../facts.ts';
import { say } from '../say.ts';
import { progressiveDeficit } from './clinical-checks.ts';
import { type PlanView, radicular } from './view.ts';

/** Weeks of symptoms from which imaging for an injection or an operation is in question. */
const CARE_WEEKS = 6;

/**
 * Whether imaging would be in time: a raised flag, a progressive deficit, or lasting symptoms for which an injection or
 * an operation is in question (NICE N2, ACR, imaging timing rule). Undefined when the duration is not known.
 */
export function imagingIndicated(view: PlanView): boolean | undefined {
  if (
    view.triage?.flags.some((f) => f.status === 'raised') === true ||
    progressiveDeficit(view) !== undefined
  )
    return true;
  if (view.durationWeeks === undefined) return undefined;
  if (view.durationWeeks.value < CARE_WEEKS) return false;
  // Who sees a specialist was sent for a decision; of anybody else nothing says so.
  return view.patient.intake?.setting === 'specialist'
    ? true
    : radicular(view) + view.p['central-stenosis'] >= 0.3;
}

/** Said when no image was made and none is due. */
export function imagingStatement(view: PlanView): readonly Statement[] {
  if (view.patient.findings !== null || view.patient.intake === null || view.durationWeeks === undefined)
    return [];
  if (imagingIndicated(view) !== false) return [];
  const reasons: Reason[] = [
    because(view.durationWeeks),
    { kind: 'evidence', id: 'guideline/nice-n2', text: 'no routine imaging' },
    { kind: 'evidence', id: 'guideline/acr-no-flags', text: 'no imaging without flags' },
    { kind: 'evidence', id: 'guideline/imaging-timing', text: 'when imaging is in time' },
  ];
  return [say('imaging.not-yet', {}, 'strong', reasons)];
}

/** Tests with needles. */
export const NEEDLES: ReadonlySet<string> = new Set([
  'selective-root-block',
  'electromyography',
  'sacroiliac-block',
  'medial-branch-block',
]);
/** Made by X-rays, or under their sight. */
export const BY_XRAY: ReadonlySet<string> = new Set([
  'spine-radiograph',
  'flexion-extension-film',
  'hip-radiograph',
  'selective-root-block',
  'sacroiliac-block',
  'medial-branch-block',
]);

/** Images of the spine, and tests with needles: none is due before imaging would be in time. */
export const NOT_YET: ReadonlySet<string> = new Set([
  'axial-mri',
  'sagittal-t1-t2-mri',
  'spine-radiograph',
  'flexion-extension-film',
  ...NEEDLES,
]);
