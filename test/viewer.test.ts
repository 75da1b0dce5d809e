import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { barriers } from './accessible.ts';
import { buildPage, chromiumPath, launch, PATIENCE, servePage, soon } from './browser.ts';
import { answers } from './page-answers.ts';
import { ADMIN_ANSWERS } from './page-office.ts';

/** The viewer under real mouse and keys, the corridors, and the pages of accounts and consent, in a real browser. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: viewer and accounts were NOT tried');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

describe.runIf(chromium !== undefined)('in a browser', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;
  let clinic: Awaited<ReturnType<typeof servePage>>;
  let office: Awaited<ReturnType<typeof servePage>>;
  let home: Awaited<ReturnType<typeof servePage>>;
  const errors: string[] = [];

  beforeAll(async () => {
    [browser, built] = await Promise.all([launch(chromium!), buildPage()]);
    const all = await answers();
    const patient = { id: 'p', login: 'anna', name: 'Anna Vogt', role: 'patient', password: 'own' };
    clinic = await servePage(built.dir, all);
    office = await servePage(built.dir, ADMIN_ANSWERS);
    home = await servePage(built.dir, {
      ...all,
      '/api/session': { signedIn: true, demo: false, csrf: 'x', account: patient },
      '/api/patients': { patients: [{ ...(all['/api/patients/p1'] as object) }], next: null },
      'POST /api/patients/p1/consents': {},
    });
  });
  afterAll(async () => {
    await browser?.close();
    for (const site of [clinic, office, home]) await site?.close();
    built?.remove();
  });

  async function open(address: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('/api/events'))
        errors.push(message.text());
    });
    await page.goto(address);
    return page;
  }

  /** What stands at the foot of a picture: window, level and zoom. */
  const foot = async (view: Locator) => {
    const text = (await view.locator('.fo-slice-foot span').last().textContent()) ?? '';
    const [w = 0, l = 0, zoom = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return { w, l, zoom };
  };
  const slice = (view: Locator) => view.getAttribute('aria-valuetext');
  const drag = async (page: Page, from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    await page.mouse.move(...to);
    await page.mouse.up();
  };
  const middle = async (view: Locator): Promise<readonly [number, number]> => {
    const box = (await view.boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  it('windows, zooms, moves and scrolls by mouse and by keys', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    const start = await foot(view);
    const [x, y] = await middle(view);
    await drag(page, [x, y], [x + 60, y - 40]);
    const dragged = await foot(view);
    expect(dragged.w).toBeGreaterThan(start.w);
    expect(dragged.l).toBeGreaterThan(start.l);
    await view.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await soon(async () => (await foot(view)).w).toBeLessThan(dragged.w);
    await page.getByRole('button', { name: 'Reset windows' }).click();
    await soon(async () => (await foot(view)).w).toBe(start.w);
    await page.mouse.move(x, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
    await soon(async () => (await foot(view)).zoom).toBeGreaterThan(120);
    const place = () => view.locator('.fo-slice-lines g').first().getAttribute('style');
    const before = await place();
    await page.keyboard.down('Shift');
    await drag(page, [x, y], [x, y + 60]);
    await page.keyboard.up('Shift');
    await soon(place).not.toBe(before);
    await view.focus();
    await page.keyboard.press('0');
    await soon(async () => (await foot(view)).zoom).toBe(100);
    await page.keyboard.press('End');
    await soon(() => slice(view)).toBe('slice 5 of 5');
    await page.context().close();
  });

  it('says which side is which, inverts, presets, plays and shows its keys', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    await soon(() => view.locator('.fo-edge').allTextContents()).toEqual(['A', 'P', 'H', 'F']);
    await soon(() => view.locator('.fo-slice-place').textContent()).toMatch(/^ · ([LR] )?\d+\.\d mm$/);
    const grey = () =>
      view.locator('canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas
          .getContext('2d')!
          .getImageData(canvas.width / 2 - 20, canvas.height / 2 - 20, 40, 40);
        return data.reduce((sum, value, n) => sum + (n % 4 === 3 ? 0 : value), 0) / (40 * 40 * 3);
      });
    await view.focus();
    await page.keyboard.press('o');
    const plain = await grey();
    await page.keyboard.press('i');
    await soon(grey).toBeCloseTo(255 - plain, -1);
    const start = await foot(view);
    await page.keyboard.press('2');
    await soon(async () => (await foot(view)).w).toBeLessThan(start.w);
    await soon(() => page.getByRole('combobox', { name: 'Window preset' }).inputValue()).toBe(
      'Marrow and discs',
    );
    // A trackpad tells many small steps: together they are one slice.
    await page.mouse.move(...(await middle(view)));
    const at = await slice(view);
    for (let n = 0; n < 5; n++) await page.mouse.wheel(0, 9);
    await soon(() => slice(view)).not.toBe(at);
    await page.mouse.wheel(0, -120);
    await soon(() => slice(view)).toBe(at);
    await page.keyboard.press(' ');
    await soon(() => slice(view)).not.toBe(at);
    await page.getByRole('button', { name: 'Play the stack', pressed: true }).click();
    await page.getByRole('button', { name: 'Reset windows and zoom' }).click();
    await soon(async () => (await foot(view)).w).toBe(start.w);
    await view.focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys and gestures' });
    await sheet.getByRole('row', { name: /Invert the greys/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await soon(() => sheet.count()).toBe(0);
    await page.context().close();
  });

  it('measures lengths and angles where they are drawn, and takes them away again', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    const [x, y] = await middle(view);
    await view.focus();
    await page.keyboard.press('l');
    await drag(page, [x - 80, y], [x + 80, y]);
    const texts = view.locator('.fo-mark-text');
    await soon(() => texts.count()).toBe(1);
    // The whole picture is 96 x 128 mm: 160 of its pixels on the screen are this many millimetres.
    const box = (await view.boundingBox())!;
    const scale = Math.min(box.width / 96, box.height / 128);
    expect(Number.parseFloat((await texts.first().textContent())!)).toBeCloseTo(160 / scale, 0);
    await page.keyboard.press('a');
    await drag(page, [x - 60, y - 60], [x + 60, y - 60]);
    await drag(page, [x - 60, y + 80], [x + 60, y - 40]);
    await soon(() => texts.last().textContent()).toBe('45.0°');
    await view.focus();
    await page.keyboard.press('ArrowDown');
    await soon(() => texts.count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await soon(() => texts.count()).toBe(2);
    // An end is taken elsewhere: the length follows it.
    const before = await texts.first().textContent();
    await drag(page, [x + 80, y], [x + 120, y]);
    await soon(async () => Number.parseFloat((await texts.first().textContent())!)).toBeGreaterThan(
      Number.parseFloat(before!),
    );
    await view.focus();
    await page.keyboard.press('r');
    await page.mouse.move(x - 30, y + 10);
    await page.mouse.down();
    for (const [dx, dy] of [
      [30, 10],
      [30, 60],
      [-30, 60],
    ] as const)
      await page.mouse.move(x + dx, y + dy);
    await page.mouse.up();
    await soon(() => texts.count()).toBe(3);
    const panel = page.getByRole('region', { name: 'Measured by readers' });
    await soon(() => panel.getByPlaceholder('Note').count()).toBe(3);
    await panel.getByText('1 taken away').click();
    await panel.getByText(/by Dr Reader/).waitFor();
    await view.focus();
    for (let n = 0; n < 3; n++) await page.keyboard.press('Delete');
    await soon(() => texts.count()).toBe(0);
    await page.context().close();
  });

  it('measures without a pointer: a pen that keys bring, move and set', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const view = page.getByRole('slider', { name: /T2 sagittal/ });
    await view.waitFor();
    await view.focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('l', 'Enter', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowRight', 'ArrowRight');
    // What the cross shows is told as well.
    await page.getByText('12.0 mm from the last point').waitFor({ state: 'attached' });
    await press('Alt+ArrowLeft', 'Enter');
    const texts = view.locator('.fo-mark-text');
    await soon(() => texts.allTextContents()).toEqual(['11.8 mm']);
    await press('Escape', 'r', 'Enter', 'Enter');
    await press(
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Enter',
      'Shift+ArrowDown',
      'Shift+ArrowDown',
      'Enter',
    );
    await press('Enter');
    await soon(() => texts.allTextContents()).toEqual(['11.8 mm', '50 mm²']);
    // Put away, the arrows are the slices' again.
    const slice = () => view.getAttribute('aria-valuenow');
    const before = Number(await slice());
    await press('Escape', 'ArrowDown');
    await soon(slice).toBe(String(before + 1));
    await page.context().close();
  });

  it('shows a place of one plane in the other, and an earlier study beside that follows', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const sagittal = page.getByRole('slider', { name: /T2 sagittal/ }).first();
    const axial = page.getByRole('slider', { name: /T2 axial/ });
    await axial.waitFor();
    const box = (await sagittal.boundingBox())!;
    const scale = Math.min(box.width / 96, box.height / 128);
    // Row 44.5 of 64 is the height of axial slice 5.
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 + (45 * 2 - 64) * scale);
    await soon(() => slice(axial)).toBe('slice 5 of 9');
    await soon(() => page.locator('.fo-cursor').count()).toBe(2);
    await sagittal.focus();
    await page.keyboard.press('p');
    const panes = page.locator('.fo-slice');
    await soon(() => panes.count()).toBe(3);
    await soon(() => slice(panes.nth(1))).toBe('slice 3 of 5');
    await sagittal.focus();
    await page.keyboard.press('ArrowDown');
    await soon(() => slice(panes.nth(1))).toBe('slice 4 of 5');
    await page.context().close();
  });

  it('draws a corridor on both planes with its distances, and says that it is no navigation', async () => {
    const page = await open(`${clinic.url}/patients/p1`);
    const sagittal = page.getByRole('slider', { name: /T2 sagittal/ });
    await sagittal.waitFor();
    await page.getByRole('article', { name: 'L4-L5' }).getByRole('button').first().click();
    await soon(() => sagittal.locator('.fo-taken-plate').count()).toBe(2);
    await sagittal.focus();
    await page.keyboard.press('k');
    const panel = page.getByRole('region', { name: 'Corridors' });
    await panel.getByText('Planning geometry, not navigation.').waitFor();
    await soon(() => slice(sagittal)).toBe('slice 4 of 5');
    await soon(() => page.locator('.fo-way-window').count()).toBe(2);
    await soon(() => page.locator('.fo-way').count()).toBe(2);
    const axial = page.getByRole('slider', { name: /T2 axial/ });
    await soon(() => axial.locator('.fo-way-text').allTextContents()).toContain('sac 6.5 ± 3.1 mm');
    await soon(() => panel.getByRole('radio').count()).toBe(1);
    await soon(() => panel.textContent()).toContain('room in doubt');
    await panel.getByText('1 not given').click();
    await panel.getByText('no slice shows the pedicles on this side').waitFor();
    await page.getByRole('article', { name: 'L5-S1' }).getByRole('button').first().click();
    await panel.getByText('Iliac crest: not assessed.').waitFor();
    await panel.getByRole('button', { name: 'Mark the top of the crest' }).click();
    const [x, y] = await middle(sagittal);
    await page.mouse.click(x, y);
    await panel.getByText(/Iliac crest, (left|right): -?\d+ ± \d+ mm/).waitFor();
    await page.context().close();
  });

  it('scrolls and zooms the studies together where they are laid over each other', async () => {
    const page = await open(`${clinic.url}/patients/p1?tab=time`);
    const panes = page.locator('.fo-matched .fo-slice');
    await soon(() => panes.count()).toBe(2);
    await page.getByText(/, re-cut/).waitFor();
    const newest = panes.last();
    const at = await slice(newest);
    await newest.focus();
    await page.keyboard.press('ArrowUp');
    await soon(() => slice(newest)).not.toBe(at);
    await soon(async () => (await slice(panes.first())) === (await slice(newest))).toBe(true);
    await page.keyboard.press('+');
    await soon(async () => (await foot(panes.first())).zoom === (await foot(newest)).zoom).toBe(true);
    await page.context().close();
  });

  it('keeps what it shows when the network goes, and goes on by itself when it is back', async () => {
    const page = await open(`${clinic.url}/patients/p1?tab=assessment`);
    await page.getByRole('heading', { name: 'What explains the symptoms' }).waitFor();
    const known = errors.length;
    await page.context().setOffline(true);
    await page.getByRole('tab', { name: 'Over time' }).click();
    await page.getByRole('alert').getByText('This part of the page has not come').waitFor();
    await page.getByRole('tab', { name: 'Plan', exact: true }).click();
    await page.getByRole('heading', { name: 'Options' }).waitFor();
    await page.getByRole('tab', { name: 'Over time' }).click();
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: /^Diary/ }).waitFor();
    // Requests that found no network are on the console; nothing else is.
    const said = errors.splice(known);
    expect(said.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await page.context().close();
  });

  it('gives administrators accounts and trail, a token shown once, and no patient', async () => {
    const page = await open(office.url);
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await soon(() => page.getByRole('navigation').getByRole('link').allTextContents()).toEqual([
      'Accounts',
      'Audit trail',
      'Evidence',
    ]);
    await page.getByRole('button', { name: 'Change MR 1' }).click();
    const form = page.getByRole('form', { name: 'New token' });
    await form.getByLabel('Name').fill('viewer');
    await form.getByRole('button', { name: 'Make the token' }).click();
    await page
      .getByRole('alert')
      .getByText('Choose what it may do.')
      .or(page.getByText('Choose what it may do.'))
      .first()
      .waitFor();
    await form.getByLabel(/search and fetch/).check();
    await form.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('fmn_shown_this_once').waitFor();
    await page.getByRole('button', { name: 'Done', exact: true }).last().click();
    await soon(() => page.getByText('fmn_shown_this_once').count()).toBe(0);
    // Nobody closes the own account, and closing another asks once more.
    await page.getByRole('button', { name: 'Change Ada Min' }).click();
    await page.getByText('Your own account is closed by another administrator.').waitFor();
    await page.getByRole('button', { name: 'Change Dr Clara Klein' }).click();
    await page.getByRole('button', { name: 'Close the account of Dr Clara Klein' }).click();
    expect(office.asked.some((line) => line.startsWith('PUT '))).toBe(false);
    await page.getByRole('button', { name: /Close the account of Dr Clara Klein/ }).click();
    await soon(() => office.asked.includes('PUT /api/accounts/clara')).toBe(true);
    await page.getByRole('button', { name: 'New account' }).click();
    const fresh = page.getByRole('form', { name: 'New account' });
    await fresh.getByLabel('Name').fill('Dr New');
    await fresh.getByLabel('Login').fill('new');
    await fresh.getByRole('button', { name: 'Make the account and a password' }).click();
    await soon(() => page.locator('.fo-secret').textContent()).toMatch(/^(\w{5}-){3}\w{5}$/);
    await page.goto(`${office.url}/trail`);
    await page.getByText('no relationship with this patient').waitFor();
    await page.goto(`${office.url}/patients/p1`);
    await page.getByText('There is no page here for this account.').waitFor();
    expect(office.asked.filter((line) => line.includes('/api/patients'))).toEqual([]);
    await page.context().close();
  });

  it('brings a patient to the own record, to consents that can be given, and to who has seen it', async () => {
    const page = await open(home.url);
    await page.getByRole('tab', { name: 'For the patient', selected: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/patients/p1');
    await page.getByRole('tab', { name: 'Consent and access' }).click();
    await page.getByText('opened in an emergency').waitFor();
    await page.getByText('unconscious in the emergency room').waitFor();
    await soon(() => page.getByRole('button', { name: 'Give consent: Research' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Withdraw consent: Research' }).click();
    await page.getByText('Research: withdrawn.').waitFor();
    expect(home.asked).toContain('POST /api/patients/p1/consents');
    // The care team is shown, and nothing with which a patient could change it.
    await soon(() => page.getByRole('form', { name: 'Add somebody' }).count()).toBe(0);
    await page.goto(`${home.url}/accounts`);
    await page.getByText('There is no page here for this account.').waitFor();
    await page.context().close();
  });

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
