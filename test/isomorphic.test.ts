import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyze, type NamedBytes } from '@foramen/analysis';
import { SAMPLE_SIZE, trainingSamples } from '@foramen/phantom';
import { createNetworkRunner, loadModels, modelFolder } from '@foramen/server/analysis';
import { encode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildPage, chromiumPath, launch, servePage } from './browser.ts';

/** The same files through the engine in Node and through the page in Chromium must give the same documents. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const MODEL_DIR = modelFolder();
const NOW = '2026-03-02T09:00:00.000Z';
const VCF = [
  '##fileformat=VCFv4.2',
  '##contig=<ID=chr10,length=133797422,assembly=GRCh38>',
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
  '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1',
  'chr10\t94761900\trs12248560\tC\tT\t.\tPASS\t.\tGT\t0/1',
  'chr10\t94781859\trs4244285\tG\tA\t.\tPASS\t.\tGT\t0/0',
  '',
].join('\n');
const chromium = chromiumPath();
if (chromium === undefined)
  console.warn('no Chromium: the isomorphic engine was NOT compared with a browser');

interface Difference {
  readonly path: string;
  readonly node: unknown;
  readonly browser: unknown;
}

/** Where two documents differ. Keys, their order, text and the kind of every value must be equal; numbers within `tolerance`. */
function differences(node: unknown, browser: unknown, tolerance: number, path = ''): readonly Difference[] {
  if (typeof node === 'number' && typeof browser === 'number') {
    return Math.abs(node - browser) <= tolerance * Math.max(1, Math.abs(node))
      ? []
      : [{ path, node, browser }];
  }
  if (typeof node !== 'object' || node === null || typeof browser !== 'object' || browser === null) {
    return Object.is(node, browser) ? [] : [{ path, node, browser }];
  }
  const [a, b] = [Object.entries(node), Object.entries(browser)];
  if (a.map(([key]) => key).join('\n') !== b.map(([key]) => key).join('\n')) return [{ path, node, browser }];
  return a.flatMap(([key, value], n) => differences(value, b[n]![1], tolerance, `${path}/${key}`));
}

const INTAKE = {
  schema: 'foramen.intake/1',
  date: '2026-03-01',
  person: { ageYears: 46, sex: 'female' },
  symptoms: {
    pain: 'present',
    legPainNrs: 7,
    backPainNrs: 4,
    legPainSide: 'right',
    durationWeeks: 9,
    regions: [
      { region: 'lateral-leg', side: 'right' },
      { region: 'great-toe', side: 'right' },
    ],
    saddleNumbness: 'no',
    freeText: 'Schmerz bis in den großen Zeh – worse when sitting, no trouble with bladder.',
  },
  examination: { straightLegRaise: { right: 'positive' }, motorRight: { greatToeExtension: 4 } },
  medications: [{ name: 'ibuprofen', doseMg: 400, perDay: 3 }],
  goals: { weights: { painRelief: 8, avoidSurgery: 6, speed: 4 } },
};

describe.runIf(chromium !== undefined)('one engine in Node and in the browser', () => {
  let browser: Browser;
  let page: Awaited<ReturnType<typeof buildPage>>;
  let site: Awaited<ReturnType<typeof servePage>>;
  const files = mkdtempSync(join(tmpdir(), 'foramen-same-'));

  beforeAll(async () => {
    [browser, page] = await Promise.all([launch(chromium!), buildPage()]);
    site = await servePage(page.dir, {
      '/api/session': { signedIn: false, demo: false },
      '/api/evidence/site': { evidence: null },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    page?.remove();
    rmSync(files, { recursive: true, force: true });
  });

  /** Drops the files on the page and saves every document it offers. */
  async function inBrowser(input: readonly NamedBytes[]): Promise<Readonly<Record<string, string>>> {
    const paths = input.map(({ name, bytes }) => {
      const path = join(files, name);
      writeFileSync(path, bytes);
      return path;
    });
    const context = await browser.newContext({ acceptDownloads: true });
    const tab = await context.newPage();
    await tab.clock.setFixedTime(new Date(NOW));
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await tab.goto(`${site.url}/analyse`);
    // What the page asks for by itself when it opens comes before any file.
    await expect.poll(() => site.asked.includes('GET /api/evidence/site'), { timeout: 20_000 }).toBe(true);
    await tab.getByTestId('files').setInputFiles(paths);
    const asked = site.asked.length;
    await tab.getByRole('button', { name: 'Analyse', exact: true }).click();
    const saves = tab.getByRole('button', { name: 'Save files' });
    const refused = tab.getByRole('alert').filter({ has: tab.locator('p') });
    await saves.or(refused).first().waitFor({ timeout: 200_000 });
    expect(await saves.count(), await refused.allInnerTexts().then((texts) => texts.join(' '))).toBe(1);
    const documents: Record<string, string> = {};
    await saves.click();
    const offered = tab.getByRole('group', { name: 'Save as files' });
    await offered.waitFor();
    for (const button of await offered.getByRole('button').all()) {
      const [download] = await Promise.all([tab.waitForEvent('download'), button.click()]);
      documents[download.suggestedFilename()] = readFileSync(await download.path(), 'utf8');
    }
    expect(errors).toEqual([]);
    // Nothing was sent: after the files were chosen the page asked for its own code and networks, and only by GET.
    const sent = site.asked.slice(asked).filter((line) => !/^GET \/(assets|models)\//.test(line));
    expect(sent.filter((line) => line !== 'GET /favicon.svg')).toEqual([]);
    await context.close();
    return documents;
  }

  const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

  it('an intake: assessment and plan are the same bytes', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(INTAKE));
    const there = await inBrowser([{ name: 'intake.json', bytes }]);
    const here = await analyze(
      { patientId: 'this-tab', now: NOW, intake: INTAKE },
      { run: createNetworkRunner(MODEL_DIR).run },
    );
    if (!here.ok) throw new Error(here.problems[0].what);
    expect(there['assessment.json']).toBe(text(here.value.assessment));
    expect(there['plan.json']).toBe(text(here.value.plan));
    expect(there['case.json']).toBe(text(here.value.case));
    expect(differences(JSON.parse(there['case.json']!), here.value.case, 0)).toEqual([]);
  });

  it('a generated slice with genome and intake: the same documents, networks within 1e-4', async () => {
    const [sample] = trainingSamples('isomorphic', 1);
    const png = encode({
      width: SAMPLE_SIZE,
      height: SAMPLE_SIZE,
      data: sample!.image,
      channels: 1,
      depth: 8,
    });
    const input = [
      { name: 'slice_t2.png', bytes: png },
      { name: 'patient.vcf', bytes: new TextEncoder().encode(VCF) },
      { name: 'intake.json', bytes: new TextEncoder().encode(JSON.stringify(INTAKE)) },
    ];
    const there = await inBrowser(input);
    const network = createNetworkRunner(MODEL_DIR);
    const here = await analyze(
      { patientId: 'this-tab', now: NOW, imaging: [input[0]!], genome: input[1]!, intake: INTAKE },
      { run: network.run, reading: loadModels(MODEL_DIR).reading },
    );
    await network.release();
    if (!here.ok) throw new Error(here.problems[0].what);
    const { value } = here;
    expect(value.findings?.levels.length).toBeGreaterThan(2);
    expect(Object.keys(value.genome?.genes ?? {})).toContain('CYP2C19');
    for (const [name, document] of [
      ['findings.json', value.findings],
      ['case.json', value.case],
      ['assessment.json', value.assessment],
      ['plan.json', value.plan],
    ] as const) {
      expect(differences(document, JSON.parse(there[name]!), 1e-4), name).toEqual([]);
    }
    expect(there['report.html']).toContain('<html');
    expect(there['labels.nii.gz']!.length).toBeGreaterThan(100);
  });
});
