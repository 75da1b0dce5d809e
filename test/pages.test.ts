import { SAMPLE_SIZE, trainingSamples } from '@foramen/phantom';
import { encode } from 'fast-png';
import { describe, expect, it, vi } from 'vitest';
import { barriers } from './accessible.ts';
import { chromiumPath, servedPages, soon } from './browser.ts';
import { answers } from './page-answers.ts';
import { ADMIN_ANSWERS } from './page-office.ts';
import { englishLeft, faintTexts } from './readable.ts';

/** The pages in a real browser: they show what the interface gives, say nothing on the console, and can be read by everybody. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: the pages were NOT opened');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

const PATHS = [
  '/',
  '/patients/p1',
  '/patients/p1?tab=assessment',
  '/patients/p1?tab=plan',
  '/patients/p1?tab=time',
  '/patients/p1?tab=patient',
  '/patients/p1?tab=rights',
  '/patients/p1/aid',
  '/patients/p1/intake',
  '/analyse',
  '/evidence?q=treatment',
  '/tokens',
  '/account',
];
const ADMIN_PATHS = ['/', '/trail', '/account'];

describe.runIf(chromium !== undefined)('the pages', () => {
  const { errors, open, url } = servedPages(chromium, async () => ({
    clinic: await answers(),
    office: ADMIN_ANSWERS,
  }));

  it('list emergencies first, filter, and lead to the patient by keyboard', async () => {
    const page = await open('clinic', '/');
    const names = page.locator('.fo-worklist tbody tr .fo-patient');
    await names.first().waitFor();
    await soon(() => names.allTextContents()).toEqual(['Emil Notfall', 'Anna Vogt', 'Cara Routine']);
    await page.getByRole('textbox', { name: 'Filter patients' }).fill('anna');
    await soon(() => names.allTextContents()).toEqual(['Anna Vogt']);
    await names.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anna Vogt' }).waitFor();
    await page.context().close();
  });

  it('show the first page of a long list at once, more as it is scrolled, and ask for the others by urgency and name', async () => {
    const page = await open('clinic', '/nowhere');
    const asked: string[] = [];
    const begun = new Set<string>();
    const one = (await answers())['/api/patients/p1'] as object;
    await page.route('**/api/patients?*', (route) => {
      const query = new URL(route.request().url()).searchParams;
      begun.add(query.get('after') ?? '');
      asked.push(
        [...query]
          .filter(([key]) => key !== 'limit' && key !== 'after')
          .map(([, v]) => v)
          .join(' '),
      );
      const from = Number(query.get('after') ?? 0);
      const urgency = query.get('urgency') ?? (from === 0 ? 'emergency' : 'routine');
      const patients = Array.from({ length: 200 }, (_, n) => ({
        ...one,
        id: `${urgency}${query.get('order') ?? ''}${from + n}`,
        name: `${query.get('order') === 'name' ? 'Aa' : 'Zz'} ${urgency} ${from + n}`,
        urgency,
      }));
      return route.fulfill({ json: { patients, next: String(from + 200) } });
    });
    await page.goto(url('clinic'));
    await page.getByText('Listed and sorted are the 200 most urgent.').waitFor();
    // One page until somebody goes on.
    expect([...begun]).toEqual(['']);
    const names = page.locator('.fo-worklist tbody tr .fo-patient');
    await soon(() => names.first().textContent()).toContain('emergency');
    await page.getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
    await page.getByText('Listed and sorted are the 400 most urgent.').waitFor();
    await soon(() => names.count()).toBeGreaterThanOrEqual(400);
    expect(new Set(asked)).toEqual(new Set(['']));
    await page.getByRole('radiogroup', { name: 'Urgency' }).getByText('Urgent').click();
    await soon(() => names.first().textContent()).toContain('Zz urgent');
    expect(asked).toContain('urgent');
    await page.getByRole('radiogroup', { name: 'Urgency' }).getByText('All').click();
    await page.getByRole('button', { name: 'Patient', exact: true }).click();
    await page.getByText('Listed are the first 200 by name.').waitFor();
    await soon(() => names.first().textContent()).toContain('Aa');
    await page.context().close();
  });

  it('show the slice, follow wheel and keys, and centre a level that is chosen', async () => {
    const page = await open('clinic', '/patients/p1');
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    await soon(() => view.getAttribute('aria-valuetext')).toBe('slice 3 of 5');
    await view.focus();
    await page.keyboard.press('ArrowDown');
    await soon(() => view.getAttribute('aria-valuetext')).toBe('slice 4 of 5');
    const box = (await view.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -120);
    await soon(() => view.getAttribute('aria-valuetext')).toBe('slice 3 of 5');
    const lit = await view.locator('canvas').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, n) => n % 4 !== 3 && value > 100);
    });
    expect(lit).toBe(true);
    const card = page.getByRole('article', { name: 'L4-L5' });
    await card.getByRole('button').first().click();
    await soon(() => card.getAttribute('data-selected')).toBe('true');
    await soon(() => view.locator('.fo-level-name[data-selected="true"]').textContent()).toBe('L4-L5');
    await soon(() => card.textContent()).toContain('Herniation');
    await card.getByText('more measures').or(card.getByText('not judged')).first().click();
    await soon(() => card.textContent()).toContain('there is no axial T2 series');
    await page.context().close();
  });

  it('open a statement to its reasons, and a reason to its record in the evidence base', async () => {
    const page = await open('clinic', '/patients/p1?tab=assessment');
    const first = page.locator('.fo-hypothesis .fo-statement').first();
    await first.locator('summary').click();
    const link = first.locator('a.fo-path').first();
    const id = await link.textContent();
    await link.click();
    await page.getByRole('heading', { name: 'Evidence base' }).waitFor();
    await soon(() => page.locator('.fo-entry[open] code').first().textContent()).toBe(id);
    await page.context().close();
  });

  it('leave every column in sight beside a name that is long, and mix no directions of writing', async () => {
    const page = await open('clinic', '/');
    const name = `Wolfeschlegelsteinhausenbergerdorff-${'Papadimitrakopoulou-'.repeat(8)}בן־דוד`;
    await page.route('**/api/patients?**', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { patients: { name: string }[] };
      body.patients[0]!.name = name;
      await route.fulfill({ response: answer, json: body });
    });
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.reload();
      const row = page.locator('tr', { hasText: 'Wolfeschlegel' });
      await row.locator('bdi').waitFor();
      const ends = await row
        .locator('td')
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().right));
      expect(Math.max(...ends)).toBeLessThanOrEqual(width);
    }
    await page.context().close();
  });

  it('say how well an option serves the goals once, and open that to what it rests on', async () => {
    const page = await open('clinic', '/patients/p1?tab=plan');
    const first = page.locator('.fo-option').first();
    await first.locator('header summary').click();
    await first.locator('header .fo-reasons').getByText('intake.goals.weights').first().waitFor();
    expect(await page.getByText(/Ranked \d/).count()).toBe(0);
    await page.context().close();
  });

  it('tell the patient in English and Spanish, and rank anew when a weight is moved', async () => {
    const page = await open('clinic', '/patients/p1/aid');
    await page.getByRole('heading', { name: 'Decision aid' }).waitFor();
    const ranked = page.locator('.fo-aid-ranked li');
    await soon(() => ranked.count()).toBeGreaterThan(1);
    await page.getByText('Español', { exact: true }).click();
    await page.getByRole('heading', { name: 'Ayuda para decidir' }).waitFor();
    await page.getByText('Mejorar rápido').waitFor();
    const slider = page.getByRole('slider', { name: 'Mejorar rápido' });
    await slider.focus();
    for (let n = 0; n < 9; n++) await page.keyboard.press('ArrowRight');
    await page.getByText('Estas marcas no se guardan').waitFor();
    // The record around it speaks the same language in plain words, its consents too, and names no danger by its figure.
    await page.goto(`${url('clinic')}/patients/p1?tab=patient`);
    await page.getByText('Plain words', { exact: true }).click();
    await page.getByText('Español', { exact: true }).click();
    await page.getByRole('tab', { name: 'Para usted', selected: true }).waitFor();
    await soon(() => page.getByRole('region', { name: 'Urgencia' }).locator('.fo-chip').count()).toBe(0);
    await page.getByRole('tab', { name: 'Permisos y accesos' }).click();
    await page.getByRole('button', { name: 'Dar permiso: Investigación' }).waitFor();
    // So does what stands around it, and a screen reader is told.
    await page.getByRole('button', { name: 'Añadir archivos' }).waitFor();
    await page.getByRole('link', { name: 'Fuentes' }).waitFor();
    await soon(() => page.locator('html').getAttribute('lang')).toBe('es');
    // Headings, names of options, figures and pictures too.
    expect(await englishLeft(page)).toEqual([]);
    // A clinician's page is English again.
    await page.getByRole('radiogroup', { name: 'Cómo se dice' }).getByText('Médico').click();
    await soon(() => page.locator('html').getAttribute('lang')).toBe('en');
    await page.context().close();
  });

  it('take an intake: a danger is told at once, what is answered is kept, what cannot be is named, the rest is sent', async () => {
    const bodies: { readonly to: string; readonly body: unknown; readonly tag: string | undefined }[] = [];
    const page = await open('clinic', '/patients/p1/intake');
    page.on('request', (request) => {
      if (request.method() === 'PUT')
        bodies.push({
          to: new URL(request.url()).pathname,
          body: request.postDataJSON(),
          tag: request.headers()['if-match'],
        });
    });
    const send = page.getByRole('button', { name: 'Send and judge anew' });
    await page.getByRole('heading', { name: 'Signs that must not wait' }).waitFor();
    await soon(() => send.isDisabled()).toBe(true);
    const saddle = page.getByRole('group', { name: /numb between your legs/ });
    // As a person does: on the word, once it stands still.
    await saddle.getByText('Yes', { exact: true }).click();
    await soon(() => saddle.getByRole('radio', { name: 'Yes' }).isChecked()).toBe(true);
    const standing = page.getByRole('alert', { name: 'As answered so far' });
    await standing.waitFor();
    await soon(() => standing.textContent()).toContain('Emergency');
    await page.getByText(/^Kept at/).waitFor();
    const age = page.getByRole('textbox', { name: 'Age' });
    await age.fill('4600');
    await send.click();
    await page.getByText('One answer cannot be as it stands.').waitFor();
    expect(bodies.every(({ to }) => to.endsWith('/draft'))).toBe(true);
    await age.fill('46');
    await saddle.getByRole('button', { name: /^Clear/ }).click();
    await page.getByRole('checkbox', { name: 'Knee, left: hurts' }).check();
    await page.getByText('Español', { exact: true }).click();
    await page.getByRole('button', { name: 'Enviar y valorar de nuevo' }).click();
    await page.getByRole('heading', { name: 'Anna Vogt' }).waitFor();
    const sent = bodies.find(({ to }) => to.endsWith('/intake'))!;
    expect(sent.body).toMatchObject({
      person: { ageYears: 46 },
      symptoms: { regions: expect.arrayContaining([{ region: 'knee', side: 'left' }]) },
    });
    expect((sent.body as { symptoms: object }).symptoms).not.toHaveProperty('saddleNumbness');
    expect(sent.tag).toBeDefined();
    await page.context().close();
  });

  it('begin a record with the intake, and take more files into one that is there', async () => {
    const page = await open('clinic', '/');
    await page.getByRole('button', { name: 'New patient' }).click();
    await page.getByLabel(/Name or pseudonym/).fill('  ');
    await page.getByRole('button', { name: 'Make the record and begin the intake' }).click();
    await page.getByText('Give a name or a pseudonym.').waitFor();
    await page.getByLabel(/Name or pseudonym/).fill('Nina Neu');
    const made = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Make the record and begin the intake' }).click();
    expect((await made).postDataJSON()).toEqual({ name: 'Nina Neu', sex: 'unknown' });
    await page.getByRole('heading', { name: 'Intake' }).waitFor();
    await page.goto(`${url('clinic')}/patients/p1`);
    await page.getByRole('button', { name: 'Add files' }).click();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'again.vcf', mimeType: 'text/plain', buffer: Buffer.from('##fileformat=VCFv4.2\n') },
      ]);
    const sent = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Store and analyse' }).click();
    expect(new URL((await sent).url()).pathname).toBe('/api/patients/p1/genome');
    await page.context().close();
  });

  it('take a day of the diary, and do not send one that says nothing', async () => {
    const page = await open('clinic', '/patients/p1?tab=time');
    await page.getByLabel('Day', { exact: true }).fill('2026-03-01');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('Say how the pain was').waitFor();
    const told = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('group', { name: 'Pain today' }).getByText('3', { exact: true }).click();
    await page.getByRole('button', { name: 'Write it down' }).click();
    expect((await told).postDataJSON()).toEqual({ pain: 3, steps: null, note: null });
    await page.getByText('Written. What stood there before is kept.').waitFor();
    await page.context().close();
  });

  it('say how a herniation changed against the error of measurement', async () => {
    const page = await open('clinic', '/patients/p1?tab=time');
    await page.getByText('herniation shrunk').waitFor();
    await page.locator('.fo-course-band').waitFor();
    await page.locator('.uplot canvas').first().waitFor();
    await page.context().close();
  });

  it('can be read in light and dark colours (WCAG AA), and fit a telephone', async () => {
    const page = await open('clinic', '/');
    const screens = [
      ...PATHS.map((path) => url('clinic') + path),
      ...ADMIN_PATHS.map((path) => url('office') + path),
    ];
    for (const path of screens) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Controls fade from one scheme to the other, for longer on a busy machine: what counts is where they end.
        await page.waitForTimeout(350);
        await expect
          .poll(() => page.evaluate(faintTexts), { message: `${path}, ${colorScheme}` })
          .toEqual([]);
      }
      await page.setViewportSize({ width: 390, height: 844 });
      await page.waitForTimeout(60);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, `${path} on a telephone`).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });

  it('put no barrier before anybody (axe: WCAG 2.2 AA), wide and on a telephone', async () => {
    const page = await open('clinic', '/');
    const wide = [...PATHS, '/nowhere'].map((path) => url('clinic') + path);
    const narrow = ['/patients/p1', '/patients/p1/aid', '/patients/p1/intake'].map(
      (path) => url('clinic') + path,
    );
    const trail = `${url('office')}/trail`;
    const account = `${url('office')}/account`;
    for (const [width, height, screens] of [
      [1440, 900, wide],
      [390, 844, [...narrow, trail, account]],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const path of screens) {
        await page.goto(path);
        await page.locator('main h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        expect(await barriers(page), `${path} at ${width}`).toEqual([]);
      }
    }
    await page.context().close();
  });

  it('refuse what is no picture in one clear line', async () => {
    const page = await open('clinic', '/analyse');
    await page
      .getByTestId('files')
      .setInputFiles([
        { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('words, no picture') },
      ]);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await soon(() => alert.textContent()).toContain('note.txt');
    await page.context().close();
  });

  it('stop an analysis that is cancelled', async () => {
    const page = await open('clinic', '/analyse');
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
    await soon(() => page.workers().length).toBe(0);
    await page.context().close();
  });

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
