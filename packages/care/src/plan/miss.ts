import { recordOf } from '@foramen/evidence';
import {
  type Corridor,
  type CorridorHazard,
  type CorridorKind,
  corridorRoom,
  isCorridor,
  type LevelFindings,
  type Reason,
  type Statement,
} from '@foramen/spine';
import { because, rule } from '../facts.ts';
import type { ImageContact } from '../roots/contacts.ts';
import { say, traced } from '../say.ts';
import type { PlanView } from './view.ts';

/** Ways of each approach, as the planner of the imaging room names them. */
const WAYS: Readonly<Record<string, readonly CorridorKind[]>> = {
  transforaminal: ['transforaminal', 'kambin', 'l5s1-transforaminal'],
  interlaminar: ['interlaminar'],
  either: ['transforaminal', 'kambin', 'l5s1-transforaminal', 'interlaminar'],
  tubular: ['tubular', 'interlaminar'],
  tlif: ['tubular'],
};
const ROOM_ORDER = ['room', 'doubtful', 'narrow'] as const;

interface Measured {
  readonly way: Corridor;
  readonly path: string;
  readonly room: (typeof ROOM_ORDER)[number];
  readonly hazard: CorridorHazard;
  readonly mm: number;
  readonly within: number;
}

/** The measured ways of an approach at the painful root's level and side, the roomiest first. */
function measuredWays(view: PlanView, contact: ImageContact, fit: string): readonly Measured[] {
  const kinds = WAYS[fit] ?? [];
  return (view.patient.findings?.corridors ?? [])
    .flatMap((way, i): readonly Measured[] => {
      if (!isCorridor(way) || way.level !== contact.level || !kinds.includes(way.kind)) return [];
      if (way.side !== contact.side && way.side !== 'midline') return [];
      const hazards: readonly CorridorHazard[] =
        way.kind === 'interlaminar' ? ['bone'] : ['bone', 'sac', 'root'];
      const [nearest] = hazards
        .flatMap((hazard) => {
          const [mm, within] = [way.clearanceMm[hazard], way.uncertaintyMm[hazard]];
          return mm === null || within === null ? [] : [{ hazard, mm, within }];
        })
        .sort((a, b) => a.mm - b.mm);
      if (nearest === undefined) return [];
      return [{ way, path: `findings.corridors[${i}]`, room: corridorRoom(way), ...nearest }];
    })
    .sort((a, b) => ROOM_ORDER.indexOf(a.room) - ROOM_ORDER.indexOf(b.room) || b.mm - a.mm);
}

const clearance = (best: Measured): Reason => ({
  kind: 'fact',
  path: `${best.path}.clearanceMm.${best.hazard}`,
  text: `${best.way.kind}: ${best.mm.toFixed(1)} mm to the ${best.hazard}`,
});

/** The approach by what was measured of its way: room, doubtful or too narrow, with the nearest structure. */
function measuredStatement(option: string, contact: ImageContact, best: Measured): Statement {
  const at = clearance(best);
  const around: Reason = {
    kind: 'fact',
    path: `${best.path}.uncertaintyMm.${best.hazard}`,
    text: `within ${best.within.toFixed(1)} mm`,
  };
  return say(
    'option.miss-measured',
    {
      option: `@option.${option}`,
      level: contact.level,
      way: `@way.${best.way.kind}`,
      room: `@room.${best.room}`,
      hazard: `@hazard.${best.hazard}`,
      mm: traced(Math.round(best.mm * 10) / 10, [at]),
      within: traced(Math.round(best.within * 10) / 10, [around]),
    },
    'weak',
    [
      because(contact.fact),
      at,
      around,
      rule(
        'rule.approach-measured',
        'of the ways that the disease allows, the one with most room on these pictures',
      ),
    ],
  );
}

/** The kind of way that the disease allows for an approach: by its zone, how far it has moved, and the level. */
function fitOf(option: string, contact: ImageContact, level: LevelFindings): string | undefined {
  const zone = level.herniationZone ?? 'unknown';
  const lateral = zone === 'foraminal' || zone === 'extraforaminal';
  if (option === 'mis-tlif') return 'tlif';
  if (option !== 'discectomy-endoscopic' && option !== 'discectomy-tubular') return undefined;
  if (zone === 'unknown') return 'zone-unknown';
  if (option === 'discectomy-tubular') return lateral ? 'wiltse' : 'tubular';
  const migrated = (level.measures.migrationMm ?? 0) > 5;
  return lateral ? 'transforaminal' : contact.level === 'L5-S1' || migrated ? 'interlaminar' : 'either';
}

/** The concordant contact that an operation would be for, and what was read at its level. */
function target(
  view: PlanView,
): { readonly contact: ImageContact; readonly level: LevelFindings; readonly at: string } | undefined {
  const best = view.concordance[0];
  if (best === undefined || best.grade < 2) return undefined;
  const i = view.patient.findings?.levels.findIndex((l) => l.level === best.contact.level) ?? -1;
  const level = view.patient.findings?.levels[i];
  return level === undefined ? undefined : { contact: best.contact, level, at: `findings.levels[${i}]` };
}

/** The facts that say that none of an approach's measured ways has room; nothing where no way was measured, or one may have room. */
export function noRoomFor(view: PlanView, option: string): readonly Reason[] {
  const aim = target(view);
  const fit = aim === undefined ? undefined : fitOf(option, aim.contact, aim.level);
  if (aim === undefined || fit === undefined) return [];
  const [best] = measuredWays(view, aim.contact, fit);
  if (best === undefined || best.room !== 'narrow') return [];
  return [
    because(aim.contact.fact),
    clearance(best),
    rule('rule.no-room', 'an approach without measured room is not put before one that needs none'),
  ];
}

/**
 * Which minimally invasive approach fits this anatomy: by level, zone and migration, and, where the imaging room measured
 * the way at that level and side, by the room it has.
 */
export function missStatement(view: PlanView, option: string): Statement | undefined {
  const aim = target(view);
  if (aim === undefined) return undefined;
  const { contact, level, at } = aim;
  let fit = fitOf(option, contact, level);
  if (fit === undefined) return undefined;
  const [measured] = measuredWays(view, contact, fit);
  if (measured !== undefined) return measuredStatement(option, contact, measured);
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
      { kind: 'fact', path: `${at}.herniationZone`, text: level.herniationZone ?? 'unknown' },
      rule(
        'rule.approach',
        'far-lateral: transforaminal or Wiltse; migrated or low with a high iliac crest: interlaminar; clearance must be measured',
      ),
    ],
  );
}
