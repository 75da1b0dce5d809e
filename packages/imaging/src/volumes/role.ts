import type { SequenceRole } from '@foramen/spine';
import type { Contrast, Plane, SeriesHeader } from './series.ts';

export interface RoleInput {
  readonly plane: Plane;
  readonly header: SeriesHeader;
  readonly imageType: readonly string[];
  /** Description and protocol of the series, or the file name. */
  readonly words: string;
  readonly slices: number;
  readonly inPlaneMm: number;
  readonly stepMm: number;
  /** Other orientations in the same series: the mark of a localiser. */
  readonly orientations: number;
  readonly hasGeometry: boolean;
  /** Lowest value of a CT, Hounsfield units if it is one. */
  readonly lowest?: number;
}

interface RoleVerdict {
  readonly role: SequenceRole;
  readonly contrast: Contrast;
  readonly reason?: string;
  /** Header and numbers disagree. */
  readonly conflict?: string;
}

const LUMBAR = /LUMB|L[-_ ]?SPINE|LSP|LS[-_ ]?SPINE|\bLWS\b|LOMB|LENDEN|SACR|\bTL[-_ ]?SPINE|L[1-5][-_ ]?S1/;
const ELSEWHERE =
  /HEAD|BRAIN|SKULL|CRANI|NECK|C[-_ ]?SPINE|CERVI[CX]|\bHWS\b|\bT[-_ ]?SPINE|THORA[CX]|\bBWS\b|KNEE|SHOULDER|\bHIP\b|ANKLE|FOOT|HAND\b|WRIST|ELBOW|CHEST|LUNG|BREAST|HEART|CARDIAC|LIVER|PROSTATE|ORBIT|\bIAC\b|PITUIT|FEMUR|TIBIA|FINGER|\bTOE\b|JAW|\bTMJ\b/;
/** A CT is read where a header names the spine; most show something else. */
const CT_SPINE = new RegExp(`${LUMBAR.source}|\\bSPINE\\b|WIRBELS|RACHIS|COLUMNA`);
const LOCALISER = /\bLOC\b|LOCALI[SZ]|SCOUT|SURVEY|TOPOGRAM|THREE[-_ ]?PLANE|3[-_ ]?PL(ANE|N)?\b|\bAAH|PILOT/;

/** Fat lies near -100 Hounsfield units, and no body is without it. */
const LIGHTEST_TISSUE = -30;

/**
 * What a series is for, from its geometry and header. Words are believed unless the timings make them impossible;
 * what the header leaves open stays `unknown`, for the picture to judge.
 */
export function judgeRole(input: RoleInput): RoleVerdict {
  const words = clean(input.words);
  const body = clean(input.header.bodyPart ?? '');
  const study = clean(input.header.studyDescription ?? '');
  const { modality } = input.header;
  const weighting = contrastOf(input, words);
  const { contrast } = weighting;
  let { conflict } = weighting;
  const made = (role: SequenceRole, reason?: string): RoleVerdict => ({
    role,
    contrast,
    ...(reason ? { reason } : {}),
    ...(conflict ? { conflict } : {}),
  });
  if (
    modality !== undefined &&
    modality !== 'MR' &&
    !(modality === 'CT' && CT_SPINE.test(`${body} ${words} ${study}`))
  )
    return made('not-lumbar', `modality is ${modality}, not MR`);
  if (modality === 'CT' && input.lowest !== undefined && input.lowest > LIGHTEST_TISSUE)
    return made(
      'not-lumbar',
      'modality is CT, but no value is that of air or fat: these are no Hounsfield units',
    );
  const lumbarSaid = [body, words, study].some((field) => LUMBAR.test(field));
  // A file name is no header: it may hint at a weighting, never refuse a picture.
  const hasHeader = modality !== undefined;
  if (hasHeader && !lumbarSaid) {
    const field = [body, words, study].find((text) => ELSEWHERE.test(text));
    if (field) return made('not-lumbar', `the header says ${ELSEWHERE.exec(field)![0].trim()}`);
  }
  if (
    input.imageType.some((term) => term.includes('PROJECTION') || term === 'MIP' || term === 'SCREEN SAVE')
  ) {
    return made('unknown', 'a projection or screen capture, not an acquired picture');
  }
  if (input.imageType.includes('LOCALIZER') || (hasHeader && LOCALISER.test(words))) {
    if (!isFineStack(input)) return made('localiser', 'a localiser');
    conflict ??= `the header calls it a localiser, but it has ${input.slices} fine slices`;
  }
  if (input.orientations > 2 && input.slices <= 7 && input.inPlaneMm > 0.9)
    return made('localiser', 'a few coarse slices in several planes');
  if (!input.hasGeometry) return made('unknown', 'position and orientation are not stated');
  if (input.plane === 'sagittal') return made(sagittalRole(contrast));
  if (input.plane === 'axial') {
    if (contrast === 'ct')
      return made(
        'unknown',
        `axial CT slices ${input.stepMm.toFixed(1)} mm apart, too far for a sagittal picture`,
      );
    if (contrast === 't1') return made('axial-T1');
    if (contrast === 't2' || contrast === 't2-fat-suppressed' || contrast === 'stir') return made('axial-T2');
    if (contrast === 'water' || contrast === 'fat') return made('axial-water-fat');
    return made('unknown', 'an axial series of unknown weighting');
  }
  return made('unknown', `a ${input.plane} series`);
}

/** More slices, finer and closer than a localiser has them. */
function isFineStack({ slices, inPlaneMm, stepMm, hasGeometry }: RoleInput): boolean {
  return hasGeometry && slices >= 9 && inPlaneMm <= 1 && stepMm <= 6;
}

function sagittalRole(contrast: Contrast): SequenceRole {
  switch (contrast) {
    case 't1':
      return 'sagittal-T1';
    case 't2':
      return 'sagittal-T2';
    case 'stir':
    case 't2-fat-suppressed':
      return 'sagittal-STIR';
    case 'water':
    case 'fat':
      return 'sagittal-water-fat';
    default:
      return 'sagittal-unknown';
  }
}

function clean(text: string): string {
  return text.toUpperCase().replace(/[_.,;:()/\\]+/g, ' ');
}

function contrastOf(
  input: RoleInput,
  words: string,
): { readonly contrast: Contrast; readonly conflict?: string } {
  if (input.header.modality === 'CT') return { contrast: 'ct' };
  const type = input.imageType.join(' ');
  if (/\bWATER\b|\bW\b/.test(type) || /\bWATER\b|(DIXON|IDEAL|FLEX|VIBE).* W\b/.test(words))
    return { contrast: 'water' };
  if (/\bFAT\b|\bF\b/.test(type) || /\bFAT ONLY\b|(DIXON|IDEAL|FLEX|VIBE).* (F|FAT)\b/.test(words))
    return { contrast: 'fat' };
  const said = contrastOfWords(words);
  const timed = contrastOfTimes(input.header);
  if (said === 'unknown') return { contrast: timed };
  const echo = input.header.echoTime;
  if (said === 't1' && echo !== undefined && echo > 50) {
    return { contrast: 'unknown', conflict: `the description says T1 but the echo time is ${echo} ms` };
  }
  if (
    said === 't2' &&
    echo !== undefined &&
    echo > 0 &&
    echo < 20 &&
    (input.header.repetitionTime ?? 9999) < 1000 &&
    !/GRE|\bFFE|MERGE|MEDIC|\bFE\b|FIESTA|CISS|TRUFI|BFFE/.test(words)
  ) {
    return { contrast: 'unknown', conflict: `the description says T2 but the echo time is ${echo} ms` };
  }
  return { contrast: said };
}

function contrastOfWords(words: string): Contrast {
  const suppressed = /\bFS\b|FATSAT|FAT[ -]?SAT|SPAIR|SPIR\b|\bFATSUP/.test(words);
  if (/STIR|TIRM|\bTRIM\b/.test(words)) return 'stir';
  if (/T2/.test(words)) return suppressed ? 't2-fat-suppressed' : 't2';
  if (/T1/.test(words)) return 't1';
  if (/\bPD\b|PROTON/.test(words)) return 'pd';
  if (/\bSPACE\b|CISS|FIESTA|\bVISTA\b|MYELO/.test(words)) return 't2';
  return 'unknown';
}

/** Spin-echo timings: short TR and TE T1, long TE T2; a short inversion time nulls fat, a long one makes T1. */
function contrastOfTimes(header: SeriesHeader): Contrast {
  const { echoTime: te, repetitionTime: tr, inversionTime: ti } = header;
  if (te === undefined || tr === undefined) return 'unknown';
  if (ti !== undefined && ti > 80 && ti < 260 && tr > 1200) return 'stir';
  if (ti !== undefined && ti > 500 && te < 50) return 't1';
  if (tr < 1300 && tr > 200 && te < 40) return 't1';
  if (te >= 60 && tr > 1200) return 't2';
  if (tr > 1500 && te < 50) return 'pd';
  return 'unknown';
}

/** Axial CT slices farther apart, or fewer, give no sagittal picture to count levels on. */
const MOST_CT_STEP_MM = 3.2;
const LEAST_CT_LENGTH_MM = 80;

/** Whether axial CT slices are read as the sagittal picture they make together. */
export function readsAsSagittal(slices: number, stepMm: number): boolean {
  return stepMm <= MOST_CT_STEP_MM && slices * stepMm >= LEAST_CT_LENGTH_MM;
}
