import { type DataSet, dataSet, SOP_CLASS, sha256OfText, uidFromSeed, writePart10 } from '@foramen/dicom';
import { ok, type Result, type SpineFindings } from '@foramen/spine';
import type { InputSeries } from '../volumes/series.ts';
import { dcm, sct } from './coded-concept.ts';
import { codeItem, container, imageItem, textItem, uidItem } from './content-item.ts';
import {
  commonModules,
  DEVICE_NAME,
  MANUFACTURER,
  merge,
  type ObjectStamp,
  placeOf,
  referencedInstances,
} from './object-source.ts';
import { measurementGroups } from './report-groups.ts';
import type { SegmentationObject } from './segmentation-object.ts';
import { LUMBAR_SPINE } from './structure-codes.ts';

export interface ReportObject {
  readonly bytes: Uint8Array;
  readonly sopInstanceUid: string;
}

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
  const device = [
    codeItem('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
    uidItem(
      'HAS OBS CONTEXT',
      dcm('121012', 'Device Observer UID'),
      uidFromSeed(`device ${stamp.deviceSerialNumber ?? 'SERIAL'}`),
    ),
    textItem('HAS OBS CONTEXT', dcm('121013', 'Device Observer Name'), DEVICE_NAME),
    textItem('HAS OBS CONTEXT', dcm('121014', 'Device Observer Manufacturer'), MANUFACTURER),
    textItem('HAS OBS CONTEXT', dcm('121015', 'Device Observer Model Name'), stamp.version),
  ];
  return ok(
    measurementReport(series, stamp, {
      key: `${sha256OfText(JSON.stringify(findings))}|${stamp.now}`,
      description: 'Foramen measurements',
      seriesNumber: 91,
      observer: device,
      groups: measurementGroups(findings, { series, segmentation }),
      segmentation,
    }),
  );
}

/** What one Imaging Measurement Report is made of, whoever measured. */
interface MeasurementReport {
  /** Tells reports of one study apart; the same key gives the same UIDs. */
  readonly key: string;
  readonly description: string;
  readonly seriesNumber: number;
  /** Who observed (TID 1001). */
  readonly observer: readonly DataSet[];
  readonly groups: readonly DataSet[];
  readonly segmentation?: SegmentationObject | undefined;
}

/** A TID 1500 document of these groups, with the images it rests on. */
export function measurementReport(
  series: readonly [InputSeries, ...InputSeries[]],
  stamp: ObjectStamp,
  report: MeasurementReport,
): ReportObject {
  const main = series[0];
  const place = placeOf(main);
  const seed = `${place.studyUid}|${report.key}`;
  const sopInstanceUid = uidFromSeed(`report ${seed}`);
  const content: DataSet[] = [
    codeItem('HAS CONCEPT MOD', dcm('121049', 'Language of Content Item and Descendants'), {
      value: 'en',
      scheme: 'RFC5646',
      meaning: 'English',
    }),
    ...report.observer,
    codeItem(
      'HAS CONCEPT MOD',
      dcm('121058', 'Procedure reported'),
      sct('113091000', 'Magnetic resonance imaging'),
    ),
    ...imageLibrary(series),
    container('CONTAINS', dcm('126010', 'Imaging Measurements'), report.groups),
  ];
  const set = merge(
    commonModules(main, stamp),
    container(null, dcm('126000', 'Imaging Measurement Report'), content, '1500'),
    dataSet({
      SOPClassUID: SOP_CLASS.comprehensiveSr,
      SOPInstanceUID: sopInstanceUid,
      Modality: 'SR',
      SeriesInstanceUID: uidFromSeed(`report series ${seed}`),
      SeriesNumber: (main.header.seriesNumber ?? 0) * 100 + report.seriesNumber,
      SeriesDescription: report.description,
      ReferencedPerformedProcedureStepSequence: [],
      InstanceNumber: 1,
      PerformedProcedureCodeSequence: [],
      CurrentRequestedProcedureEvidenceSequence: evidence(series, place.studyUid, report.segmentation),
      CompletionFlag: 'COMPLETE',
      VerificationFlag: 'UNVERIFIED',
      PreliminaryFlag: 'PRELIMINARY',
    }),
  );
  return { bytes: writePart10(set), sopInstanceUid };
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
