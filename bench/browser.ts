/**
 * The analysis in a browser tab: one slice of 384 x 384 and a 15-slice series of 320 x 320 in headless Chromium, from the click to the result,
 * the loading of network runtime and model included. Goals: 15 s a slice, 10 s a series after the load.
 */
import { buildAnatomy, rngFrom, SAMPLE_SIZE, trainingSamples } from '@foramen/phantom';
import { encode } from 'fast-png';
import { writeStudy } from '../packages/phantom/src/dicom-study.ts';
import { acquireStudy } from '../packages/phantom/src/mr-series.ts';
import { buildPage, chromiumPath, launch, servePage } from '../test/browser.ts';

const path = chromiumPath();
if (path === undefined) {
  console.log('browser: no Chromium here, not measured');
  process.exit(0);
}
interface Input {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function slice(): readonly Input[] {
  const [sample] = trainingSamples('bench browser', 1);
  const png = encode({ width: SAMPLE_SIZE, height: SAMPLE_SIZE, data: sample!.image, channels: 1, depth: 8 });
  return [{ name: 'slice_t2.png', mimeType: 'image/png', buffer: Buffer.from(png) }];
}

function series(): readonly Input[] {
  const rng = rngFrom('bench browser');
  const study = acquireStudy(buildAnatomy(rng.fork('anatomy')), rng.fork('scan'), [1]);
  const who = {
    patientId: 'B1',
    familyName: 'Bench',
    givenName: 'Browser',
    birthDate: '19800101',
    sex: 'F' as const,
    studyKey: 'bench',
    studyDate: '20260101',
    ageYears: 46,
  };
  const sagittal = study.filter((one) => one.role === 'sagittal-t2');
  return writeStudy(who, sagittal).map((file, n) => ({
    name: `${n}.dcm`,
    mimeType: 'application/dicom',
    buffer: Buffer.from(file.bytes),
  }));
}

const page = await buildPage();
const site = await servePage(page.dir, { '/api/session': { signedIn: false, demo: false } });
const browser = await launch(path);
try {
  for (const [name, files] of [
    ['one slice', slice()],
    ['15-slice series', series()],
  ] as const) {
    const tab = await browser.newPage();
    await tab.goto(`${site.url}/analyse`);
    await tab.getByTestId('files').setInputFiles([...files]);
    const began = performance.now();
    await tab.getByRole('button', { name: 'Analyse', exact: true }).click();
    const done = tab.getByRole('button', { name: 'Save files' });
    await done.or(tab.getByRole('alert')).first().waitFor({ timeout: 180_000 });
    const seconds = (performance.now() - began) / 1000;
    const outcome =
      (await done.count()) > 0 ? '' : ` (refused: ${await tab.getByRole('alert').textContent()})`;
    console.log(`browser, ${name}: ${seconds.toFixed(1)} s${outcome}`);
    await tab.close();
  }
} finally {
  await browser.close();
  await site.close();
  page.remove();
}
