import type { Reason } from '@foramen/spine';
import { because, intakeFact } from '../facts.ts';
import { affirmed, hitReason, type TriageInput, takes } from './signs.ts';

const THINNERS =
  /warfarin|coumadin|jantoven|acenocoumarol|acenocumarol|phenprocoumon|marcumar|sintrom|apixaban|rivaroxaban|dabigatran|edoxaban|heparin|enoxaparin|dalteparin|tinzaparin|fondaparinux|eliquis|xarelto|pradaxa|lixiana|savaysa|clexane|lovenox|clopidogrel|plavix|prasugrel|ticagrelor|brilinta|brilique/;

/** A bleed into the canal: `sure` is an emergency, else it is asked about the same day. */
export interface Bleed {
  readonly sure: boolean;
  readonly reasons: readonly Reason[];
}

/**
 * A bleed into the canal until an image says otherwise: a needle or an operation at the spine just now and legs that fail, or on blood
 * thinners pain that is much worse (ASRA 2018); blood thinners, a pain of the back that was suddenly there or a fall, and legs that fail, without
 * any needle. Blood thinners and a sudden severe pain alone are asked about. The drug may stand in the list and the rest in words, or the other way round.
 */
export function bleedIntoCanal(input: TriageInput, weak: readonly Reason[]): Bleed | undefined {
  const needle = affirmed(input, 'spinal-needle');
  const thinner = [
    ...takes(input, THINNERS).map(because),
    ...affirmed(input, 'blood-thinner').map(hitReason),
  ];
  if (needle.length === 0 && thinner.length === 0) return undefined;
  const legs = [
    ...weak,
    ...affirmed(input, 'leg-numbness', 'heavy-legs', 'bilateral', 'saddle', 'bladder', 'retention').map(
      hitReason,
    ),
  ];
  const severe = affirmed(input, 'sudden-severe-pain').map(hitReason);
  if (needle.length > 0 && (legs.length > 0 || (thinner.length > 0 && severe.length > 0)))
    return { sure: true, reasons: [...needle.map(hitReason), ...thinner, ...legs, ...severe] };
  if (thinner.length === 0) return undefined;
  const onset = intakeFact(input.patient, 'symptoms', 'onset');
  const sudden = [
    ...affirmed(input, 'sudden-onset').map(hitReason),
    ...(onset?.value === 'sudden' ? [because(onset)] : []),
  ];
  const blow = affirmed(input, 'minor-trauma', 'severe-trauma').map(hitReason);
  if ((sudden.length > 0 || blow.length > 0) && legs.length > 0)
    return { sure: true, reasons: [...thinner, ...sudden, ...severe, ...blow, ...legs] };
  return sudden.length > 0 && severe.length > 0
    ? { sure: false, reasons: [...thinner, ...sudden, ...severe] }
    : undefined;
}
