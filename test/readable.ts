import type { Page } from 'playwright-core';

/** Texts whose contrast with what lies behind them is under WCAG AA (4.5, or 3 for large text). */
export function faintTexts(): string[] {
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

/** Lines with a word of English on the tabs of a record, everything unfolded. */
export async function englishLeft(page: Page): Promise<string[]> {
  const left: string[] = [];
  // What a clinician decides on the last tab is the clinician's to read; the patient's view of it is tried as a patient.
  for (const tab of (await page.getByRole('tab').all()).slice(0, -1)) {
    await tab.click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('heading').first().waitFor();
    for (const more of await panel.locator('details.fo-more > summary').all()) await more.click();
    const text = await panel.evaluate((element) => (element as HTMLElement).innerText);
    left.push(
      ...text.split('\n').filter((line) => /\b(?:the|and|with|what|not|more|is|of|to|by|for)\b/i.test(line)),
    );
  }
  return left;
}
