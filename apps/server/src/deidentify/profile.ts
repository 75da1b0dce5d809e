import { implicitVr } from '@foramen/dicom';
import { type ActionCode, CONFIDENTIALITY_TABLE } from './confidentiality-table.ts';

/**
 * What is done to an element. X remove, Z empty, D replace by a dummy, U map the UID, K keep (of a sequence: its items, treated alike),
 * T move the date (else as `otherwise` says), C keep the harmless words (else as `otherwise` says).
 */
export type Treatment =
  | { readonly action: 'X' | 'Z' | 'D' | 'U' | 'K' }
  | { readonly action: 'T' | 'C'; readonly otherwise: 'X' | 'Z' | 'D' };

const lines = (text: string): ReadonlySet<number> =>
  new Set(
    text
      .trim()
      .split(/\s+/)
      .map((tag) => Number.parseInt(tag, 16)),
  );

/**
 * Removed though the table leaves them: kind and issuer of the patient's number, admissions, specimens' slides, the maker of an overlay, and what is
 * encrypted (the original identity, E.1.1).
 */
const ALSO_REMOVED = lines(
  '00100022 00100024 00203404 00380016 00380018 0040061a 04000500 04000510 04000520',
);
/** Sex and age: retain patient characteristics option (E.3.6). */
const CHARACTERISTICS = lines('00100040 00101010');
/** Typed text that says what was scanned or marked; cleaned word by word with the option (E.3.5), else as the table says, or a dummy. */
const DESCRIPTORS = lines(
  '00081030 0008103e 00180010 0018101a 00181030 00204000 00321060 00400007 00400254 0040a492 00620005 00700081',
);
/**
 * Types of PS3.3 for the codes that leave a choice. Type 3 wherever an image or a report holds them (General Series C.7.3.1, General Equipment
 * C.7.5.1, SOP Common C.12.1): removed. Type 2 in some of them: emptied. Others are type 1 in enhanced objects: a dummy.
 */
const TYPE_3 = lines('00080012 00080013 00080021 00080031 00080082 00081072');
const TYPE_2 = lines('00080080 00081010 00081070');

function chosen(tag: number, code: ActionCode): 'X' | 'Z' | 'D' | 'U' | 'K' {
  switch (code) {
    case 'X/Z/U*':
      return 'K';
    case 'X/Z':
      return 'Z';
    case 'X/D':
    case 'Z/D':
    case 'X/Z/D':
      return TYPE_3.has(tag) ? 'X' : TYPE_2.has(tag) ? 'Z' : 'D';
    default:
      return code;
  }
}

const DATES = new Set(['DA', 'DT', 'TM']);
const TEXTS = new Set(['LO', 'SH', 'LT', 'ST', 'UT', 'UC', 'PN', 'AE', 'UR']);
/** Codes with more than 16 characters stand in elements of their own (PS3.3, 8.1). */
const LONG_CODES = lines('00080119 00080120');

/**
 * What happens to an element. Private elements, curves and overlays go; what the table lists follows it. What it does not list stays, as it says: codes,
 * measures, pixels, sequences with their items. But who writes what the standard does not know, or in another kind than its own, may write anything: that goes,
 * and so do addresses and unknown bytes; names get a dummy, free text keeps harmless words, dates move, UIDs are mapped.
 */
export function treat(tag: number, vr: string): Treatment {
  const group = tag >>> 16;
  if (group % 2 === 1 || (tag & 0xffff) === 0) return { action: 'X' };
  // Curves and overlays may show the patient's name.
  if ((group >= 0x5000 && group <= 0x50ff) || (group >= 0x6000 && group <= 0x60ff)) return { action: 'X' };
  if (ALSO_REMOVED.has(tag)) return { action: 'X' };
  if (CHARACTERISTICS.has(tag)) return { action: vr === implicitVr(tag, false) ? 'K' : 'X' };
  const code = CONFIDENTIALITY_TABLE.get(tag);
  if (code !== undefined) {
    const action = chosen(tag, code);
    if (action === 'K') return { action: vr === 'SQ' ? 'K' : 'X' };
    if (action === 'U') return { action };
    if (DESCRIPTORS.has(tag)) return { action: 'C', otherwise: action };
    // Dates of the person and of visits go with any option; those of the picture keep their distance.
    const dated = DATES.has(vr) && action !== 'X' && group !== 0x0010;
    return dated || TYPE_3_DATES.has(tag) ? { action: 'T', otherwise: action } : { action };
  }
  return unlisted(tag, vr);
}

const TYPE_3_DATES = lines('00080012 00080013 00080021 00080031');

function unlisted(tag: number, vr: string): Treatment {
  const group = tag >>> 16;
  if (DESCRIPTORS.has(tag)) return { action: 'C', otherwise: 'D' };
  const own = implicitVr(tag, false);
  if (own === 'UN' || vr === 'UN' || (TEXTS.has(vr) && vr !== own)) return { action: 'X' };
  if (DATES.has(vr)) return { action: 'T', otherwise: 'D' };
  switch (vr) {
    case 'UI':
      return { action: 'U' };
    case 'PN':
      return { action: 'D' };
    case 'LT':
    case 'ST':
    case 'UT':
      return { action: 'C', otherwise: 'D' };
    case 'AE':
      return { action: 'X' };
    case 'UR':
    case 'UC':
      return { action: LONG_CODES.has(tag) ? 'K' : 'X' };
    case 'OB':
      // Pixels are judged as a whole before this; colour profiles and tables belong to them.
      return { action: group === 0x7fe0 || group === 0x0028 || group === 0x0066 ? 'K' : 'X' };
    default:
      return { action: 'K' };
  }
}

/** Words of a description that say nothing about anybody: planes, weightings, anatomy, techniques, in several languages. */
const WORDS = new Set(
  `t1 t2 pd stir tirm flair dwi adc dixon water fat fs fatsat sat sag sagittal tra trans transversal ax axial cor coronal obl oblique tse fse se ge gre
   tfe spair spir space vista cube 2d 3d iso loc localizer localiser scout survey plan lumbar lumbal lumbale lws hws bws spine l-spine lspine ls sacrum sacral sacral si si-joint
   wirbelsaule wirbelsäule lendenwirbelsäule rachis lombaire columna colonna lombare wervelkolom mr mri mrt irm rm nativ native without with contrast km gd plain post pre
   w wo and of the for high res hires low left right li re lks rts body whole full upper lower mid slice slices mm cm ms te tr fov dyn b b0 b800 mip mpr recon reformat seg labels phantom sample
   vertebra vertebrae disc discs disk canal spinal segment`.split(/\s+/),
);

/** Keeps the words of the list, level names and small numbers; the rest of a description is left out. */
export function cleanDescription(text: string): string {
  return text
    .split(/[\s_/,;:+()[\]]+/)
    .filter(
      (word) =>
        WORDS.has(word.toLowerCase()) ||
        /^[TLS]\d{1,2}(-[TLS]?\d{1,2})?$/i.test(word) ||
        /^\d{1,3}$/.test(word),
    )
    .join(' ');
}
