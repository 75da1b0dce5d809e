import { analyze } from '@foramen/analysis';
import { SAMPLE_SIZE, trainingSamples } from '@foramen/phantom';
import { affineFrom, type LevelFindings, type SpineFindings } from '@foramen/spine';
import { encode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answers, buildPage, chromiumPath, launch, servePage } from './browser.ts';

/** The pages in a real browser: they show what the interface gives, say nothing on the console, and can be read by everybody. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: the pages were NOT opened');

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const SIZE = [48, 64, 5] as const;
const AFFINE = affineFrom(
  [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  [2, 2, 5],
  [-10, -48, 64],
);

/** A column of five discs between six blocks, canal behind them, on the three middle slices. */
function picture(): { readonly volume: Int16Array; readonly labels: Uint8Array } {
  const [columns, rows, slices] = SIZE;
  const volume = new Int16Array(columns * rows * slices);
  const labels = new Uint8Array(columns * rows * slices);
  const vertebra = [50, 45, 44, 43, 42, 41];
  const disc = [100, 95, 94, 93, 92];
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = i + columns * (j + rows * k);
        const level = Math.floor((rows - 1 - j) / 11);
        const inDisc = (rows - 1 - j) % 11 >= 8;
        const label =
          k === 0 || k === slices - 1
            ? 0
            : i >= 26 && i < 31
              ? 2
              : i >= 8 && i < 26
                ? ((inDisc ? disc[level] : vertebra[level]) ?? 0)
                : 0;
        labels[at] = label;
        volume[at] = label === 0 ? 40 : label === 2 ? 900 : label >= 91 ? 300 : 550;
      }
    }
  }
  return { volume, labels };
}

function level(name: LevelFindings['level'], index: number, bulge: number): LevelFindings {
  const row = 64 - (index - 1) * 11 - 10;
  return {
    level: name,
    indexFromBottom: index,
    confidence: 0.97,
    pfirrmann:
      index === 2 ? { grade: 4, p: [0, 0.05, 0.2, 0.6, 0.15] } : { grade: 2, p: [0.1, 0.6, 0.2, 0.1, 0] },
    herniation: { p: index === 2 ? 0.86 : 0.05 },
    bulging: { p: index === 2 ? 0.9 : 0.1 },
    narrowing: { p: 0.2 },
    schizas: { abstained: 'there is no axial T2 series' },
    measures: { heightMiddleMm: 9.1, bulgeMm: bulge, herniationApMm: bulge } as LevelFindings['measures'],
    because: { slice: 2, box: [row, 8, row + 3, 26], models: [] },
  };
}

function findings(date: string, bulge: number): SpineFindings {
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [],
    enumeration: {
      confidence: 0.96,
      lumbarCount: 5,
      transitional: 'none',
      because: ['counted from the sacrum'],
    },
    levels: [level('L5-S1', 1, 0.5), level('L4-L5', 2, bulge), level('L3-L4', 3, 0.3)],
    vertebrae: [],
    limits: ['there is no axial series'],
    models: [],
  };
}

async function answers(): Promise<Answers> {
  const intake = {
    person: { ageYears: 46, sex: 'female', language: 'en' },
    symptoms: {
      legPainNrs: 7,
      backPainNrs: 4,
      legPainSide: 'right',
      durationWeeks: 9,
      regions: [{ region: 'great-toe', side: 'right' }],
    },
    examination: { straightLegRaise: { right: 'positive' } },
    goals: { weights: { painRelief: 8, avoidSurgery: 5 } },
  };
  const run = async () => {
    throw new Error('not used');
  };
  const judged = await analyze({ patientId: 'p1', now: '2026-03-02T09:00:00Z', intake }, { run });
  if (!judged.ok) throw new Error(judged.problems[0].what);
  const done = { state: 'done', jobId: null, percent: 100, step: null, secondsLeft: null, problems: [] };
  const summary = (id: string, name: string, urgency: string | null) => ({
    id,
    name,
    birthDate: null,
    ageYears: 46,
    sex: 'female',
    sample: true,
    story: null,
    studies: 2,
    latestStudyDate: '2026-02-20',
    analysis: done,
    urgency,
    headline: 'L4-L5 herniation',
  });
  const { volume, labels } = picture();
  const study = (id: string, date: string) => ({
    id,
    patientId: 'p1',
    studyUid: null,
    date,
    description: 'Lumbar spine',
    source: 'dicom',
    analysis: done,
    findings: true,
    series: [
      {
        number: 1,
        seriesUid: null,
        description: 'T2 sagittal',
        modality: 'MR',
        slices: SIZE[2],
        rows: SIZE[1],
        columns: SIZE[0],
        spacingMm: [2, 2, 5],
        plane: 'sagittal',
        role: 'sagittal-T2',
        overlay: true,
        keySlice: 2,
        ijkToLps: AFFINE,
        window: { center: 500, width: 1000 },
      },
    ],
  });
  const has = { intake: true, genome: false, findings: true, assessment: true, plan: true };
  const pixels = (id: string) => ({
    [`/api/studies/${id}/series/1/volume`]: new Uint8Array(volume.buffer),
    [`/api/studies/${id}/series/1/labels`]: labels,
  });
  return {
    '/api/session': {
      signedIn: true,
      demo: true,
      csrf: 'x',
      account: { id: 'a', name: 'Demo clinician', role: 'clinician' },
    },
    '/api/evidence/site': { evidence: null },
    '/api/patients': {
      patients: [
        summary('p3', 'Cara Routine', 'routine'),
        summary('p1', 'Anna Vogt', 'soon'),
        summary('p2', 'Emil Notfall', 'emergency'),
      ],
      next: null,
    },
    '/api/patients/p1': {
      ...summary('p1', 'Anna Vogt', 'soon'),
      studyList: [study('s2', '2026-02-20'), study('s1', '2025-11-02')],
      has,
    },
    '/api/patients/p1/case': judged.value.case,
    '/api/patients/p1/assessment': judged.value.assessment,
    '/api/patients/p1/plan': judged.value.plan,
    '/api/patients/p1/intake': intake,
    '/api/patients/p1/diary': {
      entries: [
        { date: '2026-02-01', pain: 6, steps: 3000, note: null },
        { date: '2026-02-02', pain: 5, steps: null, note: null },
      ],
    },
    '/api/studies/s1/findings': findings('2025-11-02', 8.2),
    '/api/studies/s2/findings': findings('2026-02-20', 3.4),
    ...pixels('s1'),
    ...pixels('s2'),
  };
}

/** Texts whose contrast with what lies behind them is under WCAG AA (4.5, or 3 for large text). */
function faintTexts(): string[] {
  const parse = (colour: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return colour.startsWith('color(') ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const light = ([r = 0, g = 0, b = 0]: number[]) => {
    const part = (v: number) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element: Element): number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) > 0.95) return colour;
    }
    return [255, 255, 255, 1];
  };
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (
      element === null ||
      text === '' ||
      element.closest('svg, .fo-slice, :disabled, [data-disabled]') !== null
    )
      continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width === 0 || box.height === 0 || style.visibility === 'hidden') continue;
    const [a, b] = [light(parse(style.color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large =
      Number.parseFloat(style.fontSize) >= 24 ||
      (Number.parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} "${text.slice(0, 40)}" ${style.color}`);
  }
  return faint;
}

const PATHS = [
  '/',
  '/patients/p1',
  '/patients/p1?tab=assessment',
  '/patients/p1?tab=plan',
  '/patients/p1?tab=time',
  '/patients/p1?tab=patient',
  '/patients/p1/aid',
  '/analyse',
  '/evidence?q=treatment',
];

describe.runIf(chromium !== undefined)('the pages', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;
  let site: Awaited<ReturnType<typeof servePage>>;
  const errors: string[] = [];

  beforeAll(async () => {
    [browser, built] = await Promise.all([launch(chromium!), buildPage()]);
    site = await servePage(built.dir, await answers());
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    built?.remove();
  });

  /** Long enough for two cores that are busy with something else. */
  const PATIENCE = 20_000;

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      // The stream of job events is not part of these answers.
      if (message.type() === 'error' && !message.location().url.endsWith('/api/events')) {
        errors.push(`${path}: ${message.text()}`);
      }
    });
    await page.goto(site.url + path);
    return page;
  }

  it('list emergencies first, filter, and lead to the patient by keyboard', async () => {
    const page = await open('/');
    const names = page.locator('.fo-worklist tbody tr .fo-patient');
    await names.first().waitFor();
    expect(await names.allTextContents()).toEqual(['Emil Notfall', 'Anna Vogt', 'Cara Routine']);
    await page.getByRole('textbox', { name: 'Filter patients' }).fill('anna');
    expect(await names.allTextContents()).toEqual(['Anna Vogt']);
    await names.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anna Vogt' }).waitFor();
    await page.context().close();
  });

  it('show the slice, follow wheel and keys, and centre a level that is chosen', async () => {
    const page = await open('/patients/p1');
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    expect(await view.getAttribute('aria-valuetext')).toBe('slice 3 of 5');
    await view.focus();
    await page.keyboard.press('ArrowDown');
    expect(await view.getAttribute('aria-valuetext')).toBe('slice 4 of 5');
    const box = (await view.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -120);
    await expect.poll(() => view.getAttribute('aria-valuetext')).toBe('slice 3 of 5');
    const lit = await view.locator('canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, n) => n % 4 !== 3 && value > 100);
    });
    expect(lit).toBe(true);
    const card = page.getByRole('article', { name: 'L4-L5' });
    await card.getByRole('button').first().click();
    expect(await card.getAttribute('data-selected')).toBe('true');
    await expect.poll(() => view.locator('.fo-level-name[data-selected="true"]').textContent()).toBe('L4-L5');
    expect(await card.textContent()).toContain('Herniation');
    await card.getByText('more measures').or(card.getByText('not judged')).first().click();
    expect(await card.textContent()).toContain('there is no axial T2 series');
    await page.context().close();
  });

  it('open a statement to its reasons, and a reason to its record in the evidence base', async () => {
    const page = await open('/patients/p1?tab=assessment');
    const first = page.locator('.fo-hypothesis .fo-statement').first();
    await first.locator('summary').click();
    const link = first.locator('a.fo-path').first();
    const id = await link.textContent();
    await link.click();
    await page.getByRole('heading', { name: 'Evidence base' }).waitFor();
    await expect.poll(() => page.locator('.fo-entry[open] code').first().textContent()).toBe(id);
    await page.context().close();
  });

  it('tell the patient in English and Spanish, and rank anew when a weight is moved', async () => {
    const page = await open('/patients/p1/aid');
    await page.getByRole('heading', { name: 'Decision aid' }).waitFor();
    const ranked = page.locator('.fo-aid-ranked li');
    expect(await ranked.count()).toBeGreaterThan(1);
    await page.getByText('Español', { exact: true }).click();
    await page.getByRole('heading', { name: 'Ayuda para decidir' }).waitFor();
    await page.getByText('Mejorar rápido').waitFor();
    const slider = page.getByRole('slider', { name: 'Mejorar rápido' });
    await slider.focus();
    for (let n = 0; n < 9; n++) await page.keyboard.press('ArrowRight');
    await page.getByText('Estas marcas no se guardan').waitFor();
    await page.context().close();
  });

  it('say how a herniation changed against the error of measurement', async () => {
    const page = await open('/patients/p1?tab=time');
    await page.getByText('herniation shrunk').waitFor();
    await page.locator('.fo-course-band').waitFor();
    await page.locator('.uplot canvas').first().waitFor();
    await page.context().close();
  });

  it('can be read in light and dark colours (WCAG AA), and fit a telephone', async () => {
    const page = await open('/');
    for (const path of PATHS) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(site.url + path);
      await page.locator('h1').first().waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Controls fade from one scheme to the other, for longer on a busy machine: what counts is where they end.
        await page.waitForTimeout(350);
        await expect
          .poll(() => page.evaluate(faintTexts), { timeout: 10_000, message: `${path}, ${colorScheme}` })
          .toEqual([]);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForTimeout(60);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, `${path} on a telephone`).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  it('refuse what is no picture in one clear line', async () => {
    const page = await open('/analyse');
    await page
      .getByTestId('files')
      .setInputFiles([
        { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('words, no picture') },
      ]);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('note.txt');
    await page.context().close();
  });

  it('stop an analysis that is cancelled', async () => {
    const page = await open('/analyse');
    const [sample] = trainingSamples('cancel', 1);
    const png = encode({
      width: SAMPLE_SIZE,
      height: SAMPLE_SIZE,
      data: sample!.image,
      channels: 1,
      depth: 8,
    });
    await page
      .getByTestId('files')
      .setInputFiles([{ name: 'a_t2.png', mimeType: 'image/png', buffer: Buffer.from(png) }]);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    await page.getByRole('progressbar').waitFor();
    expect(page.workers()).toHaveLength(1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
    await expect.poll(() => page.workers().length, { timeout: 15_000 }).toBe(0);
    await page.context().close();
  });

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
