/**
 * The basic application level confidentiality profile (DICOM PS3.15, Annex E, table E.1-1), as tags and actions. Lumbar MR needs
 * little of what the standard knows, so what is not listed is not simply kept: `treat` below also decides by value representation.
 *
 * X remove, Z empty, D replace by a dummy, U map the UID, C clean the text, T shift the date.
 */
export type Treatment = 'X' | 'Z' | 'D' | 'U' | 'C' | 'T' | 'K';

const lines = (text: string): readonly number[] =>
  text
    .trim()
    .split(/\s+/)
    .map((tag) => Number.parseInt(tag, 16));

/** Removed: persons, places, institutions, orders, devices' serial numbers, comments, other identifiers. */
const REMOVE = lines(`
  00000600 00001000 00080015 00080024 00080025 00080034 00080035 00080054 00080081 00080082 00080092 00080094
  00080096 00081000 00081010 00081040 00081041 00081048 00081049 00081050 00081052 00081060 00081062 00081070 00081072 00081080 00081084
  00081110 00081111 00081120 00081195 00082111 00082112 00084000 00080201
  00100021 00100022 00100024 00100032 00100050 00100101 00100102 00101000 00101001 00101002 00101005 00101010 00101020 00101030 00101040
  00101050 00101060 00101080 00101081 00101090 00101100 00102000 00102110 00102150 00102152 00102154 00102155 00102160 00102180 00102190
  001021a0 001021b0 001021c0 001021d0 001021f0 00102203 00102297 00102299 00104000
  00120010 00120020 00120021 00120030 00120031 00120040 00120042 00120050 00120051 00120060 00120071 00120072 00120081 00120082
  00180010 00181000 00181002 00181004 00181005 00181007 00181008 00181009 0018100a 0018100b 00181012 00181014 00181018 00181030 00181042 00181078 00181079 00181200 00181201
  00181202 00181400 0018700a 0018700c 0018700e 00189074 00189151 00189367 00189369 0018936a 0018936b 0018a002 0018a003
  00200010 00203401 00203404 00203406 00204000 00209158
  00280303 00284000
  00320012 00321000 00321001 00321010 00321020 00321021 00321030 00321032 00321033 00321040 00321050 00321060 00321066 00321067 00321070 00324000
  00380004 00380010 00380011 00380014 00380016 00380018 0038001a 0038001c 0038001e 00380020 00380021 00380040 00380050 00380060 00380061 00380062
  00380300 00380400 00380500 00384000
  00400001 00400002 00400003 00400004 00400005 00400006 00400007 0040000b 00400009 00400010 00400011 00400012 00400241 00400242 00400243 00400244 00400245
  00400248 00400250 00400251 00400253 00400254 00400260 00400275 00400280 00400310 0040050a 0040051a 00400555 00400600 00400602 00400610 0040061a
  00401001 00401002 00401004 00401005 0040100a 00401010 00401011 00401101 00401102 00401103 00401104 00401400 00402001 00402004 00402005
  00402008 00402009 00402010 00402011 00402016 00402017 00402400 00403001 00404005 00404008 00404010 00404011 00404023 00404025 00404027
  00404028 00404030 00404034 00404035 00404036 00404037 00404050 00404051 00404052 0040a023 0040a024 0040a027 0040a030 0040a032 0040a033 0040a034 0040a035 0040a073 0040a075 0040a078 0040a07a
  0040a07c 0040a082 0040a088 0040a110 0040a120 0040a121 0040a122 0040a123 0040a124 0040a192 0040a193 0040a307 0040a352 0040a353 0040a354 0040a358 0040a402 0040a730
  00500020 00700001 00700084 00700086 00880140 00880200 00880904 00880906 00880910 00880912 04000100 04000310 04000402 04000403 04000404 04000500 04000510 04000520 04000550 04000551 04000561 04000562 04000563 04000564 04000565
  20300020 21000040 21000070 21000140 22000005 30060008 30060009 300600a6 300600b6 30060008 300a0006 300a0007 300a000e 300a0013 300a0016 300c0113 300e0004 300e0005 300e0008
  40000010 40004000 40080042 40080102 4008010a 4008010b 4008010c 40080111 40080114 40080115 40080118 40080119 4008011a 40080202 40080300 40084000
  fffafffa fffcfffc
`);
/** Type 2: must stay, may be empty. */
const EMPTY = lines('00080050 00080090 00200010 00100030 00100010 00104001 00080023 00081032');
/** Kept: what the picture is and how it was made; sex; nothing here names anybody. */
const KEEP = lines(`
  00080005 00080008 00080016 00080060 00080061 00080064 00080068 00080070 00081090 00081140 00082112 00082218 00100040
  00180015 00180020 00180021 00180022 00180023 00180024 00180025 00180050 00180080 00180081 00180082 00180083 00180084 00180085 00180086 00180087 00180088 00180089 00180091 00180093 00180094 00180095
  00181020 00181050 00181060 00181081 00181082 00181083 00181090 00181100 00181250 00181251 00181310 00181312 00181314 00181316 00181318 00185100
  00200011 00200012 00200013 00200032 00200037 00200060 00200100 00200105 00201002 00201040 00201041
  00280030 00281050 00281051 00281052 00281053 00281054 00281055 00280301
`);
/** Free text that says what was scanned; cleaned word by word with the option, else removed. */
const DESCRIPTORS = lines(
  '00081030 0008103e 00181030 00180010 00321060 00400254 00400007 00204000 0018101a 00189005 00180024',
);

const TABLE: ReadonlyMap<number, Treatment> = new Map([
  ...REMOVE.map((tag) => [tag, 'X'] as const),
  ...EMPTY.map((tag) => [tag, 'Z'] as const),
  ...KEEP.map((tag) => [tag, 'K'] as const),
  ...DESCRIPTORS.map((tag) => [tag, 'C'] as const),
  [0x00100010, 'D'],
  [0x00100020, 'D'],
  [0x00100030, 'X'],
  [0x00101010, 'K'],
]);

/** Texts that may hold anything a person typed. */
const FREE_TEXT = new Set(['LT', 'ST', 'UT', 'UC', 'UR', 'PN', 'AE', 'UN', 'OB']);
const SHORT_TEXT = new Set(['LO', 'SH']);

/**
 * What happens to an element. Listed elements follow the list. Everything else is judged by what it can hold: private elements,
 * overlays, curves, names, free text and unknown bytes go; dates are shifted; UIDs are mapped; short text goes unless listed; codes and
 * numbers stay.
 */
export function treat(tag: number, vr: string): Treatment {
  const group = tag >>> 16;
  if (group % 2 === 1) return 'X';
  // Curves and overlays may show the patient's name.
  if ((group >= 0x5000 && group <= 0x501e) || (group >= 0x6000 && group <= 0x601e)) return 'X';
  const listed = TABLE.get(tag);
  if (listed !== undefined) return listed;
  // Pixels are judged as a whole before this.
  if (group === 0x7fe0) return 'K';
  if (vr === 'DA' || vr === 'DT' || vr === 'TM') return 'T';
  if (vr === 'UI') return 'U';
  if (FREE_TEXT.has(vr)) return 'X';
  if (SHORT_TEXT.has(vr)) return 'X';
  return 'K';
}

/** Words of a description that say nothing about anybody: planes, weightings, anatomy, techniques, in several languages. */
const WORDS = new Set(
  `t1 t2 pd stir tirm flair dwi adc dixon water fat fs fatsat sat sag sagittal tra trans transversal ax axial cor coronal obl oblique tse fse se ge gre
   tfe spair spir space vista cube 2d 3d iso loc localizer localiser scout survey plan lumbar lumbal lumbale lws hws bws spine l-spine lspine ls sacrum sacral sacral si si-joint
   wirbelsaule wirbelsäule lendenwirbelsäule rachis lombaire columna colonna lombare wervelkolom mr mri mrt irm rm nativ native without with contrast km gd plain post pre
   w wo and of the for high res hires low left right li re lks rts body whole full upper lower mid slice slices mm cm ms te tr fov dyn b b0 b800 mip mpr recon reformat seg labels phantom sample`.split(
    /\s+/,
  ),
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
