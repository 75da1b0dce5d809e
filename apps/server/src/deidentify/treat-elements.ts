import {
  type DataSet,
  DICTIONARY,
  dataSet,
  type Element,
  element,
  isEncapsulated,
  type Tag,
} from '@foramen/dicom';
import { cleanDescription, treat } from './profile.ts';

/** How the elements of one copy are treated: the same UID and the same date come out alike wherever they stand. */
export interface Treating {
  readonly mapUid: (uid: string) => string;
  /** Moves `YYYYMMDD...` by whole days; undefined where dates are not kept. Gives '' for what is no date. */
  readonly moveDate: ((date: string) => string) | undefined;
  readonly cleanDescriptors: boolean;
}

/** The elements that stay of a data set, and what becomes of them; sequences item by item, however deep. */
export function* treated(set: DataSet, how: Treating): Generator<[Tag, Element]> {
  for (const [tag, item] of set) {
    const kept = treatedElement(tag, item, how);
    if (kept !== undefined) yield [tag, kept];
  }
}

function treatedElement(tag: Tag, item: Element, how: Treating): Element | undefined {
  const treatment = treat(tag, item.vr);
  switch (treatment.action) {
    case 'X':
      return undefined;
    case 'K':
      return keptElement(tag, item, how);
    case 'U':
      return isText(item) ? element(item.vr, item.value.map(how.mapUid)) : undefined;
    case 'Z':
    case 'D':
      return replaced(tag, item, treatment.action, how);
    case 'T': {
      const moved = movedDates(item, how.moveDate);
      return moved ?? replaced(tag, item, treatment.otherwise, how);
    }
    case 'C': {
      if (!how.cleanDescriptors || !isText(item)) return replaced(tag, item, treatment.otherwise, how);
      const words = item.value.map(cleanDescription).filter((word) => word !== '');
      return words.length > 0 ? element(item.vr, words) : replaced(tag, item, treatment.otherwise, how);
    }
  }
}

function keptElement(tag: Tag, item: Element, how: Treating): Element {
  if (item.vr === 'SQ') return { vr: 'SQ', value: item.value.map((inner) => new Map(treated(inner, how))) };
  return tag === PATIENT_AGE && isText(item) ? element(item.vr, item.value.map(cappedAge)) : item;
}

/** Whole days: the time of day stays, and with it every interval. Undefined where dates do not stay, or one of them is none. */
function movedDates(item: Element, move: Treating['moveDate']): Element | undefined {
  if (!isText(item) || move === undefined) return undefined;
  const dates =
    item.vr === 'TM' ? item.value.map((time) => (CLOCK.test(time) ? time : '')) : item.value.map(move);
  return dates.every((date, i) => date !== '' || item.value[i]!.trim() === '')
    ? element(item.vr, dates)
    : undefined;
}

const CLOCK = /^\d{2}:?(\d{2}:?(\d{2}(\.\d{1,6})?)?)?\s*$/;

/** Codes of these name a person or an institution: their items cannot be cleaned, only replaced. */
const PERSON_CODES = 0x00401101;

/** Nothing, an empty value, or a dummy; what was empty before stays so, for its type allowed it. */
function replaced(tag: Tag, item: Element, action: 'X' | 'Z' | 'D', how: Treating): Element | undefined {
  if (action === 'X') return undefined;
  if (action === 'Z' || isEmpty(item)) return element(item.vr, item.vr === 'SQ' ? [] : null);
  if (tag === PERSON_CODES) return element('SQ', [DUMMY_CODE]);
  // The table lists what is inside such a sequence too.
  if (item.vr === 'SQ') return keptElement(tag, item, how);
  if (isText(item))
    return element(
      item.vr,
      item.value.map(() => DUMMY_TEXT[item.vr] ?? DUMMY),
    );
  if (item.value instanceof Uint8Array) return element(item.vr, new Uint8Array(item.value.length));
  if (isEncapsulated(item.value)) return undefined;
  return element(
    item.vr,
    (item.value as readonly number[]).map(() => 0),
  );
}

/** What stands for a text that was taken out but may not be missing; no longer than any kind of text may be. */
export const DUMMY = 'ANONYMIZED';
const DUMMY_TEXT: Readonly<Partial<Record<Element['vr'], string>>> = {
  DA: '19000101',
  DT: '19000101000000',
  TM: '000000',
  AS: '000Y',
  DS: '0',
  IS: '0',
};
const DUMMY_CODE = dataSet({ CodeValue: DUMMY, CodingSchemeDesignator: '99ANON', CodeMeaning: DUMMY });

const PATIENT_AGE = DICTIONARY.PatientAge[0];

/** Few people are older than 89: their age would say who they are (45 CFR 164.514(b)(2)(i)(C)). */
export function cappedAge(age: string): string {
  const years = /^\s*(\d{3})Y\s*$/.exec(age);
  return years !== null && Number(years[1]) > 89 ? '090Y' : age;
}

function isEmpty({ value }: Element): boolean {
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0;
  return false;
}

function isText(item: Element): item is Extract<Element, { value: readonly string[] }> {
  return Array.isArray(item.value) && item.value.every((value) => typeof value === 'string');
}
