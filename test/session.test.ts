import { describe, expect, it, vi } from 'vitest';
import { chromiumPath, servedPages, soon } from './browser.ts';
import { answers } from './page-answers.ts';

/** A session that is over, in a real browser: nobody is shown any more, and what was being entered is not lost. */
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

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
