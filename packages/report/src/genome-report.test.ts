import { callGenome, readOutsideCalls } from '@foramen/genomics';
import { describe, expect, it } from 'vitest';
import { patientReport, prescriberReport } from './genome-report.ts';

function profile(text: string, medications: readonly string[] = []) {
  const outside = readOutsideCalls(text, 'calls');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const called = callGenome(null, 'A & <b>', {
    outside: outside.value,
    context: { medications: medications.map((name) => ({ name })) },
  });
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value;
}
const words = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** Flesch-Kincaid grade of running text, syllables counted by vowel groups. */
function grade(text: string): number {
  const sentences = text.split(/[.!?:]+\s/).filter((part) => part.trim().split(/\s+/).length > 2);
  const list =
    sentences
      .join(' ')
      .toLowerCase()
      .match(/[a-z']+/g) ?? [];
  const syllables = list.reduce(
    (sum, word) => sum + Math.max(1, (word.replace(/e$/, '').match(/[aeiouy]+/g) ?? []).length),
    0,
  );
  return 0.39 * (list.length / sentences.length) + 11.8 * (syllables / list.length) - 15.59;
}

describe('genome reports', () => {
  const poor = profile('CYP2D6\t*4/*4\nCYP2C19\t*1/*2\n');

  it('are one file each: no scripts, nothing fetched, names escaped', () => {
    for (const html of [prescriberReport(poor, '2026-11-22'), patientReport(poor, '2026-11-22')]) {
      expect(html).toMatch(/^<!doctype html>/);
      expect(html).not.toMatch(/<script|src=|https?:\/\/|@import|url\(/);
      expect(html).toContain('A &amp; &lt;b&gt;');
      expect(html).not.toContain('<b>A & <b>');
    }
  });

  it('give the prescriber the guidelines side by side, the plan, the open genes and the refusals', () => {
    const text = words(prescriberReport(poor, '2026-11-22'));
    for (const part of [
      'CPIC strong Avoid',
      'DPWG',
      'Around an operation',
      'Not tested',
      'Refused',
      '0.40 %',
      'Where this comes from',
      'never makes an anaesthetic safe',
    ]) {
      expect(text).toContain(part);
    }
    expect(words(prescriberReport(profile('CYP2D6\t*1/*1\n', ['bupropion']), '2026-11-22'))).toContain(
      'Current drugs change CYP2D6',
    );
  });

  it('speak to the patient in plain words', () => {
    const html = patientReport(poor, '2026-11-22');
    const text = words(html);
    expect(text).toContain('Talk first');
    expect(text).toContain('codeine');
    expect(text).not.toMatch(/metaboli[sz]er|diplotype|phenotype|allele|CYP2D6/i);
    const prose = words(html.replace(/<li><b>[^<]*<\/b>[^<]*<\/li>/g, ''));
    expect(grade(prose)).toBeLessThan(6.5);
  });
});
