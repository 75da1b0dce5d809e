import type { Problem, Volume } from '@foramen/spine';
import { findInstances, type SpineInstances } from '../levels/instances.ts';
import { type Numbering, numberLevels } from '../levels/numbering.ts';
import { signalOf } from '../measures/signal.ts';
import type { SegmenterModel } from '../segmentation/model.ts';
import type { RunNetwork, StepControl } from '../segmentation/network.ts';
import { segmentVolume } from '../segmentation/segment.ts';
import { type Unfollowed, unfollowedAbove, withUpperEnd } from './followed.ts';
import { AS_GIVEN, isTurned, type Turn, turnVolume } from './orientation.ts';
import { type Plausibility, plausibility } from './plausibility.ts';

/** A spine found in a volume, and how the volume had to be turned for it. */
export interface Located {
  readonly volume: Volume;
  readonly turn: Turn;
  /** The header states another place of the picture than it shows: what it says of sides and other planes is not to be believed. */
  readonly againstHeader: boolean;
  readonly instances: SpineInstances;
  readonly numbering: Numbering;
  readonly plausibility: Plausibility;
  /** Set when the column goes on above what was found of it. */
  readonly unfollowed: Unfollowed | null;
}

interface Try {
  readonly volume: Volume;
  readonly turn: Turn;
  readonly instances: SpineInstances | null;
  readonly plausibility: Plausibility | null;
}

async function attempt(
  volume: Volume,
  turn: Turn,
  run: RunNetwork,
  model: SegmenterModel,
  control: StepControl & { readonly slices?: readonly number[] },
): Promise<Try> {
  const turned = turnVolume(volume, turn);
  const field = await segmentVolume(turned, run, model, control);
  const instances = findInstances(field);
  return { volume: turned, turn, instances, plausibility: instances ? plausibility(instances) : null };
}

const ACCEPT = 0.5;
/** Enumeration confidence from which level names are given at all. */
const NAMED = 0.5;
/** Enumeration confidence below which a picture without geometry is looked at the other way round too. */
const DOUBT = 0.7;
/** Enumeration confidence that a picture turned against its header must reach: more than one with only the top of a sacrum in view has. */
const SURE = 0.9;
/** Discs that a turned reading must show before it is believed over the picture as it was given, and one without names to count as a spine. */
const FEWEST = 4;

/** Depth from front to back that bodies of a turned reading must have, mm: a neck upside down has a "sacrum" too, lumbar bodies are deeper. */
const SHALLOWEST_MM = 20;

const discCount = (t: Try): number => t.instances?.items.filter((item) => item.kind === 'disc').length ?? 0;
/** A conus in an odd place says how a spine is counted, not which way up the picture is. */
const nameOdds = (t: Try): number => (t.instances === null ? 0 : (numberLevels(t.instances)?.lowest ?? 0));
const TURNS: readonly Turn[] = [
  { rows: true, columns: false },
  { rows: false, columns: true },
  { rows: true, columns: true },
];

function refusal(name: string, tried: Try): Problem {
  const why = tried.plausibility?.why;
  return {
    code: 'wrong-body-part',
    severity: 'error',
    where: name,
    what: `no lumbar spine was found${why ? ` (${why})` : ''}`,
    help: 'Give a sagittal lumbar MRI with at least two whole vertebrae, front to the left and head up',
  };
}

/** No spine, and how deep its vertebrae would be, mm, where something like vertebrae was found. */
interface NotLocated {
  readonly problem: Problem;
  readonly bodyDepthMm?: number;
}

/**
 * Finds the spine in a canonical sagittal volume. When what was found does not look like an upright lumbar spine, the picture is
 * tried upside down and mirrored on its middle slice; a turn is used only when clearly better. That also goes for a picture whose header states its place: exports
 * turn pixels and leave the header as it was.
 */
export async function locateSpine(
  name: string,
  volume: Volume,
  hasGeometry: boolean,
  run: RunNetwork,
  model: SegmenterModel,
  control: StepControl,
): Promise<{ readonly located: Located } | NotLocated> {
  let best = await attempt(volume, AS_GIVEN, run, model, control);
  const doubtful = (t: Try) => (t.plausibility?.score ?? 0) < 0.85;
  const given = nameOdds(best);
  // A header that states the place of a picture is denied only by a picture in which nothing can be named as it lies, and all can turned.
  const asked = hasGeometry ? given < NAMED : doubtful(best) || given < DOUBT;
  if (asked) {
    const middle = Math.floor(volume.size[2] / 2);
    const needed = hasGeometry ? SURE : NAMED;
    for (const turn of TURNS) {
      const quick = await attempt(volume, turn, run, model, {
        ...(control.signal ? { signal: control.signal } : {}),
        slices: [middle],
      });
      const gain = (quick.plausibility?.score ?? 0) - (best.plausibility?.score ?? 0);
      // The way up is told by the sacrum: a turned reading that does not show it gives no reason to turn the picture.
      const lumbar = (quick.plausibility?.bodyDepthMm ?? 0) >= SHALLOWEST_MM;
      const named = lumbar && (quick.instances?.sacrumFrom ?? null) !== null && nameOdds(quick) >= needed;
      // A spine read upside down or mirrored looks like one whose sacrum is out of view or odd: the way it is named best is the right one.
      const sought = best.instances !== null && nameOdds(quick) >= nameOdds(best) + 0.3 && gain > -0.2;
      // A short stretch of column reads either way round; only a longer one may turn the picture.
      const longer = discCount(quick) >= Math.max(FEWEST, discCount(best) - (sought ? 2 : 0));
      if (longer && named && (gain >= 0.3 || sought)) {
        const whole = volume.size[2] === 1 ? quick : await attempt(volume, turn, run, model, control);
        if (hasGeometry && nameOdds(whole) < needed) continue;
        best = whole;
        if (!doubtful(best) && nameOdds(best) > Math.max(DOUBT, given)) break;
      }
    }
  }
  const { instances, plausibility: p } = best;
  if (!instances || !p) return { problem: refusal(name, best) };
  const { bodyDepthMm } = p;
  if (p.score < ACCEPT) return { problem: refusal(name, best), bodyDepthMm };
  const numbering = numberLevels(instances, signalOf(best.volume, instances.field.sliceIndex));
  // Two or three blocks in a row with nothing to name them by are seen in many pictures that are no spine.
  if (!numbering || (numbering.enumeration.unnamed && discCount(best) < FEWEST))
    return { problem: refusal(name, best), bodyDepthMm };
  const unfollowed = unfollowedAbove(best.volume, instances);
  return {
    located: {
      volume: best.volume,
      turn: best.turn,
      againstHeader: hasGeometry && isTurned(best.turn),
      instances,
      numbering: withUpperEnd(numbering, unfollowed),
      plausibility: p,
      unfollowed,
    },
  };
}
