import {
  type DataSet,
  dataSet,
  type Element,
  element,
  items,
  SOP_CLASS,
  type Tag,
  text,
} from '@foramen/dicom';
import { describe, expect, it } from 'vitest';
import { deidentify, mapUid, shiftDate, shiftDays } from './apply.ts';
import { CONFIDENTIALITY_TABLE } from './confidentiality-table.ts';
import { DUMMY } from './treat-elements.ts';

const KEY = Buffer.alloc(32, 7);
const KEPT = { cleanDescriptors: true, shiftDates: true } as const;
const BARE = { cleanDescriptors: false, shiftDates: false } as const;
const COMMON = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.4.1',
  SOPInstanceUID: '1.2.3.1',
  StudyInstanceUID: '1.2.3',
  SeriesInstanceUID: '1.2.3.2',
  PatientID: '4711',
} as const;

function copied(more: DataSet, options: { cleanDescriptors: boolean; shiftDates: boolean } = BARE): DataSet {
  const result = deidentify(new Map([...dataSet(COMMON), ...more]), KEY, options);
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value;
}
const code = (meaning: string): DataSet =>
  dataSet({ CodeValue: '51299004', CodingSchemeDesignator: 'SCT', CodeMeaning: meaning });
const at = (set: DataSet, tag: number): Element | undefined => set.get(tag as Tag);

describe('an object that was valid', () => {
  it('keeps its codes, wherever they stand', () => {
    const anatomy = { AnatomicRegionSequence: [code('Lumbar spine')] };
    const copy = copied(
      dataSet({
        ...anatomy,
        SharedFunctionalGroupsSequence: [dataSet({ FrameAnatomySequence: [dataSet(anatomy)] })],
      }),
    );
    const frame = items(items(copy, 'SharedFunctionalGroupsSequence')[0]!, 'FrameAnatomySequence')[0]!;
    for (const set of [copy, frame]) {
      const [region] = items(set, 'AnatomicRegionSequence');
      expect([
        text(region!, 'CodeValue'),
        text(region!, 'CodingSchemeDesignator'),
        text(region!, 'CodeMeaning'),
      ]).toEqual(['51299004', 'SCT', 'Lumbar spine']);
    }
  });

  it('has a dummy for what may not be missing, nothing for what may be empty, and is empty where it was', () => {
    const set = new Map(
      dataSet({ DeviceSerialNumber: 'SECRET', StationName: 'SECRET', ContentDate: '20260301' }),
    );
    set.set(0x00189074 as Tag, element('DT', '20260301101500'));
    set.set(0x00700084 as Tag, element('PN', 'Doctor^A'));
    set.set(0x00081072 as Tag, element('SQ', [code('Doctor A')]));
    set.set(0x00180010 as Tag, element('LO', null));
    const copy = copied(set);
    expect(text(copy, 'DeviceSerialNumber')).toBe(DUMMY);
    expect(text(copy, 'ContentDate')).toBe('19000101');
    expect(at(copy, 0x00189074)?.value).toEqual(['19000101000000']);
    expect(at(copy, 0x00700084)?.value).toEqual([DUMMY]);
    expect(text(copy, 'StationName')).toBeUndefined();
    expect(copy.has(0x00081072 as Tag)).toBe(false);
    expect(at(copy, 0x00180010)?.value).toEqual([]);
  });

  it('loses what is private, encrypted, a group length, unknown, or written in another kind than its own', () => {
    const set = new Map<Tag, Element>();
    const gone: [number, Parameters<typeof element>][] = [
      [0x00091010, ['LO', 'SECRET']],
      [0x00080000, ['UL', 4711]],
      [0x04000500, ['SQ', [code('SECRET')]]],
      [0x00189999, ['LO', 'SECRET']],
      [0x00180081, ['LT', 'SECRET']],
      [0x00180087, ['UN', new Uint8Array(4)]],
      [0x0008114a, ['UN', new Uint8Array(4)]],
    ];
    for (const [tag, made] of gone) set.set(tag as Tag, element(...made));
    const copy = copied(new Map([...set, ...dataSet({ AnatomicRegionSequence: [set] })]));
    for (const where of [copy, items(copy, 'AnatomicRegionSequence')[0]!])
      for (const [tag] of gone) expect(where.has(tag as Tag), tag.toString(16)).toBe(false);
  });

  it('lets nothing through that the table lists, whatever it holds', () => {
    const set = new Map<Tag, Element>();
    for (const tag of CONFIDENTIALITY_TABLE.keys())
      if (tag >= 0x00080000 && tag !== 0x00420011) set.set(tag as Tag, element('LO', 'Geheim'));
    for (const options of [BARE, KEPT])
      for (const [tag, item] of copied(set, options))
        expect(JSON.stringify(item.value), tag.toString(16)).not.toContain('Geheim');
  });

  it('is refused as a document, whose text nobody can clean', () => {
    const made = deidentify(
      new Map([
        ...dataSet({ ...COMMON, BurnedInAnnotation: 'NO' }),
        [0x00420011, element('OB', new Uint8Array(2))],
      ]),
      KEY,
      KEPT,
    );
    expect(made.ok).toBe(false);
  });
});

describe('a structured report', () => {
  const item = (type: string, more: Parameters<typeof dataSet>[0]): DataSet =>
    dataSet({
      RelationshipType: 'CONTAINS',
      ValueType: type,
      ConceptNameCodeSequence: [code('Concept')],
      ...more,
    });
  const report = new Map([
    ...dataSet({
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.33',
      ContentSequence: [
        item('TEXT', { TextValue: 'Frau Geheim: L4-L5 disc' }),
        item('PNAME', { PersonName: 'Geheim^Eva' }),
        item('UIDREF', { UID: '1.2.3.9' }),
        item('CODE', { ConceptCodeSequence: [code('Finding')] }),
        item('CONTAINER', {
          ContentSequence: [
            item('IMAGE', {
              ReferencedSOPSequence: [
                dataSet({ ReferencedSOPClassUID: SOP_CLASS.mr, ReferencedSOPInstanceUID: '1.2.3.1' }),
              ],
            }),
          ],
        }),
      ],
    }),
  ]);

  it('keeps its structure, its codes and its references; names and typed text do not stay', () => {
    const copy = copied(report, KEPT);
    const [typed, named, uid, coded, container] = items(copy, 'ContentSequence');
    expect(text(typed!, 'TextValue')).toBe('L4-L5 disc');
    expect(text(named!, 'PersonName')).toBe(DUMMY);
    expect(text(uid!, 'UID')).toBe(mapUid(KEY, '1.2.3.9'));
    expect(text(items(coded!, 'ConceptCodeSequence')[0]!, 'CodeMeaning')).toBe('Finding');
    const [image] = items(container!, 'ContentSequence');
    expect(text(items(image!, 'ReferencedSOPSequence')[0]!, 'ReferencedSOPInstanceUID')).toBe(
      text(copy, 'SOPInstanceUID'),
    );
    expect(items(copy, 'DeidentificationMethodCodeSequence').map((one) => text(one, 'CodeValue'))).toContain(
      '113104',
    );
    expect(text(items(copied(report), 'ContentSequence')[0]!, 'TextValue')).toBe(DUMMY);
  });

  it('has its dates moved as those of the pictures are, the birth date excepted', () => {
    const dated = new Map([...report, ...dataSet({ PatientBirthDate: '19800101', ContentDate: '20260301' })]);
    dated.set(0x0040a032 as Tag, element('DT', '20260301101500'));
    const copy = copied(dated, KEPT);
    const moved = shiftDate('20260301', shiftDays(KEY, '4711'));
    expect(text(copy, 'ContentDate')).toBe(moved);
    expect(at(copy, 0x0040a032)?.value).toEqual([`${moved}101500`]);
    expect(text(copy, 'PatientBirthDate')).toBeUndefined();
  });
});
