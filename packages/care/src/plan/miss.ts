import { recordOf } from '@foramen/evidence';
import type { Reason, Statement } from '@foramen/spine';
import { because, rule } from '../facts.ts';
import { say } from '../say.ts';
import type { PlanView } from './view.ts';

/**
 * Which minimally invasive approach fits this anatomy, as far as level, zone and migration say; the corridor itself
 * is measured by the planner of the imaging room on axial and sagittal views.
 */
export function missStatement(view: PlanView, option: string): Statement | undefined {
  const best = view.concordance[0];
  if (best === undefined || best.grade < 2) return undefined;
  const { contact } = best;
  const i = view.patient.findings?.levels.findIndex((l) => l.level === contact.level) ?? -1;
  const level = view.patient.findings?.levels[i];
  if (level === undefined) return undefined;
  const at = `findings.levels[${i}]`;
  const zone = level.herniationZone ?? 'unknown';
  const lateral = zone === 'foraminal' || zone === 'extraforaminal';
  const migrated = (level.measures.migrationMm ?? 0) > 5;
  const lowest = contact.level === 'L5-S1';
  let fit: string | undefined;
  if (option === 'discectomy-endoscopic') {
    fit =
      zone === 'unknown'
        ? 'zone-unknown'
        : lateral
          ? 'transforaminal'
          : lowest || migrated
            ? 'interlaminar'
            : 'either';
  } else if (option === 'discectomy-tubular') {
    fit = zone === 'unknown' ? 'zone-unknown' : lateral ? 'wiltse' : 'tubular';
  } else if (option === 'mis-tlif') {
    fit = 'tlif';
  }
  if (fit === undefined) return undefined;
  const height = level.measures.foramenHeightMm?.[contact.side];
  const critical = recordOf('threshold', 'threshold/foramen-height-critical', view.base);
  const low: readonly Reason[] =
    (fit === 'transforaminal' || fit === 'either') &&
    height !== undefined &&
    critical.value !== null &&
    height < critical.value
      ? [
          {
            kind: 'fact',
            path: `${at}.measures.foramenHeightMm.${contact.side}`,
            text: `foramen ${height} mm high`,
          },
          { kind: 'evidence', id: critical.id, text: critical.meaning },
        ]
      : [];
  if (low.length > 0) fit = 'low-foramen';
  return say(
    'option.miss',
    { option: `@option.${option}`, level: contact.level, fit: `@fit.${fit}` },
    'weak',
    [
      because(contact.fact),
      { kind: 'fact', path: `${at}.herniationZone`, text: `zone ${zone}` },
      rule(
        'rule.approach',
        'far-lateral: transforaminal or Wiltse; migrated or low with a high iliac crest: interlaminar; clearance must be measured',
      ),
    ],
  );
}
