import { type DataSet, SOP_CLASS, uidFromSeed } from '@foramen/dicom';
import {
  DISC_LABEL,
  fragmentText,
  type Graded,
  type GradeVector,
  type ImageEvidence,
  isGrade,
  isKnown,
  isPresence,
  type LevelFindings,
  type LevelMeasures,
  type MeasureDetail,
  type PossibleFragment,
  readGrade,
  type Side,
  type SpineFindings,
  VERTEBRA_LABEL,
  type VertebraFindings,
} from '@foramen/spine';
import { type InputSeries, sourceSliceOf } from '../volumes/series.ts';
import { type Concept, dcm, own, sct } from './coded-concept.ts';
import { contactItems } from './contact-items.ts';
import { codeItem, container, imageItem, numberItem, textItem, uidItem } from './content-item.ts';
import {
  COLUMN_MEASURE_CODE,
  FRAGMENT_CODE,
  LATERALITY,
  MEASURE_CODE,
  PRESENCE_CODE,
  SCALE_CODE,
  type ScaleCode,
  SIDE_CODE,
  UNIT,
  VERTEBRA_MEASURE_CODE,
} from './finding-codes.ts';
import { placeOf } from './object-source.ts';
import type { SegmentationObject } from './segmentation-object.ts';
import { ANY_DISC, ANY_VERTEBRA, DISC_CODE, LUMBAR_SPINE, VERTEBRA_CODE } from './structure-codes.ts';

const SITE = sct('363698007', 'Finding Site');
const FINDING = dcm('121071', 'Finding');

/** What groups point at: the series that were read, the one segmented first, and the segmentation if one was written. */
interface GroupSources {
  readonly series: readonly [InputSeries, ...InputSeries[]];
  readonly segmentation: SegmentationObject | undefined;
}

/** One measurement group a level, one a measured vertebra, one a possible fragment of disc, and one for the spine as a whole. */
export function measurementGroups(findings: SpineFindings, sources: GroupSources): readonly DataSet[] {
  return [
    ...findings.levels.map((level) => levelGroup(level, sources, isNamed(findings))),
    ...findings.vertebrae.flatMap((vertebra) => vertebraGroup(vertebra, sources, isNamed(findings))),
    ...(findings.possibleFragments ?? []).map((fragment) => fragmentGroup(fragment, sources)),
    ...spineGroup(findings, sources),
  ];
}

const isNamed = ({ enumeration }: SpineFindings): boolean => enumeration.unnamed === undefined;

interface GroupHead {
  readonly name: string;
  readonly finding: Concept;
  readonly site: Concept;
  readonly label?: number | undefined;
  readonly because?: ImageEvidence;
}

/**
 * A group with its tracking identity, what it is about, and where it was read: the segment (TID 1411) where there is one,
 * else the source image (TID 1501). One structure keeps its tracking UID within a study, whichever series or model it is
 * read from.
 */
function group(head: GroupHead, sources: GroupSources, content: readonly DataSet[]): DataSet {
  const { series, segmentation } = sources;
  const { studyUid, seriesUid } = placeOf(series[0]);
  const segment = head.label === undefined ? undefined : segmentation?.segmentOfLabel.get(head.label);
  const where =
    segmentation && segment !== undefined
      ? [
          imageItem('CONTAINS', dcm('121191', 'Referenced Segment'), {
            sopClassUid: SOP_CLASS.segmentation,
            sopInstanceUid: segmentation.sopInstanceUid,
            segment,
          }),
          uidItem('CONTAINS', dcm('121232', 'Source series for segmentation'), seriesUid),
        ]
      : sourceImage(head.because, series);
  return container(
    'CONTAINS',
    dcm('125007', 'Measurement Group'),
    [
      textItem('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), head.name),
      uidItem(
        'HAS OBS CONTEXT',
        dcm('112040', 'Tracking Unique Identifier'),
        uidFromSeed(`${studyUid}|${head.name}`),
      ),
      codeItem('CONTAINS', FINDING, head.finding),
      ...where,
      codeItem('HAS CONCEPT MOD', SITE, head.site),
      ...content,
    ],
    segment === undefined ? '1501' : '1411',
  );
}

function sourceImage(because: ImageEvidence | undefined, series: GroupSources['series']): readonly DataSet[] {
  if (!because) return [];
  const read = series.find((one) => one.reading.seriesUid === because.seriesUid) ?? series[0];
  const slice = sourceSliceOf(read, because.slice);
  if (!slice?.acquired || !slice.sopInstanceUid || !slice.sopClassUid) return [];
  return [
    imageItem('CONTAINS', dcm('121112', 'Source of Measurement'), {
      sopClassUid: slice.sopClassUid,
      sopInstanceUid: slice.sopInstanceUid,
      ...(slice.frame === undefined ? {} : { frame: slice.frame }),
    }),
  ];
}

function levelGroup(level: LevelFindings, sources: GroupSources, named: boolean): DataSet {
  const head: GroupHead = {
    name: named ? `${level.level} disc` : `disc ${level.indexFromBottom} from below, level not named`,
    finding: ANY_DISC,
    site: named ? DISC_CODE[level.level] : LUMBAR_SPINE,
    label: DISC_LABEL[level.level],
    because: level.because,
  };
  return group(head, sources, [
    ...measureItems(level),
    numberItem(own('p-level-name', 'Probability that the level is named right'), level.confidence, UNIT.one),
    ...gradeItems(level),
    ...(level.abstained === undefined ? [] : [comment(`Not graded: ${level.abstained}`)]),
  ]);
}

/** A vertebra of which nothing was measured has no group. */
function vertebraGroup(found: VertebraFindings, sources: GroupSources, named: boolean): readonly DataSet[] {
  const content: DataSet[] = [];
  for (const key of Object.keys(VERTEBRA_MEASURE_CODE) as (keyof typeof VERTEBRA_MEASURE_CODE)[]) {
    const value = found[key];
    const { concept, unit } = VERTEBRA_MEASURE_CODE[key];
    const about = detailItems(
      found.details?.find((d) => d.measure === key),
      unit,
    );
    if (value !== undefined && Number.isFinite(value)) content.push(numberItem(concept, value, unit, about));
  }
  content.push(...scaleItems(SCALE_CODE.genant, found.genant));
  if (content.length === 0) return [];
  const { vertebra, because } = found;
  const head: GroupHead = {
    name: named ? `${vertebra} vertebra` : `vertebra ${VERTEBRA_LABEL[vertebra]}, level not named`,
    finding: ANY_VERTEBRA,
    site: named ? VERTEBRA_CODE[vertebra] : LUMBAR_SPINE,
    label: VERTEBRA_LABEL[vertebra],
    because,
  };
  return [group(head, sources, content)];
}

/** Tissue behind a vertebra that may be disc, with the chance that it is: tied to the picture, for no segment outlines it. */
function fragmentGroup(fragment: PossibleFragment, sources: GroupSources): DataSet {
  const { behind, because } = fragment;
  const head: GroupHead = {
    name: `Possible fragment behind ${behind}`,
    finding: FRAGMENT_CODE.finding,
    site: VERTEBRA_CODE[behind],
    because,
  };
  return group(head, sources, [
    numberItem(FRAGMENT_CODE.probability, fragment.p, UNIT.one),
    numberItem(FRAGMENT_CODE.area, fragment.areaMm2, UNIT.mm2),
    numberItem(FRAGMENT_CODE.length, fragment.lengthMm, UNIT.mm),
    numberItem(FRAGMENT_CODE.depth, fragment.depthMm, UNIT.mm),
    comment(fragmentText(fragment)),
  ]);
}

/** Angles, numbering and limits of the whole lumbar spine. */
function spineGroup(findings: SpineFindings, sources: GroupSources): readonly DataSet[] {
  const { conusLevel, enumeration } = findings;
  const content: DataSet[] = [];
  for (const key of Object.keys(COLUMN_MEASURE_CODE) as (keyof typeof COLUMN_MEASURE_CODE)[]) {
    const { concept, unit } = COLUMN_MEASURE_CODE[key];
    const about = detailItems(
      findings.columnDetails?.find((d) => d.measure === key),
      unit,
    );
    if (findings[key] !== undefined) content.push(numberItem(concept, findings[key], unit, about));
  }
  if (isKnown(conusLevel)) {
    content.push(textItem('CONTAINS', own('conus', 'Level of the conus medullaris'), conusLevel));
  }
  content.push(
    numberItem(
      own('p-numbering', 'Probability that the numbering is right'),
      enumeration.confidence,
      UNIT.one,
    ),
  );
  if (enumeration.transitional !== 'none') {
    content.push(
      comment(`Transitional anatomy: ${enumeration.transitional}. ${enumeration.because.join('; ')}`),
    );
  }
  content.push(...findings.limits.map(comment));
  return [group({ name: 'Lumbar spine', finding: LUMBAR_SPINE, site: LUMBAR_SPINE }, sources, content)];
}

function comment(value: string): DataSet {
  return textItem('CONTAINS', dcm('121106', 'Comment'), value);
}

function sideModifier(side: Side): DataSet {
  return codeItem('HAS CONCEPT MOD', LATERALITY, SIDE_CODE[side]);
}

function measureItems({ measures, details }: LevelFindings): readonly DataSet[] {
  return (Object.keys(MEASURE_CODE) as (keyof LevelMeasures)[]).flatMap((key) => {
    const value: number | Readonly<Partial<Record<Side, number>>> | undefined = measures[key];
    const { concept, unit } = MEASURE_CODE[key];
    if (value === undefined) return [];
    const about = (side?: Side) =>
      detailItems(
        details?.find((d) => d.measure === key && d.side === side),
        unit,
      );
    if (typeof value === 'number')
      return Number.isFinite(value) ? [numberItem(concept, value, unit, about())] : [];
    return (['left', 'right'] as const).flatMap((side) => {
      const one = value[side];
      return one !== undefined && Number.isFinite(one)
        ? [numberItem(concept, one, unit, [sideModifier(side), ...about(side)])]
        : [];
    });
  });
}

/** The 95 % interval of a measure, what it was read from and by whose definition. */
function detailItems(
  detail: Pick<MeasureDetail, 'interval' | 'how' | 'definition'> | undefined,
  unit: Concept,
): readonly DataSet[] {
  if (!detail) return [];
  const [low, high] = detail.interval;
  return [
    numberItem(own('ci-low', '95 % interval, lower end'), low, unit, [], 'HAS PROPERTIES'),
    numberItem(own('ci-high', '95 % interval, upper end'), high, unit, [], 'HAS PROPERTIES'),
    textItem(
      'HAS PROPERTIES',
      own('definition', 'How and by whose definition'),
      `${detail.how}. ${detail.definition}`,
    ),
  ];
}

/** The named grade, and the probability of each; why a less probable one is named; or the reason why there is none. */
function scaleItems(scale: ScaleCode, value: Graded | undefined, side?: Side): readonly DataSet[] {
  if (value === undefined) return [];
  if (!isGrade(value)) {
    return [comment(`${scale.concept.meaning}${side ? ` (${side})` : ''} not graded: ${value.abstained}`)];
  }
  const modifiers = side ? [sideModifier(side)] : [];
  const name = scale.grades[value.grade - scale.first] ?? `${scale.concept.meaning} ${value.grade}`;
  const grade = codeItem('CONTAINS', scale.concept, own(`${scale.short}-${value.grade}`, name), modifiers);
  const each = value.p.flatMap((p, n) => {
    const label = scale.grades[n];
    if (label === undefined) return [];
    const concept = own(`p-${scale.short}-${n + scale.first}`, `Probability of ${label}`);
    return [numberItem(concept, p, UNIT.one, modifiers)];
  });
  return [grade, ...each, ...namedItems(scale, value, modifiers)];
}

/** A grade that cut points name: the expected grade they cut, and where a less probable one is named the reason, as page and report give it. */
function namedItems(scale: ScaleCode, value: GradeVector, modifiers: readonly DataSet[]): readonly DataSet[] {
  const { expected, because } = readGrade(value, scale.grades, scale.first);
  return [
    ...(value.cuts === undefined && because === null
      ? []
      : [
          numberItem(
            own(`e-${scale.short}`, `Expected ${scale.concept.meaning}`),
            expected,
            UNIT.one,
            modifiers,
          ),
        ]),
    ...(because === null ? [] : [comment(because)]),
  ];
}

function gradeItems(level: LevelFindings): readonly DataSet[] {
  const out: DataSet[] = [
    ...scaleItems(SCALE_CODE.pfirrmann, level.pfirrmann),
    ...scaleItems(SCALE_CODE.modic, level.modic),
    ...scaleItems(SCALE_CODE.meyerding, level.meyerding),
    ...scaleItems(SCALE_CODE.schizas, level.schizas),
    ...scaleItems(SCALE_CODE.leeCentral, level.leeCentral),
    ...scaleItems(SCALE_CODE.msuSize, level.msuSize),
    ...scaleItems(SCALE_CODE.msuZone, level.msuZone),
    ...scaleItems(SCALE_CODE.nassType, level.nassType),
    ...(['left', 'right'] as const).flatMap((side) => [
      ...scaleItems(SCALE_CODE.leeForaminal, level.leeForaminal?.[side], side),
      ...scaleItems(SCALE_CODE.lateralRecess, level.lateralRecess?.[side], side),
      ...scaleItems(SCALE_CODE.goutallierMultifidus, level.goutallierMultifidus?.[side], side),
      ...scaleItems(SCALE_CODE.goutallierErectorSpinae, level.goutallierErectorSpinae?.[side], side),
      ...scaleItems(SCALE_CODE.facetDegeneration, level.facetDegeneration?.[side], side),
    ]),
  ];
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
  out.push(...contactItems(level));
  return out;
}
