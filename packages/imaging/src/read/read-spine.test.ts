import { VERTEBRA_LABEL, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import type { RunNetwork, Tensor } from '../segmentation/network.ts';
import { segmentVolume, slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { type DrawnSpec, drawSpine } from './drawn-spine.ts';
import { turnVolume } from './orientation.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

async function read(spec: DrawnSpec, role: CanonicalSeries['reading']['role'] = 'sagittal-T2') {
  const drawn = drawSpine(spec);
  const series: CanonicalSeries = {
    name: 'drawn',
    volume: drawn.picture,
    hasGeometry: true,
    reading: { role, size: drawn.picture.size, spacingMm: drawn.picture.spacing, spacingFrom: 'file' },
  };
  const result = await readSpine([series], truthNetwork(drawn.truth, slicesToSegment(drawn.picture)));
  return { drawn, result };
}

async function levelsOf(spec: DrawnSpec) {
  const { drawn, result } = await read(spec);
  if (!result.ok) throw new Error(result.problems[0].what);
  const { findings, labels } = result.value;
  return { drawn, findings, labels, warnings: result.warnings };
}

describe('reading a drawn spine', () => {
  it('names the levels from the sacrum up and measures heights to half a millimetre', async () => {
    const { drawn, findings } = await levelsOf({ slices: 5, bodies: 6 });
    expect(findings.levels.map((l) => l.level)).toEqual([
      'L5-S1',
      'L4-L5',
      'L3-L4',
      'L2-L3',
      'L1-L2',
      'T12-L1',
    ]);
    expect(findings.enumeration.confidence).toBeGreaterThan(0.9);
    findings.levels.forEach((l, i) => {
      const [front, back] = drawn.spec.discs[i] as readonly [number, number];
      const anterior = 0.9 * front + 0.1 * back;
      const posterior = 0.1 * front + 0.9 * back;
      expect(Math.abs((l.measures.heightAnteriorMm ?? 0) - anterior), `${l.level} anterior`).toBeLessThan(
        0.8,
      );
      expect(Math.abs((l.measures.heightPosteriorMm ?? 0) - posterior), `${l.level} posterior`).toBeLessThan(
        0.8,
      );
      expect(Math.abs((l.measures.heightMiddleMm ?? 0) - (anterior + posterior) / 2), l.level).toBeLessThan(
        0.5,
      );
      expect(Math.abs((l.measures.depthMm ?? 0) - 33), `${l.level} depth`).toBeLessThan(1.2);
      expect(Math.abs(l.measures.slipMm ?? 9), `${l.level} slip`).toBeLessThan(0.8);
    });
    expect(Math.abs((findings.sacralSlopeDeg ?? 0) - 36)).toBeLessThan(2);
  });

  it('takes off a slip, a bulge and a sac from the drawing to a millimetre', async () => {
    const { findings } = await levelsOf({
      bodies: 6,
      slipMm: [0, 0, 6],
      bulgeMm: [0, 5, 0, 2.5],
      sacApMm: 14,
    });
    const slips = findings.levels.map((l) => l.measures.slipMm ?? 99);
    expect(Math.abs((slips[2] ?? 0) - 6)).toBeLessThan(0.8);
    expect(Math.max(...[0, 1, 3, 4].map((i) => Math.abs(slips[i] as number)))).toBeLessThan(1);
    expect(Math.abs((findings.levels[1]?.measures.bulgeMm ?? 0) - 5)).toBeLessThan(0.7);
    expect(Math.abs((findings.levels[3]?.measures.bulgeMm ?? 0) - 2.5)).toBeLessThan(0.7);
    expect(findings.levels[4]?.measures.bulgeMm ?? 9).toBeLessThan(0.7);
    expect(Math.abs((findings.levels[4]?.measures.canalApMm ?? 0) - 14)).toBeLessThan(0.8);
    const meyerding = findings.levels[2]?.meyerding;
    expect(meyerding && 'p' in meyerding && meyerding.grade).toBe(1);
    const flat = findings.levels[0]?.meyerding;
    expect(flat && 'p' in flat && flat.p[0]).toBeGreaterThan(0.9);
  });

  it('parts two bodies that a bridge of bone joins through the disc', async () => {
    const { findings } = await levelsOf({ bodies: 6, bridgeAt: 2, slices: 5 });
    expect(findings.levels.map((l) => l.level).slice(0, 4)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3']);
    expect(Math.abs((findings.vertebrae[2]?.heightAnteriorMm ?? 0) - 27)).toBeLessThan(1.2);
  });

  it('labels every structure in its published value, posterior elements with their body', async () => {
    const { drawn, labels } = await levelsOf({ bodies: 6, slices: 5 });
    const at = (x: number, y: number, k: number) =>
      labels.data[Math.floor(x / 0.6) + labels.size[0] * (Math.floor(y / 0.6) + labels.size[1] * k)];
    const [sa, sp, ip, ia] = drawn.quads[1] as (typeof drawn.quads)[number];
    const centre = [(sa[0] + ip[0]) / 2, (sa[1] + ip[1]) / 2] as const;
    expect(at(centre[0], centre[1], 2)).toBe(VERTEBRA_LABEL.L4);
    expect(at(centre[0], centre[1], 0)).toBe(VERTEBRA_LABEL.L4);
    expect([ia, sp].length).toBe(2);
    const values = new Set(labels.data);
    for (const v of [2, 41, 42, 43, 44, 45, 50, 91, 92, 93, 94, 95, 100])
      expect(values.has(v), `${v}`).toBe(true);
    // A spinous process hangs behind the lower half of its own body and the disc below.
    const l3 = drawn.quads[2] as (typeof drawn.quads)[number];
    expect(at(l3[2][0] + 40, l3[2][1] - 2, 2)).toBe(VERTEBRA_LABEL.L3);
  });

  it('names levels, measures bone and plans ways on a CT, and grades nothing', async () => {
    const drawn = drawSpine({ slices: 5, bodies: 6 });
    const hounsfield = drawn.picture.data.map((v) => (v === 0 ? -1000 : 4 * v));
    const volume: Volume = { ...drawn.picture, data: hounsfield };
    const given: CanonicalSeries = {
      name: 'ct',
      volume,
      hasGeometry: true,
      contrast: 'ct',
      reading: {
        role: 'sagittal-unknown',
        size: volume.size,
        spacingMm: volume.spacing,
        spacingFrom: 'file',
      },
    };
    const result = await readSpine([given], truthNetwork(drawn.truth, slicesToSegment(volume)));
    if (!result.ok) throw new Error(result.problems[0].what);
    const { findings } = result.value;
    expect(findings.series[0]?.role).toBe('sagittal-unknown');
    expect(findings.levels.map((l) => l.level).slice(0, 2)).toEqual(['L5-S1', 'L4-L5']);
    for (const level of findings.levels) {
      expect(level.abstained).toContain('CT');
      expect(level.pfirrmann ?? level.herniation ?? level.modic).toBeUndefined();
      expect(level.measures.heightMiddleMm).toBeGreaterThan(3);
      expect(level.measures.bulgeMm ?? level.measures.canalApMm).toBeUndefined();
    }
    expect(findings.conusLevel).toBe('unknown');
    expect(findings.limits.filter((limit) => /CT|T1|T2/.test(limit))).toHaveLength(1);
    expect(findings.corridors?.length).toBeGreaterThan(10);
  });

  it('abstains on every name when the sacrum is out of view', async () => {
    const { findings, warnings } = await levelsOf({
      bodies: 6,
      sizeMm: [200, 195],
      sacralSlopeDeg: 10,
      noSacrum: true,
      discs: Array.from({ length: 6 }, () => [9, 8] as const),
    });
    expect(findings.enumeration.confidence).toBeLessThan(0.35);
    expect(findings.enumeration.unnamed).toContain('sacrum is not in view');
    expect(warnings.map((w) => w.what).join()).toContain('only count from the lowest disc in view');
    expect(findings.levels.every((l) => l.abstained !== undefined && l.pfirrmann === undefined)).toBe(true);
  });

  it('does not judge Pfirrmann without T2, and says which series is missing', async () => {
    const { result } = await read({ bodies: 6 }, 'sagittal-STIR');
    if (!result.ok) throw new Error('refused');
    expect(result.value.findings.levels[0]?.pfirrmann).toEqual({ abstained: expect.stringContaining('T2') });
    expect(result.value.findings.levels[0]?.schizas).toEqual({ abstained: expect.stringContaining('axial') });
  });
});

describe('refusing and turning', () => {
  const answer =
    (classes: (i: number) => number) => (_m: string, inputs: Readonly<Record<string, Tensor>>) => {
      const [n = 0, , h = 0, w = 0] = (inputs.image as Tensor).dims;
      const data = new Float32Array(n * 7 * h * w);
      for (let b = 0; b < n; b++) for (let i = 0; i < h * w; i++) data[(b * 7 + classes(i)) * h * w + i] = 4;
      return Promise.resolve({ logits: { data, dims: [n, 7, h, w] } });
    };
  const picture = () => drawSpine({ bodies: 6 });
  const seriesOf = (volume: Volume, hasGeometry = false): CanonicalSeries => ({
    name: 'x.png',
    volume,
    hasGeometry,
    reading: { role: 'sagittal-T2', size: volume.size, spacingMm: volume.spacing, spacingFrom: 'default' },
  });

  it('refuses noise with one clear problem', async () => {
    const result = await readSpine(
      [seriesOf(picture().picture)],
      answer((i) => (i * 2654435761) % 7),
    );
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'wrong-body-part' }] });
  });
  it('refuses a picture in which nothing is found', async () => {
    const result = await readSpine(
      [seriesOf(picture().picture)],
      answer(() => 0),
    );
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'wrong-body-part', where: 'x.png' }] });
  });
  it('turns an upside-down slice, says so, and gives labels on the picture as it was', async () => {
    const drawn = picture();
    const turn = { rows: true, columns: false };
    const upsideDown = turnVolume(drawn.picture, turn);
    // The network knows anatomy either way up: it finds the same classes where they are.
    const byPicture: RunNetwork = async (m, inputs) => {
      const [n = 0, , h = 0, w = 0] = (inputs.image as Tensor).dims;
      const image = (inputs.image as Tensor).data;
      const truthIsUp = (await upright)(image, h * w);
      const truth = truthIsUp
        ? drawn.truth
        : {
            ...drawn.truth,
            data: turnVolume({ ...drawn.truth, data: Float32Array.from(drawn.truth.data) }, turn).data,
          };
      expect(n).toBe(1);
      return truthNetwork({ ...drawn.truth, data: Uint8Array.from(truth.data) }, [0])(m, inputs);
    };
    let reference: Float32Array | null = null;
    const upright = segmentVolume(
      drawn.picture,
      (m, i) => {
        reference = (i.image as Tensor).data.slice();
        return truthNetwork(drawn.truth, [0])(m, i);
      },
      DEFAULT_SEGMENTER,
    ).then(() => (image: Float32Array, n: number) => {
      for (let i = 0; i < n; i += 97)
        if (Math.abs((image[i] as number) - ((reference as Float32Array)[i] as number)) > 1e-6) return false;
      return true;
    });
    const straight = await readSpine([seriesOf(drawn.picture)], byPicture);
    const turned = await readSpine([seriesOf(upsideDown)], byPicture);
    if (!straight.ok || !turned.ok) throw new Error('refused');
    expect(turned.warnings[0]?.what).toContain('upside down');
    expect(turned.value.findings.levels.map((l) => l.level)).toEqual(
      straight.value.findings.levels.map((l) => l.level),
    );
    const back = turnVolume(
      { ...drawn.picture, data: Float32Array.from(turned.value.labels.data) },
      turn,
    ).data;
    expect(Uint8Array.from(back)).toEqual(straight.value.labels.data);
    const [h] = [drawn.picture.size[1]];
    const a = straight.value.findings.levels[0]?.box;
    const b = turned.value.findings.levels[0]?.box;
    expect(b).toEqual(a && [h - a[2], a[1], h - a[0], a[3]]);
  });
  it('stops when asked to, and reports a network that fails', async () => {
    const stopped = await readSpine(
      [seriesOf(picture().picture)],
      answer(() => 0),
      { signal: { aborted: true } },
    );
    expect(stopped).toMatchObject({ ok: false, problems: [{ what: 'reading was cancelled' }] });
    const broken = await readSpine([seriesOf(picture().picture)], () =>
      Promise.reject(new Error('no such file')),
    );
    expect(broken).toMatchObject({ ok: false, problems: [{ code: 'unsupported' }] });
    const misshapen = await readSpine([seriesOf(picture().picture)], () => Promise.resolve({}));
    expect(misshapen).toMatchObject({ ok: false, problems: [{ code: 'unsupported' }] });
    const missing = {
      code: 'missing',
      severity: 'error',
      where: 'models',
      what: 'not there',
      help: 'Install',
    } as const;
    const told = await readSpine([seriesOf(picture().picture)], () =>
      Promise.reject(Object.assign(new Error('not there'), { problems: [missing] })),
    );
    expect(told).toMatchObject({ ok: false, problems: [missing] });
  });
  it('lets a defect of its own be seen as one', async () => {
    const onProgress = () => {
      throw new TypeError('x is not a function');
    };
    const reading = readSpine(
      [seriesOf(picture().picture)],
      answer(() => 0),
      { onProgress },
    );
    await expect(reading).rejects.toThrow('x is not a function');
  });
  it('needs a sagittal series', async () => {
    const axial = {
      ...seriesOf(picture().picture),
      reading: { ...seriesOf(picture().picture).reading, role: 'axial-T2' as const },
    };
    expect(
      await readSpine(
        [axial],
        answer(() => 0),
      ),
    ).toMatchObject({ ok: false, problems: [{ code: 'missing' }] });
  });
});
