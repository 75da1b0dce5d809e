import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildPage, chromiumPath, launch, openPage, servePage, soon } from './browser.ts';
import { answers } from './page-answers.ts';

/** A clinician's word on a plan, on its page in a real browser: who accepted which plan and when, and the way to say so. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: accepting a plan on its page was NOT tried');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

describe.runIf(chromium !== undefined)('the page of a plan', () => {
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

  it('says who accepted it and when, takes the word back, and says it again about the plan that is shown', async () => {
    const page = await openPage(browser, site, '/patients/p1?tab=plan', errors);
    const history = page.locator('section', {
      has: page.getByRole('heading', { name: 'How this plan came about' }),
    });
    await soon(() => history.innerText()).toContain('Accepted by Clara Ros, 2 Mar 2026 10:00 UTC');
    const plan = await page.evaluate(() => fetch('/api/patients/p1/plan').then((reply) => reply.json()));
    const told = await page.evaluate(() =>
      fetch('/api/patients/p1/plan/revisions').then((reply) => reply.json()),
    );
    let holds = true;
    const sent: unknown[] = [];
    await page.route('**/plan/acceptance', (route) => {
      const body = route.request().postDataJSON() as { accepted: boolean };
      sent.push(body);
      holds = body.accepted;
      return route.fulfill({ status: 201, json: body });
    });
    await page.route('**/plan/revisions', (route) => {
      const [newest, ...older] = told.revisions;
      const [by, at] = ['Demo clinician', '2026-03-03T10:00:00.000Z'];
      const word = {
        acceptedBy: holds ? by : null,
        acceptedAt: holds ? at : null,
        withdrawnBy: holds ? null : by,
        withdrawnAt: holds ? null : at,
      };
      return route.fulfill({ json: { revisions: [{ ...newest, ...word }, ...older] } });
    });
    await history.getByRole('button', { name: 'Withdraw the acceptance' }).click();
    await soon(() => history.innerText()).toContain('Acceptance withdrawn by Demo clinician');
    await history.getByRole('button', { name: 'Accept this plan' }).click();
    await soon(() => history.innerText()).toContain('Accepted by Demo clinician');
    expect(sent).toEqual([
      { plan: plan.now, accepted: false },
      { plan: plan.now, accepted: true },
    ]);
    await page.context().close();
  });

  it('wrote nothing on the console', () => {
    expect(errors).toEqual([]);
  });
});
