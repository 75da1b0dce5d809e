import { type DataSet, dataSet, SOP_CLASS, sha256OfText, uidFromSeed, writePart10 } from '@foramen/dicom';
import {
  DISC_LABEL,
  type Graded,
  isGrade,
  isPresence,
  type LevelFindings,
  type LevelMeasures,
  ok,
  type Result,
  type Side,
  type SpineFindings,
} from '@foramen/spine';
import type { InputSeries } from '../volumes/series.ts';
import { sourceSliceOf } from '../volumes/series.ts';
import { dcm, own, sct } from './coded-concept.ts';
import { codeItem, container, imageItem, numberItem, textItem, uidItem } from './content-item.ts';
import {
  LATERALITY,
  MEASURE_CODE,
  PRESENCE_CODE,
  SCALE_CODE,
  type ScaleCode,
  SIDE_CODE,
  UNIT,
} from './finding-codes.ts';
import {
  commonModules,
  DEVICE_NAME,
  MANUFACTURER,
  merge,
  type ObjectStamp,
  placeOf,
  referencedInstances,
} from './object-source.ts';
import type { SegmentationObject } from './segmentation-object.ts';
import { DISC_CODE, LUMBAR_SPINE } from './structure-codes.ts';

export interface ReportObject {
  readonly bytes: Uint8Array;
  readonly sopInstanceUid: string;
}

const SITE = sct('363698007', 'Finding Site');
const FINDING = dcm('121071', 'Finding');

/**
 * Findings as an Imaging Measurement Report (PS3.16 TID 1500): one measurement group a level, pointing at the level's
 * segment where a segmentation was written (TID 1411), else at the picture it was read from (TID 1501). Every measure has
 * a UCUM unit; every grade its most probable value and the probability of each. An abstention is a comment with its
 * reason, never a missing line.
 * @param series every series findings were read from, the one the segmentation was made on first
 */
export function writeReport(
  findings: SpineFindings,
  series: readonly [InputSeries, ...InputSeries[]],
  stamp: ObjectStamp,
  segmentation?: SegmentationObject,
): Result<ReportObject> {
  const main = series[0];
  const place = placeOf(main);
  const seed = `${place.studyUid}|${sha256OfText(JSON.stringify(findings))}|${stamp.now}`;
  const sopInstanceUid = uidFromSeed(`report ${seed}`);
  const groups = findings.levels.map((level) =>
    levelGroup(level, main, place.seriesUid, place.studyUid, segmentation),
  );
  const whole = spineGroup(findings, place.studyUid);
  const content: DataSet[] = [
    codeItem('HAS CONCEPT MOD', dcm('121049', 'Language of Content Item and Descendants'), {
      value: 'en',
      scheme: 'RFC5646',
      meaning: 'English',
    }),
    codeItem('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
    uidItem(
      'HAS OBS CONTEXT',
      dcm('121012', 'Device Observer UID'),
      uidFromSeed(`device ${stamp.deviceSerialNumber ?? 'SERIAL'}`),
    ),
    textItem('HAS OBS CONTEXT', dcm('121013', 'Device Observer Name'), DEVICE_NAME),
    textItem('HAS OBS CONTEXT', dcm('121014', 'Device Observer Manufacturer'), MANUFACTURER),
    textItem('HAS OBS CONTEXT', dcm('121015', 'Device Observer Model Name'), stamp.version),
    codeItem(
      'HAS CONCEPT MOD',
      dcm('121058', 'Procedure reported'),
      sct('113091000', 'Magnetic resonance imaging'),
    ),
    ...imageLibrary(series),
    container('CONTAINS', dcm('126010', 'Imaging Measurements'), [...groups, ...(whole ? [whole] : [])]),
  ];
  const root = container(null, dcm('126000', 'Imaging Measurement Report'), content, '1500');
  const set = merge(
    commonModules(main, stamp),
    root,
    dataSet({
      SOPClassUID: SOP_CLASS.comprehensiveSr,
      SOPInstanceUID: sopInstanceUid,
      Modality: 'SR',
      SeriesInstanceUID: uidFromSeed(`report series ${seed}`),
      SeriesNumber: (main.header.seriesNumber ?? 0) * 100 + 91,
      SeriesDescription: 'Foramen measurements',
      ReferencedPerformedProcedureStepSequence: [],
      InstanceNumber: 1,
      PerformedProcedureCodeSequence: [],
      CurrentRequestedProcedureEvidenceSequence: evidence(series, place.studyUid, segmentation),
      CompletionFlag: 'COMPLETE',
      VerificationFlag: 'UNVERIFIED',
      PreliminaryFlag: 'PRELIMINARY',
    }),
  );
  return ok({ bytes: writePart10(set), sopInstanceUid });
}

function evidence(
  series: readonly InputSeries[],
  studyUid: string,
  segmentation: SegmentationObject | undefined,
): DataSet | undefined {
  const lists = series.flatMap((one) => {
    const instances = referencedInstances(one.source.slices);
    return instances.length > 0
      ? [dataSet({ SeriesInstanceUID: placeOf(one).seriesUid, ReferencedSOPSequence: instances })]
      : [];
  });
  if (segmentation) {
    lists.push(
      dataSet({
        SeriesInstanceUID: segmentation.seriesUid,
        ReferencedSOPSequence: dataSet({
          ReferencedSOPClassUID: SOP_CLASS.segmentation,
          ReferencedSOPInstanceUID: segmentation.sopInstanceUid,
        }),
      }),
    );
  }
  return lists.length > 0
    ? dataSet({ StudyInstanceUID: studyUid, ReferencedSeriesSequence: lists })
    : undefined;
}

/** TID 1600, one group a series. */
function imageLibrary(series: readonly InputSeries[]): readonly DataSet[] {
  const groups = series.flatMap((one) => {
    const images = one.source.slices.filter(
      (slice) => slice.acquired && slice.sopInstanceUid && slice.sopClassUid,
    );
    if (images.length === 0) return [];
    return [
      container('CONTAINS', dcm('126200', 'Image Library Group'), [
        codeItem('HAS ACQ CONTEXT', dcm('121139', 'Modality'), dcm('MR', 'Magnetic Resonance')),
        codeItem('HAS ACQ CONTEXT', dcm('123014', 'Target Region'), LUMBAR_SPINE),
        ...images.map((slice) =>
          imageItem('CONTAINS', null, {
            sopClassUid: slice.sopClassUid!,
            sopInstanceUid: slice.sopInstanceUid!,
            ...(slice.frame === undefined ? {} : { frame: slice.frame }),
          }),
        ),
      ]),
    ];
  });
  return groups.length > 0 ? [container('CONTAINS', dcm('111028', 'Image Library'), groups)] : [];
}

function levelGroup(
  level: LevelFindings,
  series: InputSeries,
  seriesUid: string,
  studyUid: string,
  segmentation: SegmentationObject | undefined,
): DataSet {
  const disc = DISC_CODE[level.level];
  const segment = segmentation?.segmentOfLabel.get(DISC_LABEL[level.level]);
  const content: DataSet[] = [
    textItem('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), `${level.level} disc`),
    // One disc keeps its UID within a study, whichever series or version of the model it is read from.
    uidItem(
      'HAS OBS CONTEXT',
      dcm('112040', 'Tracking Unique Identifier'),
      uidFromSeed(`${studyUid}|${level.level}`),
    ),
    codeItem('CONTAINS', FINDING, sct('360499006', 'Intervertebral disc')),
  ];
  if (segmentation && segment !== undefined) {
    content.push(
      imageItem('CONTAINS', dcm('121191', 'Referenced Segment'), {
        sopClassUid: SOP_CLASS.segmentation,
        sopInstanceUid: segmentation.sopInstanceUid,
        segment,
      }),
      uidItem('CONTAINS', dcm('121232', 'Source series for segmentation'), seriesUid),
    );
  } else {
    const slice = sourceSliceOf(series, level.because.slice);
    if (slice?.acquired && slice.sopInstanceUid && slice.sopClassUid) {
      content.push(
        imageItem('CONTAINS', dcm('121112', 'Source of Measurement'), {
          sopClassUid: slice.sopClassUid,
          sopInstanceUid: slice.sopInstanceUid,
          ...(slice.frame === undefined ? {} : { frame: slice.frame }),
        }),
      );
    }
  }
  content.push(
    codeItem('HAS CONCEPT MOD', SITE, disc),
    ...measureItems(level.measures),
    numberItem(own('p-level-name', 'Probability that the level is named right'), level.confidence, UNIT.one),
    ...gradeItems(level),
  );
  if (level.abstained !== undefined) content.push(comment(`Not graded: ${level.abstained}`));
  return container(
    'CONTAINS',
    dcm('125007', 'Measurement Group'),
    content,
    segment === undefined ? '1501' : '1411',
  );
}

function comment(value: string): DataSet {
  return textItem('CONTAINS', dcm('121106', 'Comment'), value);
}

function sideModifier(side: Side): DataSet {
  return codeItem('HAS CONCEPT MOD', LATERALITY, SIDE_CODE[side]);
}

function measureItems(measures: LevelMeasures): readonly DataSet[] {
  return (Object.keys(MEASURE_CODE) as (keyof LevelMeasures)[]).flatMap((key) => {
    const value: number | Readonly<Partial<Record<Side, number>>> | undefined = measures[key];
    const { concept, unit } = MEASURE_CODE[key];
    if (value === undefined) return [];
    if (typeof value === 'number') return Number.isFinite(value) ? [numberItem(concept, value, unit)] : [];
    return (['left', 'right'] as const).flatMap((side) => {
      const one = value[side];
      return one !== undefined && Number.isFinite(one)
        ? [numberItem(concept, one, unit, [sideModifier(side)])]
        : [];
    });
  });
}

function gradeItems(level: LevelFindings): readonly DataSet[] {
  const out: DataSet[] = [];
  const add = (scale: ScaleCode, value: Graded | undefined, side?: Side): void => {
    if (value === undefined) return;
    const place = side ? ` (${side})` : '';
    if (!isGrade(value)) {
      out.push(comment(`${scale.concept.meaning}${place} not graded: ${value.abstained}`));
      return;
    }
    const modifiers = side ? [sideModifier(side)] : [];
    const name = scale.grades[value.grade - scale.first] ?? `${scale.concept.meaning} ${value.grade}`;
    out.push(codeItem('CONTAINS', scale.concept, own(`${scale.short}-${value.grade}`, name), modifiers));
    for (const [n, p] of value.p.entries()) {
      const grade = scale.grades[n];
      if (grade === undefined) continue;
      const concept = own(`p-${scale.short}-${n + scale.first}`, `Probability of ${grade}`);
      out.push(numberItem(concept, p, UNIT.one, modifiers));
    }
  };
  add(SCALE_CODE.pfirrmann, level.pfirrmann);
  add(SCALE_CODE.modic, level.modic);
  add(SCALE_CODE.meyerding, level.meyerding);
  add(SCALE_CODE.schizas, level.schizas);
  add(SCALE_CODE.leeCentral, level.leeCentral);
  add(SCALE_CODE.msuSize, level.msuSize);
  for (const side of ['left', 'right'] as const) {
    add(SCALE_CODE.leeForaminal, level.leeForaminal?.[side], side);
    add(SCALE_CODE.lateralRecess, level.lateralRecess?.[side], side);
  }
  for (const key of Object.keys(PRESENCE_CODE) as (keyof typeof PRESENCE_CODE)[]) {
    const value = level[key];
    if (value === undefined) continue;
    const concept = PRESENCE_CODE[key];
    out.push(
      isPresence(value)
        ? numberItem(concept, value.p, UNIT.one)
        : comment(`${concept.meaning} not judged: ${value.abstained}`),
    );
  }
  if (level.herniationType !== undefined && level.herniationType !== 'unknown') {
    out.push(
      codeItem(
        'CONTAINS',
        own('herniation-type', 'Type of disc displacement (NASS 2.0)'),
        own(level.herniationType, level.herniationType),
      ),
    );
  }
  if (level.herniationZone !== undefined && level.herniationZone !== 'unknown') {
    out.push(
      codeItem(
        'CONTAINS',
        own('herniation-zone', 'Axial zone of herniation (NASS 2.0)'),
        own(`z-${level.herniationZone}`, level.herniationZone),
      ),
    );
  }
  return out;
}

/** Angles and limits of the whole lumbar spine. */
function spineGroup(findings: SpineFindings, studyUid: string): DataSet | null {
  const content: DataSet[] = [];
  if (findings.lordosisL1S1Deg !== undefined) {
    content.push(
      numberItem(own('lordosis', 'Lumbar lordosis L1 to S1'), findings.lordosisL1S1Deg, UNIT.degree),
    );
  }
  if (findings.sacralSlopeDeg !== undefined) {
    content.push(numberItem(own('sacral-slope', 'Sacral slope'), findings.sacralSlopeDeg, UNIT.degree));
  }
  content.push(...findings.limits.map(comment));
  if (content.length === 0) return null;
  return container(
    'CONTAINS',
    dcm('125007', 'Measurement Group'),
    [
      textItem('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), 'Lumbar spine'),
      uidItem(
        'HAS OBS CONTEXT',
        dcm('112040', 'Tracking Unique Identifier'),
        uidFromSeed(`${studyUid}|spine`),
      ),
      codeItem('CONTAINS', FINDING, LUMBAR_SPINE),
      codeItem('HAS CONCEPT MOD', SITE, LUMBAR_SPINE),
      ...content,
    ],
    '1501',
  );
}
