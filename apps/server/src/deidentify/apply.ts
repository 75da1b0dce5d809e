import { createHmac } from 'node:crypto';
import {
  type DataSet,
  DICTIONARY,
  dataSet,
  type Element,
  element,
  SOP_CLASS,
  type Tag,
  text,
  texts,
  uidFromSeed,
} from '@foramen/dicom';
import { fail, ok, type Result } from '@foramen/spine';
import { problem } from '../problem-error.ts';
import { cleanDescription, treat } from './profile.ts';

export interface DeidentifyOptions {
  /** Keep the harmless words of descriptions (else descriptions go altogether). */
  readonly cleanDescriptors: boolean;
  /** Keep dates, all of one patient shifted by the same number of days (else dates go). */
  readonly shiftDates: boolean;
}

/** Secret of one site: the same person and the same UID always become the same pseudonym, and nobody else can tell which. */
type PseudonymKey = Uint8Array;

const keyed = (key: PseudonymKey, purpose: string, value: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}\0${value}`).digest();

export function pseudonym(key: PseudonymKey, patientId: string): string {
  return `F${keyed(key, 'patient', patientId).toString('hex').slice(0, 12).toUpperCase()}`;
}

/** 1 to 1826 days (five years) into the past. */
export function shiftDays(key: PseudonymKey, patientId: string): number {
  return -(1 + (keyed(key, 'days', patientId).readUInt32BE() % 1826));
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
  '1.2.840.10008.5.1.4.1.1.88.',
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
    return 'objects of this kind may show a name in their pixels or text';
  }
  const type = texts(set, 'ImageType').map((part) => part.trim().toUpperCase());
  return type.includes('SCREEN SAVE') || type.includes('SCREENSAVE')
    ? 'the object is a picture of a screen'
    : undefined;
}

/** A copy of the data set without what identifies; refused where the pixels themselves may. */
export function deidentify(set: DataSet, key: PseudonymKey, options: DeidentifyOptions): Result<DataSet> {
  const risk = burnedInRisk(set);
  if (risk !== undefined) {
    return fail(
      problem('unsupported', 'pixels', risk, 'leave this object out, or have its pixels checked and marked'),
    );
  }
  const patientId = text(set, 'PatientID')?.trim() || `unknown ${text(set, 'StudyInstanceUID') ?? ''}`;
  const alias = pseudonym(key, patientId);
  const days = shiftDays(key, patientId);
  const out = new Map(treated(set, key, options, days));
  const put = (entries: Parameters<typeof dataSet>[0]): void => {
    for (const [tag, item] of dataSet(entries)) out.set(tag, item);
  };
  put({
    PatientName: alias,
    PatientID: alias,
    PatientBirthDate: null,
    PatientIdentityRemoved: 'YES',
    DeidentificationMethod: 'Foramen, DICOM PS3.15 Annex E basic profile',
    DeidentificationMethodCodeSequence: methodCodes(options),
    BurnedInAnnotation: 'NO',
    ...(options.shiftDates
      ? { LongitudinalTemporalInformationModified: 'MODIFIED' }
      : { LongitudinalTemporalInformationModified: 'REMOVED', StudyDate: null, StudyTime: null }),
    ReferringPhysicianName: null,
    AccessionNumber: null,
    StudyID: null,
  });
  return ok(out);
}

function methodCodes(options: DeidentifyOptions): readonly DataSet[] {
  const codes: [string, string][] = [
    ['113100', 'Basic Application Confidentiality Profile'],
    ['113101', 'Clean Pixel Data Option'],
    ['113108', 'Retain Patient Characteristics Option'],
  ];
  if (options.cleanDescriptors) codes.push(['113105', 'Clean Descriptors Option']);
  if (options.shiftDates)
    codes.push(['113107', 'Retain Longitudinal Temporal Information Modified Dates Option']);
  return codes.map(([value, meaning]) =>
    dataSet({ CodeValue: value, CodingSchemeDesignator: 'DCM', CodeMeaning: meaning }),
  );
}

function* treated(
  set: DataSet,
  key: PseudonymKey,
  options: DeidentifyOptions,
  days: number,
): Generator<[Tag, Element]> {
  for (const [tag, item] of set) {
    switch (treat(tag as number, item.vr)) {
      case 'X':
      case 'Z':
      case 'D':
        break;
      case 'K':
        yield [
          tag,
          item.vr === 'SQ'
            ? { vr: 'SQ', value: item.value.map((inner) => new Map(treated(inner, key, options, days))) }
            : tag === PATIENT_AGE && isText(item)
              ? element(item.vr, item.value.map(cappedAge))
              : item,
        ];
        break;
      case 'U':
        if (isText(item))
          yield [
            tag,
            element(
              item.vr,
              item.value.map((uid) => mapUid(key, uid)),
            ),
          ];
        break;
      case 'T':
        if (isText(item) && options.shiftDates) {
          // Whole days: the time of day stays, and with it every interval.
          const dates = item.vr === 'TM' ? item.value : item.value.map((date) => shiftDate(date, days));
          if (dates.every((date) => date !== '')) yield [tag, element(item.vr, dates)];
        }
        break;
      case 'C':
        if (isText(item) && options.cleanDescriptors) {
          const words = item.value.map(cleanDescription).filter((word) => word !== '');
          if (words.length > 0) yield [tag, element(item.vr, words)];
        }
        break;
    }
  }
}

const PATIENT_AGE = DICTIONARY.PatientAge[0];

/** Few people are older than 89: their age would say who they are (45 CFR 164.514(b)(2)(i)(C)). */
export function cappedAge(age: string): string {
  const years = /^\s*(\d{3})Y\s*$/.exec(age);
  return years !== null && Number(years[1]) > 89 ? '090Y' : age;
}

function isText(item: Element): item is Extract<Element, { value: readonly string[] }> {
  return Array.isArray(item.value) && item.value.every((value) => typeof value === 'string');
}
