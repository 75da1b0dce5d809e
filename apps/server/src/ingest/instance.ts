import { type DataSet, isUid, number, readDicom, text } from '@foramen/dicom';
import { fail, ok, type Result } from '@foramen/spine';
import { toDicomJson } from '../dicomweb/json.ts';
import { problem } from '../problem-error.ts';
import { displayNameOf, personNameOf } from '../records/person-name.ts';

/** What is entered in the database of one DICOM object. */
export interface InstanceFacts {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly patientId: string | null;
  /** As a page shows it. */
  readonly patientName: string;
  /** As DICOM writes it, with all its groups. */
  readonly personName: string | null;
  /** Who issued the PatientID. */
  readonly issuer: string | null;
  readonly birthDate: string | null;
  readonly sex: 'female' | 'male' | 'unknown';
  readonly sexCode: 'M' | 'F' | 'O' | null;
  readonly studyDate: string | null;
  /** `HHMMSS`, and a fraction where there is one. */
  readonly studyTime: string | null;
  /** Study ID: the department's own number. */
  readonly studyLabel: string | null;
  /** As DICOM writes names. */
  readonly referringPhysician: string | null;
  readonly studyDescription: string | null;
  readonly accessionNumber: string | null;
  readonly seriesNumber: number | null;
  readonly seriesDescription: string | null;
  readonly modality: string | null;
  readonly bodyPart: string | null;
  readonly instanceNumber: number | null;
  /** Objects of the whole study, where the sender says how many there are (0020,1208). */
  readonly studyObjects: number | null;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly frames: number;
  /** DICOM JSON of the data set, as text. */
  readonly metadata: string;
}

/** This much of an object's beginning almost always holds everything but the pixels. */
export const HEAD_BYTES = 32 << 10;
const PIXEL_DATA = '7FE00010';

/** The first bytes of an object, gathered from pieces. */
export class HeadBytes {
  readonly #buffer = Buffer.allocUnsafe(HEAD_BYTES);
  #filled = 0;

  /** Answers whether the head is complete. */
  add(bytes: Uint8Array): boolean {
    const take = Math.min(bytes.length, HEAD_BYTES - this.#filled);
    if (take > 0) this.#buffer.set(bytes.subarray(0, take), this.#filled);
    this.#filled += take;
    return this.#filled === HEAD_BYTES;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#filled);
  }
}

/**
 * Reads a DICOM object's facts from its first bytes. `whole` says that there are no more; else a data set that is cut is as
 * expected, but its identity must have been seen.
 */
export function readInstance(head: Uint8Array, whole: boolean, name: string): Result<InstanceFacts> {
  const read = readDicom(head, { name });
  if (!read.ok) return read;
  const { set, transferSyntax, truncated } = read.value;
  if (truncated && whole)
    return fail(problem('truncated', name, 'the file ends inside an element', 'send it again'));
  const uids = {
    studyUid: uid(set, 'StudyInstanceUID'),
    seriesUid: uid(set, 'SeriesInstanceUID'),
    sopUid: uid(set, 'SOPInstanceUID'),
  };
  const sopClass = uid(set, 'SOPClassUID');
  if (uids.studyUid === null || uids.seriesUid === null || uids.sopUid === null || sopClass === null) {
    return fail(
      problem(
        'missing',
        name,
        'has no valid study, series or object identifier',
        'send it as the scanner or archive exports it',
      ),
    );
  }
  const { studyUid, seriesUid, sopUid } = uids;
  const bulk = (path: string): string =>
    `/dicomweb/studies/${studyUid}/series/${seriesUid}/instances/${sopUid}/bulk/${path}`;
  const personName = personNameOf(text(set, 'PatientName'));
  const given = text(set, 'PatientSex')?.replace(/\0/g, '').trim();
  const sexCode = given === 'M' || given === 'F' || given === 'O' ? given : null;
  const json: Record<string, unknown> = { ...toDicomJson(set, bulk) };
  // The pixels lie behind what was read here.
  if (truncated && json[PIXEL_DATA] === undefined && number(set, 'Rows') !== undefined) {
    json[PIXEL_DATA] = { vr: 'OW', BulkDataURI: bulk(PIXEL_DATA) };
  }
  return ok({
    studyUid,
    seriesUid,
    sopUid,
    sopClass,
    transferSyntax,
    patientId: short(text(set, 'PatientID')),
    patientName: displayNameOf(personName),
    personName,
    issuer: short(text(set, 'IssuerOfPatientID')),
    birthDate: isoDate(text(set, 'PatientBirthDate')),
    sex: sexCode === 'M' ? 'male' : sexCode === 'F' ? 'female' : 'unknown',
    sexCode,
    studyDate: isoDate(text(set, 'StudyDate')),
    studyTime: fullTime(text(set, 'StudyTime')),
    studyLabel: short(text(set, 'StudyID')),
    referringPhysician:
      personNameOf(text(set, 'ReferringPhysicianName'))?.split('=')[0]?.slice(0, 200) || null,
    studyDescription: short(text(set, 'StudyDescription')),
    accessionNumber: short(text(set, 'AccessionNumber')),
    seriesNumber: whole32(number(set, 'SeriesNumber')),
    seriesDescription: short(text(set, 'SeriesDescription')),
    modality: short(text(set, 'Modality')),
    bodyPart: short(text(set, 'BodyPartExamined')),
    instanceNumber: whole32(number(set, 'InstanceNumber')),
    studyObjects: whole32(number(set, 'NumberOfStudyRelatedInstances')),
    rows: whole32(number(set, 'Rows')),
    columns: whole32(number(set, 'Columns')),
    frames: Math.max(1, whole32(number(set, 'NumberOfFrames')) ?? 1),
    metadata: JSON.stringify(json).replaceAll('\\u0000', ''),
  });
}

function uid(
  set: DataSet,
  name: 'StudyInstanceUID' | 'SeriesInstanceUID' | 'SOPInstanceUID' | 'SOPClassUID',
): string | null {
  const value = text(set, name);
  return value !== undefined && isUid(value) ? value : null;
}

function short(value: string | undefined): string | null {
  const text = value?.replace(/\0/g, '').trim();
  return text === undefined || text === '' ? null : text.slice(0, 200);
}

function whole32(value: number | undefined): number | null {
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : null;
}

/** `YYYYMMDD` (or the retired `YYYY.MM.DD`) that is a day of the calendar. */
export function isoDate(value: string | undefined): string | null {
  const found = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(value?.trim() ?? '');
  if (found === null) return null;
  const iso = `${found[1]}-${found[2]}-${found[3]}`;
  const date = new Date(`${iso}T00:00:00Z`);
  // The calendar of the database has no year 0.
  return found[1] !== '0000' && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
    ? iso
    : null;
}

/** `HHMMSS` with its fraction, of a time that may be given to the hour or minute only (or in the retired form, `HH:MM:SS`). */
function fullTime(value: string | undefined): string | null {
  const found = /^([01]\d|2[0-3])(?::?([0-5]\d)(?::?([0-5]\d)(\.\d{1,6})?)?)?$/.exec(
    value?.replace(/\0/g, '').trim() ?? '',
  );
  return found === null ? null : `${found[1]}${found[2] ?? '00'}${found[3] ?? '00'}${found[4] ?? ''}`;
}
