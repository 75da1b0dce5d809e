import type { Vec3 } from '@foramen/spine';
import { drawAbdomen, paintAbdomen, type Viscus } from './abdomen.ts';
import { paintDisc } from './disc-shape.ts';
import { buildCanal, type Canal } from './dural-sac.ts';
import { paintFacets } from './facet-joints.ts';
import type { Raster } from './local-frame.ts';
import type { Plane } from './plane.ts';
import { paintArch, paintFacetJoint, paintScrews } from './posterior-elements.ts';
import { type Rng, rngFrom } from './prng.ts';
import { paintSacralRoof, paintSacrum } from './sacrum-shape.ts';
import { buildSoftTissue, paintSoftTissue, type SoftTissue } from './soft-tissue.ts';
import { buildColumn, type SpineColumn } from './spine-column.ts';
import { type SpineCoordinates, spineCoordinates } from './spine-coordinates.ts';
import { drawSpine, type SpineOptions, type SpineSpec } from './spine-spec.ts';
import { type BodyLesions, paintBody } from './vertebra-shape.ts';

/** A whole synthetic lumbar region; LPS mm, origin at the middle of the sacral endplate. */
export interface Anatomy {
  readonly spec: SpineSpec;
  readonly column: SpineColumn;
  readonly coordinates: SpineCoordinates;
  readonly canal: Canal;
  readonly soft: SoftTissue;
  readonly viscera: readonly Viscus[];
  readonly lesions: readonly BodyLesions[];
  readonly facetFluid: number;
}

export function buildAnatomy(seed: number | string | Rng, options: SpineOptions = {}): Anatomy {
  const rng = typeof seed === 'object' ? seed : rngFrom(seed);
  const spec = drawSpine(rng.fork('spec'), options);
  const column = buildColumn(spec, rng.fork('column'));
  const coordinates = spineCoordinates(column);
  const canal = buildCanal(spec, column, coordinates, rng.fork('canal'));
  const soft = buildSoftTissue(spec, column, coordinates, rng.fork('soft'));
  const viscera = drawAbdomen(rng.fork('abdomen'), coordinates, spec.vertebrae[2]!.depth);
  const own = rng.fork('lesions');
  const lesions = spec.vertebrae.map((v, k): BodyLesions => {
    const above = spec.discs[k + 1];
    const below = spec.discs[k]!;
    return {
      schmorlTop: above?.schmorl.lower ?? 0,
      schmorlBottom: below.schmorl.upper,
      schmorlAt: below.schmorl.at * 0.6,
      modicTop: above?.modicLower ?? 0,
      modicBottom: below.modicUpper,
      haemangiomaAt: [own.range(-0.25, 0.3) * v.depth, own.range(-8, 8), own.range(-5, 5)] as Vec3,
    };
  });
  return { spec, column, coordinates, canal, soft, viscera, lesions, facetFluid: own.range(0.5, 1.3) };
}

/** Tissue and class of every pixel of a plane through the anatomy. Back to front: later shapes lie in front. */
export function rasterise(anatomy: Anatomy, plane: Plane): Raster {
  const n = plane.width * plane.height;
  const raster: Raster = { plane, tissue: new Uint8Array(n), label: new Uint8Array(n) };
  paintSoftTissue(raster, anatomy.spec, anatomy.coordinates, anatomy.canal, anatomy.soft);
  paintAbdomen(raster, anatomy.viscera);
  const { vertebrae, discs, sacrum } = anatomy.column;
  paintSacralRoof(raster, sacrum, anatomy.spec.sacDepth + 4);
  for (const d of discs) paintDisc(raster, d);
  paintSacrum(raster, sacrum);
  for (let k = vertebrae.length - 1; k >= 0; k--) {
    paintArch(raster, vertebrae[k]!, k, {
      superior: discs[k + 1]?.spec.facets === undefined,
      inferior: discs[k]?.spec.facets === undefined,
    });
  }
  vertebrae.forEach((v, k) => {
    const facets = discs[k]?.spec.facets;
    if (facets) paintFacets(raster, discs[k]!, facets, anatomy.spec.scale);
    else paintFacetJoint(raster, v, anatomy.facetFluid);
  });
  vertebrae.forEach((v, k) => {
    paintBody(raster, v, anatomy.lesions[k]!);
  });
  for (const v of vertebrae) if (v.spec.screws) paintScrews(raster, v);
  return raster;
}
