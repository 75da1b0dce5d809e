import { describe, expect, it, vi } from 'vitest';
import { chromiumPath, servedPages, soon } from './browser.ts';
import { answers } from './page-answers.ts';

/** A clinician's word on a plan, on its page in a real browser: who accepted which plan and when, and the way to say so. */
const chromium = chromiumPath();
if (chromium === undefined) console.warn('no Chromium: accepting a plan on its page was NOT tried');

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 });

describe.runIf(chromium !== undefined)('the page of a plan', () => {
  const { errors, open } = servedPages(chromium, async () => ({ clinic: await answers() }));

  it('says who accepted it and when, takes the word back, and says it again about the plan that is shown', async () => {
    const page = await open('clinic', '/patients/p1?tab=plan');
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
