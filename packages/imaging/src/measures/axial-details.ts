import {
  degrees,
  type LevelMeasures,
  type MeasureDetail,
  type ModelReference,
  mm,
  type NotMeasured,
  type Side,
} from '@foramen/spine';
import { type AxialLevel, type AxialPlace, TROPISM_DEG, tropism } from './axial-level.ts';
import type { FatShare, FatSource } from './muscle-level.ts';

const SIDES = ['left', 'right'] as const;

const HOW: Readonly<Record<FatSource, string>> = {
  'water-fat': 'axial water-fat pictures',
  'axial-T1': 'axial T1 signal between muscle and subcutaneous fat',
  'axial-T2': 'axial T2 signal between muscle and subcutaneous fat',
  'sagittal-T1': 'sagittal T1 signal, slices beside the spinous processes',
  'sagittal-T2': 'sagittal T2 signal, slices beside the spinous processes',
};
const DEFINITION = {
  fat: 'Share of fat of the cross-section inside the fascia of the muscle (Crawford 2017, BMC Musculoskelet Disord 18:25)',
  facet: "Joint line against the vertebra's sagittal plane (Boden 1996, J Bone Joint Surg Am 78:403)",
  tropism:
    'Difference of both facet angles; above 10 degrees asymmetric (Gao 2017, BMC Musculoskelet Disord 18:483)',
  recess:
    'Shortest distance from posterior vertebral border to superior articular process (Steurer 2011, BMC Musculoskelet Disord 12:175)',
  sac: 'Cross-section of the dural sac at the disc (Schönström 1985, Spine 10:765)',
} as const;

const sided = <T>(value: (side: Side) => T | undefined): Partial<Record<Side, T>> | null => {
  const out: Partial<Record<Side, T>> = {};
  for (const side of SIDES) {
    const v = value(side);
    if (v !== undefined) out[side] = v;
  }
  return Object.keys(out).length > 0 ? out : null;
};
const tenth = (v: number): number => Math.round(10 * v) / 10;

/** The level's axial measures in the vocabulary of the findings; absent where not read. */
export function axialMeasures(level: AxialLevel): Partial<LevelMeasures> {
  const { muscles, facets, recesses } = level;
  const percent = (all: Readonly<Partial<Record<Side, FatShare>>> | undefined) =>
    sided((side) => {
      const one = all?.[side];
      return one ? tenth(100 * one.share) : undefined;
    });
  const own = 'muscles' in muscles ? muscles.muscles : null;
  const multifidus = percent(own?.multifidus);
  const erector = percent(own?.erectorSpinae);
  const angle = sided((side) => {
    const f = facets[side];
    return 'angleDeg' in f ? degrees(tenth(f.angleDeg)) : undefined;
  });
  const recess = sided((side) => {
    const r = recesses[side];
    return 'depthMm' in r ? mm(tenth(r.depthMm)) : undefined;
  });
  const apart = tropism(level);
  return {
    ...(multifidus ? { multifidusFatPercent: multifidus } : {}),
    ...(erector ? { erectorSpinaeFatPercent: erector } : {}),
    ...(angle ? { facetAngleDeg: angle } : {}),
    ...(apart ? { facetTropismDeg: degrees(tenth(apart.deg)) } : {}),
    ...(recess ? { lateralRecessMm: recess } : {}),
  };
}

/** Interval, method, definition and place of every axial measure of a level. */
export function axialDetails(level: AxialLevel, models: readonly ModelReference[]): MeasureDetail[] {
  const out: MeasureDetail[] = [];
  const put = (
    measure: MeasureDetail['measure'],
    side: Side | undefined,
    value: number,
    error: number,
    unit: MeasureDetail['unit'],
    how: string,
    definition: string,
    place: AxialPlace | undefined,
    note?: string,
    most = Number.POSITIVE_INFINITY,
  ): void => {
    if (!place) return;
    out.push({
      measure,
      ...(side ? { side } : {}),
      value: tenth(value),
      unit,
      interval: [tenth(Math.max(0, value - 1.96 * error)), tenth(Math.min(most, value + 1.96 * error))],
      how,
      definition,
      ...(note ? { note } : {}),
      because: { ...place, models },
    });
  };
  const { muscles, facets, recesses, places, sac } = level;
  if ('sac' in sac) {
    const area = sac.sac.areaMm2;
    put(
      'duralSacAreaMm2',
      undefined,
      area,
      sac.sac.errorMm2,
      'mm2',
      'axial T2 signal',
      DEFINITION.sac,
      places.sac,
    );
  }
  if ('muscles' in muscles) {
    const { from, assumedCleft, multifidus, erectorSpinae } = muscles.muscles;
    const notes = (side: Side): string | undefined => {
      const said = [
        ...(from === 'water-fat' ? [] : ['estimated from signal, not a water-fat measurement']),
        ...(assumedCleft.includes(side)
          ? ['the border between both muscles was not seen and its usual place taken']
          : []),
        ...(from.startsWith('sagittal') ? ['no axial slice at this level'] : []),
      ];
      return said.length > 0 ? said.join('; ') : undefined;
    };
    for (const [measure, all] of [
      ['multifidusFatPercent', multifidus],
      ['erectorSpinaeFatPercent', erectorSpinae],
    ] as const) {
      for (const side of SIDES) {
        const one = all[side];
        if (!one) continue;
        put(
          measure,
          side,
          100 * one.share,
          100 * one.error,
          '%',
          HOW[from],
          DEFINITION.fat,
          places.muscles,
          notes(side),
          100,
        );
      }
    }
  }
  const bone = `${level.boneFrom === 'axial-T1' ? 'axial T1' : 'axial T2'} signal`;
  for (const side of SIDES) {
    const f = facets[side];
    if ('angleDeg' in f) {
      put('facetAngleDeg', side, f.angleDeg, f.errorDeg, 'deg', bone, DEFINITION.facet, places.facets[side]);
    }
    const r = recesses[side];
    if ('depthMm' in r) {
      put(
        'lateralRecessMm',
        side,
        r.depthMm,
        r.errorMm,
        'mm',
        bone,
        DEFINITION.recess,
        places.recesses[side],
      );
    }
  }
  const apart = tropism(level);
  if (apart) {
    const clear = apart.deg - 1.96 * apart.errorDeg > TROPISM_DEG;
    const open = apart.deg + 1.96 * apart.errorDeg > TROPISM_DEG;
    put(
      'facetTropismDeg',
      undefined,
      apart.deg,
      apart.errorDeg,
      'deg',
      bone,
      DEFINITION.tropism,
      places.facets.left ?? places.facets.right,
      clear ? 'asymmetric joints' : open ? 'asymmetry cannot be told from reading error' : 'no asymmetry',
    );
  }
  return out;
}

/** Why an axial measure is absent, side by side where sides differ. */
export function axialNotMeasured(level: AxialLevel): NotMeasured {
  const { muscles, facets, recesses } = level;
  const out: Record<string, string> = {};
  const bySide = (key: string, why: (side: Side) => string | undefined): void => {
    const [left, right] = [why('left'), why('right')];
    if (left !== undefined && left === right) out[key] = left;
    else {
      if (left !== undefined) out[`${key}Left`] = left;
      if (right !== undefined) out[`${key}Right`] = right;
    }
  };
  bySide('facetAngle', (side) => {
    const f = facets[side];
    return 'abstained' in f ? f.abstained : undefined;
  });
  bySide('lateralRecess', (side) => {
    const r = recesses[side];
    return 'abstained' in r ? r.abstained : undefined;
  });
  if ('abstained' in muscles) out.muscleFatFraction = muscles.abstained;
  else {
    const { multifidus, erectorSpinae, from } = muscles.muscles;
    const few = 'too little of the muscle lies inside the picture';
    if (!multifidus.left) out.multifidusFatLeft = few;
    if (!multifidus.right) out.multifidusFatRight = few;
    if (!erectorSpinae.left && !erectorSpinae.right) {
      out.erectorSpinaeFat = from.startsWith('sagittal')
        ? 'needs an axial T1- or T2-weighted series: sagittal slices do not reach it'
        : few;
    }
  }
  return out as NotMeasured;
}
