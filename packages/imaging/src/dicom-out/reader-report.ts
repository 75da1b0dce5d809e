import { type DataSet, dataSet, sha256OfText, uidFromSeed } from '@foramen/dicom';
import {
  type CrestReference,
  fail,
  invertAffine,
  type MarkDrawing,
  markValue,
  ok,
  type ReaderMark,
  type Result,
  voxelToLps,
} from '@foramen/spine';
import { crestHeight } from '../corridors/iliac-crest.ts';
import { type InputSeries, sourceSliceOf } from '../volumes/series.ts';
import { type Concept, conceptItem, dcm, own, sct } from './coded-concept.ts';
import {
  codeItem,
  container,
  imageItem,
  numberItem,
  type Relation,
  textItem,
  uidItem,
} from './content-item.ts';
import { UNIT } from './finding-codes.ts';
import { type ObjectStamp, placeOf } from './object-source.ts';
import { measurementReport, type ReportObject } from './report-object.ts';
import { DISC_CODE, LUMBAR_SPINE } from './structure-codes.ts';

/**
 * What readers measured as an Imaging Measurement Report (TID 1500): one group a mark (TID 1501), with its value, its author and moment, and its
 * outline in pixels of the image it was drawn on (SCOORD). Marks that were taken away are not in it.
 *
 * @param crest the disc against which the height of an iliac crest is read, where the study has one
 * @returns a Problem when nothing is left to report or no mark lies on a stored image of `series`
 */
export function writeReaderReport(
  marks: readonly ReaderMark[],
  series: readonly [InputSeries, ...InputSeries[]],
  stamp: ObjectStamp,
  crest: CrestReference | null,
): Result<ReportObject> {
  const kept = marks.filter((mark) => !mark.removed);
  const groups = kept.flatMap((mark) => markGroup(mark, series, crest));
  if (groups.length === 0)
    return fail({
      code: 'missing',
      severity: 'error',
      where: 'marks',
      what: kept.length === 0 ? 'no reader has measured anything' : 'no measure lies on a stored DICOM image',
      help: 'draw a length, an angle or an area on a DICOM series',
    });
  const authors = [...new Set(kept.map((mark) => mark.author))];
  return ok(
    measurementReport(series, stamp, {
      key: `reader|${sha256OfText(JSON.stringify(kept))}|${stamp.now}`,
      description: 'Measurements of readers',
      seriesNumber: 92,
      observer: authors.flatMap(person),
      groups,
    }),
  );
}

function person(name: string): readonly DataSet[] {
  return [
    codeItem('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121006', 'Person')),
    dataSet({
      RelationshipType: 'HAS OBS CONTEXT',
      ValueType: 'PNAME',
      ConceptNameCodeSequence: conceptItem(dcm('121008', 'Person Observer Name')),
      // A display name, not a name in its five parts; carets and equals signs would be taken for them.
      PersonName: name.replace(/[\^=\\]/g, ' ').slice(0, 64),
    }),
  ];
}

const CONCEPT: Readonly<Record<MarkDrawing['kind'], Concept>> = {
  length: sct('410668003', 'Length'),
  angle: own('angle-lines', 'Angle between two lines'),
  area: sct('42798000', 'Area'),
  crest: own('crest-height', 'Height of iliac crest over the disc'),
};
const UNIT_OF = { mm: UNIT.mm, mm2: UNIT.mm2, deg: UNIT.degree } as const;

function markGroup(
  mark: ReaderMark,
  all: readonly InputSeries[],
  crest: CrestReference | null,
): readonly DataSet[] {
  const { drawing } = mark;
  const made = all.filter(
    (one) => one.id === drawing.seriesUid || one.reading.seriesUid === drawing.seriesUid,
  );
  const series = made.find((one) => holds(one, drawing)) ?? made[0];
  const value = measured(drawing, crest);
  const outline = series && coordinates(drawing, series, value === null ? 'CONTAINS' : 'INFERRED FROM');
  if (!series || !outline) return [];
  const name = `Mark ${mark.id}`;
  return [
    container(
      'CONTAINS',
      dcm('125007', 'Measurement Group'),
      [
        textItem('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), name.slice(0, 64)),
        uidItem(
          'HAS OBS CONTEXT',
          dcm('112040', 'Tracking Unique Identifier'),
          uidFromSeed(`${placeOf(series).studyUid}|${name}`),
        ),
        ...person(mark.author),
        codeItem(
          'HAS CONCEPT MOD',
          sct('363698007', 'Finding Site'),
          drawing.level === null ? LUMBAR_SPINE : DISC_CODE[drawing.level],
        ),
        ...(value === null
          ? [outline]
          : [numberItem(CONCEPT[drawing.kind], value.value, value.unit, [outline])]),
        ...(value?.note === undefined ? [] : [comment(value.note)]),
        ...(drawing.note === '' ? [] : [comment(drawing.note)]),
        comment(
          `Drawn ${mark.drawnAt} on ${drawing.title}, revision ${mark.revision} by ${mark.author} ${mark.at}`,
        ),
      ],
      '1501',
    ),
  ];
}

/** Whether a drawing lies on its slice of this stack: a series of several stacks carries one UID. */
function holds(series: InputSeries, { lps, slice }: MarkDrawing): boolean {
  const [first] = lps ?? [];
  if (first === undefined) return false;
  const at = voxelToLps(invertAffine(series.volume.ijkToLps), ...first);
  return Math.abs(at[2] - slice) < 0.5;
}

function measured(
  drawing: MarkDrawing,
  crest: CrestReference | null,
): { readonly value: number; readonly unit: Concept; readonly note?: string } | null {
  const found = markValue(drawing);
  if (found !== null) return { value: found.value, unit: UNIT_OF[found.unit] };
  const at = drawing.lps?.[0];
  if (crest === null || at === undefined) return null;
  const read = crestHeight(crest, at);
  return {
    value: read.aboveDiscMm,
    unit: UNIT.mm,
    note: `Top of the iliac crest ${read.at}, ${read.uncertaintyMm.toFixed(1)} mm to either side (95 %)`,
  };
}

/** The drawing in pixels of its source image (0.5, 0.5 is the centre of the first); undefined where no stored image shows the slice. */
function coordinates(drawing: MarkDrawing, series: InputSeries, relation: Relation): DataSet | undefined {
  const slice = sourceSliceOf(series, drawing.slice);
  if (!slice?.acquired || !slice.sopInstanceUid || !slice.sopClassUid) return undefined;
  const pixels = drawing.points.map((p) => {
    const out = [0, 0];
    series.axes.slice(0, 2).forEach(({ axis, flip }, n) => {
      const v = p[n] ?? 0;
      out[axis] = flip ? series.source.size[axis] - v : v;
    });
    return out;
  });
  const closed = drawing.kind === 'area' ? [...pixels, pixels[0] ?? [0, 0]] : pixels;
  return dataSet({
    RelationshipType: relation,
    ValueType: 'SCOORD',
    GraphicData: closed.flat(),
    GraphicType: drawing.kind === 'crest' ? 'POINT' : 'POLYLINE',
    ContentSequence: imageItem('SELECTED FROM', null, {
      sopClassUid: slice.sopClassUid,
      sopInstanceUid: slice.sopInstanceUid,
      ...(slice.frame === undefined ? {} : { frame: slice.frame }),
    }),
  });
}

function comment(value: string): DataSet {
  return textItem('CONTAINS', dcm('121106', 'Comment'), value);
}
