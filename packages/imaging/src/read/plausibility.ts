import { STEP_MM } from '../levels/centreline.ts';
import { SAC_ID, SACRUM_ID, type SpineInstances } from '../levels/instances.ts';
import { median } from '../levels/smoothing.ts';
import { meanConfidence } from '../segmentation/field.ts';

/** Whether what was found looks like a lumbar spine the right way up. */
export interface Plausibility {
  /** 0 to 1; above 0.5 is read, below is refused. */
  readonly score: number;
  readonly confidence: number;
  readonly bodyHeightMm: number;
  readonly bodyDepthMm: number;
  /** The sac lies behind the column. */
  readonly sacBehind: boolean | null;
  /** The sacrum was met at the upper end. */
  readonly sacrumOnTop: boolean;
  readonly why: string;
}

/** Median position of the sac across the column, mm, posterior positive. */
function sacSide(s: SpineInstances): number | null {
  const n = s.field.width * s.field.height;
  const values: number[] = [];
  for (let i = 0; i < s.labels.length; i += 3) {
    const across = s.frame.across[i % n] as number;
    // What lies further away belongs to no canal of this column.
    if (s.labels[i] === SAC_ID && Math.abs(across) < 40) values.push(across);
  }
  return values.length < 30 ? null : median(values);
}

/** Whether most of the sacrum lies nearer to the upper end of the column than to the lower one. */
function sacrumAbove(s: SpineInstances): boolean {
  const n = s.field.width * s.field.height;
  const middle = ((s.items[0]?.segment.from ?? 0) + (s.items.at(-1)?.segment.to ?? 0)) / 2;
  let above = 0;
  let below = 0;
  for (let i = 0; i < s.labels.length; i += 2) {
    if (s.labels[i] !== SACRUM_ID) continue;
    if ((s.frame.along[i % n] as number) < middle) above++;
    else below++;
  }
  return above > 200 && above > below;
}

/** Depth of each whole body on the slice through the column, mm. */
function bodyDepths(s: SpineInstances): number[] {
  const { width, height, pixelMm } = s.field;
  const areas = new Map<number, number>();
  const depths: number[] = [];
  const z = Math.round(s.plane.slice[Math.floor(height / 2)] as number);
  for (let at = 0; at < width * height; at++) {
    const id = s.labels[at + z * width * height] as number;
    if (id > 0 && id <= s.items.length) areas.set(id, (areas.get(id) ?? 0) + 1);
  }
  for (const item of s.items) {
    if (item.kind !== 'body' || item.cut) continue;
    const area = (areas.get(item.id) ?? 0) * pixelMm[0] * pixelMm[1];
    const h = (item.segment.to - item.segment.from) * STEP_MM;
    if (area > 0) depths.push(area / h);
  }
  return depths;
}

/** Lumbar bodies deeper than this belong to nobody, mm: at the stated scale the network sees no picture it knows. */
const DEEPEST_MM = 50;

/** Median distance from the median, as a share of it; a usual value where there are too few to tell. */
function relativeSpread(values: readonly number[]): number {
  const typical = median(values);
  return values.length >= 3 ? median(values.map((v) => Math.abs(v - typical))) / typical : 0.2;
}

/**
 * Scores what was found. Bodies of one person are alike in height, discs stand between them, the sac lies behind, the
 * sacrum below; noise, a brain or a knee fail on several of these at once.
 */
export function plausibility(s: SpineInstances): Plausibility {
  const bodies = s.items.filter((i) => i.kind === 'body');
  const discs = s.items.filter((i) => i.kind === 'disc');
  const whole = bodies.filter((b) => !b.cut);
  const heights = whole.map((b) => (b.segment.to - b.segment.from) * STEP_MM);
  const typical = median(heights);
  const spread = relativeSpread(heights);
  const confidence = meanConfidence(s.field);
  const evidence = s.items.reduce((a, i) => a + i.segment.evidence, 0) / s.items.length;
  const depths = bodyDepths(s);
  const side = sacSide(s);
  const sacBehind = side === null ? null : side > 0;
  const sacrumOnTop = sacrumAbove(s);
  const checks: readonly (readonly [boolean, number, string])[] = [
    [whole.length >= 2 && discs.length >= 2, 0.5, 'fewer than two whole vertebrae and two discs were found'],
    [spread < 0.25, 0.3, 'the vertebrae found differ too much in height'],
    // People's bodies differ in depth by a sixth at most (223 pictures); of a picture far too large, what was found differs by more than a quarter.
    [relativeSpread(depths) < 0.22, 0.6, 'the vertebrae found differ too much in depth'],
    [
      depths.length === 0 || median(depths) < DEEPEST_MM,
      0.6,
      `the vertebrae come out ${median(depths).toFixed(0)} mm deep, as nobody's are: the pixel spacing is wrong`,
    ],
    [typical > 13 && typical < 48, 0.3, 'the vertebrae found do not have the size of lumbar ones'],
    [confidence > 0.62, 0.45, 'the picture is unlike those the network knows'],
    [evidence > 0.45, 0.3, 'vertebrae and discs are seen too faintly'],
    [sacBehind !== false, 0.35, 'the canal lies in front of the vertebrae'],
    [!sacrumOnTop, 0.35, 'the sacrum lies above the vertebrae'],
    [sacBehind !== null || s.sacrumFrom !== null, 0.2, 'neither canal nor sacrum was found'],
  ];
  let score = 1;
  const why: string[] = [];
  for (const [fine, cost, text] of checks) {
    if (fine) continue;
    score -= cost;
    why.push(text);
  }
  return {
    score: Math.max(0, score),
    confidence,
    bodyHeightMm: typical,
    bodyDepthMm: median(depths),
    sacBehind,
    sacrumOnTop,
    why: why.join('; '),
  };
}
