import { createHmac } from 'node:crypto';
import { type DataSet, dataSet, SOP_CLASS, text, texts, uidFromSeed } from '@foramen/dicom';
import { fail, ok, type Result } from '@foramen/spine';
import { problem } from '../problem-error.ts';
import { TABLE_EDITION } from './confidentiality-table.ts';
import { type Treating, treated } from './treat-elements.ts';

export interface DeidentifyOptions {
  /** Keep the harmless words of descriptions (else descriptions go altogether). */
  readonly cleanDescriptors: boolean;
  /** Keep dates, all of one patient shifted by the same number of days (else dates go). */
  readonly shiftDates: boolean;
}

/** Secret of one site: the same person and the same UID always become the same pseudonym, and nobody else can tell which. */
export type PseudonymKey = Uint8Array;

const keyed = (key: PseudonymKey, purpose: string, value: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0${value}`).digest();

export function pseudonym(key: PseudonymKey, patientId: string): string {
  return `F${keyed(key, 'patient', patientId).toString('hex').slice(0, 12).toUpperCase()}`;
}

/** 1 to 1826 days (five years) into the past. */
export function shiftDays(key: PseudonymKey, patientId: string): number {
  return -(1 + (keyed(key, 'days', patientId).readUInt32BE() % 1826));
}

/** A key for the UIDs of one kind of copy: copies by other options hold other objects, which must not go by the same UIDs. */
export function uidKeyOf(key: PseudonymKey, kind: string): PseudonymKey {
  return keyed(key, 'copy', kind);
}

/** Well-known UIDs (SOP classes, syntaxes) mean the same everywhere; instance UIDs are mapped. */
export function mapUid(key: PseudonymKey, uid: string): string {
  return uid.startsWith('1.2.840.10008.') || uid === ''
    ? uid
    : uidFromSeed(keyed(key, 'uid', uid).toString('hex'));
}

/** `YYYYMMDD...` moved by whole days; anything else is not a date and gives nothing. */
export function shiftDate(value: string, days: number): string {
  const found = /^(\d{4})(\d{2})(\d{2})(.*)$/.exec(value.trim());
  if (found === null) return '';
  const time = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) + days * 86_400_000;
  return Number.isFinite(time)
    ? `${new Date(time).toISOString().slice(0, 10).replaceAll('-', '')}${found[4]}`
    : '';
}

/** Objects whose pixels are pictures of screens, papers or the patient: text in them cannot be found by reading elements. */
const PICTURED = [
  SOP_CLASS.secondaryCapture,
  SOP_CLASS.encapsulatedPdf,
  '1.2.840.10008.5.1.4.1.1.6.',
  '1.2.840.10008.5.1.4.1.1.3.',
  '1.2.840.10008.5.1.4.1.1.7',
  '1.2.840.10008.5.1.4.1.1.77.',
  '1.2.840.10008.5.1.4.1.1.104.',
];

/** Why these pixels may show who it is; undefined when they do not. */
export function burnedInRisk(set: DataSet): string | undefined {
  if (text(set, 'BurnedInAnnotation')?.trim().toUpperCase() === 'YES')
    return 'the object says that text is burned into its pixels';
  const sopClass = text(set, 'SOPClassUID') ?? '';
  if (
    PICTURED.some((prefix) => sopClass.startsWith(prefix)) &&
    text(set, 'BurnedInAnnotation')?.trim().toUpperCase() !== 'NO'
  ) {
    return 'objects of this kind may show a name in their pixels';
  }
  const type = texts(set, 'ImageType').map((part) => part.trim().toUpperCase());
  return type.includes('SCREEN SAVE') || type.includes('SCREENSAVE')
    ? 'the object is a picture of a screen'
    : undefined;
}

/** What of a copy is not said by its options. */
interface Person {
  /** Whose studies belong together; else the object's PatientID tells. */
  readonly person?: string;
  /** Of `uidKeyOf`; else the site's own. */
  readonly uidKey?: PseudonymKey;
}

/** A copy of the data set without what identifies; refused where pixels or documents themselves may. */
export function deidentify(
  set: DataSet,
  key: PseudonymKey,
  options: DeidentifyOptions,
  { person, uidKey = key }: Person = {},
): Result<DataSet> {
  const risk = set.has(ENCAPSULATED_DOCUMENT)
    ? 'the object is a document, whose text cannot be cleaned'
    : burnedInRisk(set);
  if (risk !== undefined) {
    return fail(
      problem('unsupported', 'pixels', risk, 'leave this object out, or have its pixels checked and marked'),
    );
  }
  const patientId =
    person ?? (text(set, 'PatientID')?.trim() || `unknown ${text(set, 'StudyInstanceUID') ?? ''}`);
  const alias = pseudonym(key, patientId);
  const days = shiftDays(key, patientId);
  const how: Treating = {
    mapUid: (uid) => mapUid(uidKey, uid),
    moveDate: options.shiftDates ? (date) => shiftDate(date, days) : undefined,
    cleanDescriptors: options.cleanDescriptors,
  };
  const out = new Map(treated(set, how));
  const put = (entries: Parameters<typeof dataSet>[0]): void => {
    for (const [tag, item] of dataSet(entries)) out.set(tag, item);
  };
  put({
    PatientName: alias,
    PatientID: alias,
    PatientBirthDate: null,
    PatientIdentityRemoved: 'YES',
    DeidentificationMethod: `Foramen, ${TABLE_EDITION}`,
    DeidentificationMethodCodeSequence: methodCodes(options, set.has(CONTENT)),
    ...(set.has(PIXELS) ? { BurnedInAnnotation: 'NO' } : {}),
    ...(options.shiftDates
      ? { LongitudinalTemporalInformationModified: 'MODIFIED' }
      : { LongitudinalTemporalInformationModified: 'REMOVED', StudyDate: null, StudyTime: null }),
    ReferringPhysicianName: null,
    AccessionNumber: null,
    StudyID: null,
  });
  return ok(out);
}

const ENCAPSULATED_DOCUMENT = 0x00420011;
const PIXELS = 0x7fe00010;
const CONTENT = 0x0040a730;

function methodCodes(options: DeidentifyOptions, structured: boolean): readonly DataSet[] {
  const codes: [string, string][] = [
    ['113100', 'Basic Application Confidentiality Profile'],
    ['113101', 'Clean Pixel Data Option'],
    ['113108', 'Retain Patient Characteristics Option'],
  ];
  if (structured) codes.push(['113104', 'Clean Structured Content Option']);
  if (options.cleanDescriptors) codes.push(['113105', 'Clean Descriptors Option']);
  if (options.shiftDates)
    codes.push(['113107', 'Retain Longitudinal Temporal Information Modified Dates Option']);
  return codes.map(([value, meaning]) =>
    dataSet({ CodeValue: value, CodingSchemeDesignator: 'DCM', CodeMeaning: meaning }),
  );
}
