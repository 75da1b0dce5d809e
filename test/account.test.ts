import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { barriers } from './accessible.ts';
import { buildPage, chromiumPath, launch, servePage, soon } from './browser.ts';
import { ADMIN_ANSWERS } from './page-office.ts';

/** The own account in a real browser: its password, and the first one that somebody else chose. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: the account page was NOT tried');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

const NEW = 'a lamp beside the weir';

describe.runIf(chromium !== undefined)('an account in a browser', () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;
  let office: Awaited<ReturnType<typeof servePage>>;
  beforeAll(async () => {
    [browser, built] = await Promise.all([launch(chromium!), buildPage()]);
    office = await servePage(built.dir, ADMIN_ANSWERS);
  });
  afterAll(async () => {
    await browser?.close();
    await office?.close();
    built?.remove();
  });
  async function open(): Promise<Page> {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    page.setDefaultTimeout(40_000);
    return page;
  }
  const type = async (page: Page, current: string, next: string, again: string) => {
    await page.getByLabel(/^(Present password|Password you were given)/).fill(current);
    await page.getByLabel(/^New password( \*)?$/).fill(next);
    await page.getByLabel(/^New password once more/).fill(again);
    await page.getByRole('button', { name: 'Change the password' }).click();
  };

  it('changes its password, says what happened to other sessions, and shows why not', async () => {
    const page = await open();
    await page.goto(office.url);
    await page.getByLabel('Account: Ada Min').click();
    await page.getByRole('link', { name: 'Your account' }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    const puts = () => office.asked.filter((line) => line === 'PUT /api/password').length;
    await type(page, 'nine green herons nap', 'short', 'short');
    await page.getByText('The new password needs at least 12 characters.').waitFor();
    await type(page, 'nine green herons nap', NEW, `${NEW}s`);
    await page.getByText('typed in two different ways').waitFor();
    expect(puts()).toBe(0);
    const wrong = {
      code: 'usage',
      severity: 'error',
      where: 'body.current',
      what: 'is not your password',
      help: 'type it again',
    };
    await page.route('**/api/password', (route) =>
      route.fulfill({ status: 403, json: { problems: [wrong] } }),
    );
    await type(page, 'nine green herons', NEW, NEW);
    await page.getByText('Present password: Is not your password. Type it again.').waitFor();
    await page.unroute('**/api/password');
    await type(page, 'nine green herons nap', NEW, NEW);
    await page.getByText('2 other sessions were ended').waitFor();
    expect(puts()).toBe(1);
    await soon(() => page.getByLabel(/^Present password/).inputValue()).toBe('');
    await page.context().close();
  });

  it('with a first password shows the choice of another and nothing else, until it is made', async () => {
    const page = await open();
    const session = (password: string) => ({
      signedIn: true,
      demo: false,
      csrf: 'x',
      account: { id: 'root', login: 'root', name: 'Ada Min', role: 'admin', password },
    });
    let password = 'first';
    await page.route('**/api/session', (route) => route.fulfill({ json: session(password) }));
    const before = office.asked.length;
    await page.goto(`${office.url}/accounts`);
    await page.getByRole('heading', { name: 'Choose your password' }).waitFor();
    await soon(() => page.getByRole('navigation').count()).toBe(0);
    expect(office.asked.slice(before).filter((line) => line.includes('/api/'))).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    password = 'own';
    await type(page, 'nine green herons nap', NEW, NEW);
    await page.getByRole('heading', { name: 'Accounts' }).waitFor();
    await page.context().close();
  });

  it('speaks Spanish to a patient whose browser does, from the first password on, but not to who works there', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-MX' });
    context.setDefaultTimeout(40_000);
    const page = await context.newPage();
    let account = { id: 'pa', login: 'pa', name: 'Pa Tient', role: 'patient', password: 'first' };
    await page.route('**/api/session', (route) =>
      route.fulfill({ json: { signedIn: true, demo: false, csrf: 'x', account } }),
    );
    await page.goto(`${office.url}/account`);
    await page.getByRole('heading', { name: 'Elija su contraseña' }).waitFor();
    account = { ...account, password: 'own' };
    await page.reload();
    await page.getByRole('heading', { name: 'Su cuenta' }).waitFor();
    await page.getByRole('link', { name: 'Mi historia' }).waitFor();
    await soon(() => page.locator('html').getAttribute('lang')).toBe('es');
    await page.getByRole('button', { name: 'Cambiarla' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    account = { ...account, role: 'admin' };
    await page.reload();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await context.close();
  });
});
