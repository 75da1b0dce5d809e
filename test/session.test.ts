import { describe, expect, it, vi } from 'vitest';
import { chromiumPath, servedPages, soon } from './browser.ts';
import { answers } from './page-answers.ts';

/** Who is shown what, in a real browser: nobody any more once a session is over, a record of another team in an emergency. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: the end of a session was NOT tried');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

describe.runIf(chromium !== undefined)('the pages', () => {
  const { errors, open } = servedPages(chromium, async () => ({ clinic: await answers() }));

  it('show nobody any more once the session is over', async () => {
    const page = await open('clinic', '/patients/p1');
    await page.getByRole('heading', { name: 'Anna Vogt' }).waitFor();
    const there = await page.evaluate(() => fetch('/api/session').then((answer) => answer.json()));
    await page.route('**/api/session', (route) =>
      route.fulfill({ json: route.request().method() === 'POST' ? there : { signedIn: false, demo: false } }),
    );
    await page.evaluate(() => window.dispatchEvent(new Event('foramen-session-over')));
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.locator('body').innerText()).not.toContain('Anna Vogt');
    await page.context().close();
    // Refused in the middle of a form: whoever signs in again finds it as it was left, and it is kept then.
    const form = await open('clinic', '/patients/p1/intake');
    const age = form.getByRole('textbox', { name: 'Age' });
    await age.waitFor();
    let signedIn = false;
    await form.route('**/draft', (route) =>
      signedIn
        ? route.fulfill({ json: { revision: 1, updatedAt: '2026-05-01T10:00:00Z' } })
        : route.fulfill({ status: 401, json: { problems: [{ where: 'session', what: 'ended', help: '' }] } }),
    );
    await form.route('**/api/session', (route) => {
      signedIn = route.request().method() === 'POST';
      return route.fulfill({ json: signedIn ? there : { signedIn: false, demo: false } });
    });
    const before = errors.length;
    await age.fill('62');
    await form.getByText('what you entered is still there').waitFor();
    await form.getByRole('textbox', { name: 'Login' }).fill('clara');
    await form.locator('input[name="password"]').fill('own words');
    await form.getByRole('button', { name: 'Sign in' }).click();
    await form.getByText(/^Kept at/).waitFor();
    await soon(() => age.inputValue()).toBe('62');
    // The refusal itself is written by the browser.
    expect(errors.splice(before).filter((line) => !line.includes('401'))).toEqual([]);
    await form.context().close();
  });

  it('open a record of another team in an emergency, which looks like one that is not there', async () => {
    const page = await open('clinic', '/');
    const theirs = (await answers())['/api/patients/p1'];
    let reason: string | null = null;
    await page.route('**/api/patients/p9', (route) =>
      reason === null
        ? route.fulfill({ status: 404, json: { problems: [] } })
        : route.fulfill({
            json: {
              ...(theirs as object),
              id: 'p9',
              name: 'Otto Fremd',
              openedUntil: '2026-03-02T10:00:00.000Z',
            },
          }),
    );
    await page.route('**/api/patients/p9/break-glass', (route) => {
      reason = route.request().postDataJSON().reason;
      return route.fulfill({ json: { until: '2026-03-02T10:00:00Z' } });
    });
    const before = errors.length;
    await page.getByText('Somebody who is not listed').click();
    await page.getByLabel('Id of the record').fill(' p9 ');
    await page.keyboard.press('Enter');
    await page.getByText('This record is not there, or it is not yours to see.').waitFor();
    const opens = page.getByRole('button', { name: 'Open the record' });
    await page.getByLabel('Why you need this record now').fill('numb');
    expect(await opens.isDisabled()).toBe(true);
    await page.getByLabel('Why you need this record now').fill('numb between the legs, on call');
    await opens.click();
    await page.getByRole('heading', { name: 'Otto Fremd' }).waitFor();
    expect(reason).toBe('numb between the legs, on call');
    await page.getByText(/opened in an emergency, until.*10:00/).waitFor();
    // The refusals themselves are written by the browser; parts of the record have no answer in this test.
    expect(errors.splice(before).filter((line) => !line.includes('404'))).toEqual([]);
    await page.context().close();
  });

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
