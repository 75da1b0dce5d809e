import type { Intake } from '@foramen/spine';

/** Why the patient came, in one line, from what the intake says and nothing else. */
export function reasonOf(intake: Intake): string | null {
  const s = intake.symptoms;
  if (s === undefined) return null;
  if (s.pain === 'none') return 'No pain.';
  const parts: string[] = [];
  const side = s.legPainSide === 'left' || s.legPainSide === 'right' ? `${s.legPainSide} ` : '';
  if (s.legPainNrs !== undefined) parts.push(`${side}leg pain ${s.legPainNrs}/10`);
  if (s.backPainNrs !== undefined) parts.push(`back pain ${s.backPainNrs}/10`);
  if (s.claudication === 'yes') {
    parts.push(
      s.walkingDistanceM === undefined ? 'legs give out on walking' : `walks ${s.walkingDistanceM} m`,
    );
  }
  if (s.saddleNumbness === 'yes') parts.push('saddle numbness');
  if (s.bladderDysfunction === 'yes' || s.urinaryRetention === 'yes') parts.push('bladder trouble');
  if (s.weaknessReported === 'yes')
    parts.push(s.weaknessProgressive === 'yes' ? 'growing weakness' : 'weakness');
  if (parts.length === 0) return ownWords(s.freeText);
  const text = parts.join(', ');
  const since = s.durationWeeks === undefined ? '' : `, for ${weeks(s.durationWeeks)}`;
  const course = s.course === undefined || s.course === 'unknown' ? '' : `, ${s.course}`;
  return `${text[0]!.toUpperCase()}${text.slice(1)}${since}${course}.`;
}

function weeks(n: number): string {
  if (n >= 104) return `${Math.round(n / 52)} years`;
  return n === 1 ? '1 week' : `${n} weeks`;
}

/** How much of the patient's own words stands in a line. */
const MOST_LETTERS = 160;

function ownWords(text: string | undefined): string | null {
  const line = (text ?? '').trim().replace(/\s+/g, ' ');
  if (line === '') return null;
  return `“${line.length <= MOST_LETTERS ? line : `${line.slice(0, MOST_LETTERS).replace(/\s\S*$/, '')} …`}”`;
}
