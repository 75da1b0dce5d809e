import { fernandezHuerta, fleschKincaidGrade } from '@foramen/care';
import { callGenome, readOutsideCalls } from '@foramen/genomics';
import { drugNameIn } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { PATIENT_EN, PATIENT_ES, type PatientWords } from './genome-patient-words.ts';
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
      '(level A)',
      'DPWG',
      'Around an operation',
      'Not tested',
      'Refused',
      '0.40%',
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
  });

  const MOST = profile('CYP2D6\t*1/*1\nCYP2C19\t*2/*2\nCYP2C9\t*1/*1\nRYR1\tc.488G>T/Reference\n', [
    'fluoxetine',
  ]);

  it('speak Spanish to the patient too: the same medicines in the same places, by their Spanish names', () => {
    const [en, es] = ['en', 'es'].map((language) => patientReport(MOST, '2026-11-22', language));
    expect(es).toContain('<html lang="es">');
    const shape = (html: string) => html.replace(/>[^<]*</g, '><').replace('lang="es"', 'lang="en"');
    expect(shape(es ?? '')).toBe(shape(en ?? ''));
    const text = words(es ?? '');
    for (const part of ['codeína', 'sevoflurano', 'succinilcolina', 'Antes de que le operen', 'omeprazol'])
      expect(text).toContain(part);
    expect(text).not.toMatch(/\b(codeine|doctor|medicine|pills|your|talk)\b/i);
    expect(patientReport(MOST, '2026-11-22', 'es-MX')).toBe(es);
    expect(patientReport(MOST, '2026-11-22', 'fi')).toBe(en);
  });

  it('are read by a twelve-year-old, sentence by sentence, in both languages', () => {
    const said = (w: PatientWords) => [
      w.genes,
      `${w.doNotChange} ${w.doNotChangeMore}`,
      `${w.surgery} ${w.surgeryMore}`,
      `${w.slowed} ${w.slowedMore}`,
      ...Object.values(w.cards).map((card) => card.text),
      ...w.cannotTellList,
      ...w.doNowList,
      w.footer,
    ];
    expect(said(PATIENT_EN).filter((text) => fleschKincaidGrade(text) > 6)).toEqual([]);
    expect(said(PATIENT_ES).filter((text) => fernandezHuerta(text) < 75)).toEqual([]);
    // Each medicine on the page has its Spanish name, or the same name in both languages.
    const same = 'tramadol celecoxib lornoxicam meloxicam piroxicam citalopram escitalopram clopidogrel';
    const missing = MOST.drugs
      .map((d) => d.drug)
      .filter((drug) => words(patientReport(MOST, '2026-11-22')).includes(drug))
      .filter((drug) => drugNameIn(drug, 'es') === drug && !same.split(' ').includes(drug));
    expect(missing).toEqual([]);
  });

  it('begin with what changes, say a reason once, and name whose the operation sheet is', () => {
    const who = profile('CYP2D6\t*4/*4\nCYP2C9\t*3/*3\n', ['apixaban', 'lorazepam']);
    const html = prescriberReport(who, '2026-11-22');
    const text = words(html);
    expect(text.indexOf('Leave or replace')).toBeLessThan(text.indexOf('What the guidelines say'));
    const glance = html.slice(html.indexOf('class="glance"'), html.indexOf('<h2>Drugs'));
    expect(words(glance)).toMatch(/codeine, tramadol CYP2D6 Poor Metabolizer/);
    expect(text).toContain('This person bleeding with the anticoagulant taken');
    expect(text).toMatch(
      /Looked at in their place and not offered: [^.]*naproxen, diclofenac[^.]* \(bleeding/,
    );
    const sheet = html.slice(html.indexOf('class="sheet"'), html.indexOf('<h2 class="page">Genes'));
    expect(words(sheet)).toContain('Sample A &amp; &lt;b&gt;, 22 Nov 2026');
    expect(words(sheet)).toContain('all of these: bleeding with the anticoagulant taken');
    expect(words(sheet)).toContain('lorazepam is taken');
    expect(text).toContain('FDA, second-hand');
    // Four hundred words are read in two minutes and fit on a page.
    expect(words(sheet).split(' ').length).toBeLessThan(400);
  });

  it('do not call a drug unchanged that another drug only hides, or that this person must not have', () => {
    const hidden = profile('CYP2D6\t*1x2/*2\n', ['duloxetine', 'apixaban']);
    expect(hidden.drugs.find((d) => d.drug === 'codeine')?.action).toBe('standard');
    const text = words(prescriberReport(hidden, '2026-11-22'));
    expect(text).toMatch(/by genotype alone: CYP2D6 Ultrarapid Metabolizer \(activity score 3.0\), avoid/);
    expect(text).not.toMatch(/No change by genes: [^.]*codeine/);
    expect(text).toContain('duloxetine blocks its activation');
    const talk = patientReport(hidden, '2026-11-22').split('<div class="card">')[1];
    expect(words(talk ?? '')).toMatch(/Talk first.*codeine, tramadol/);
  });

  it('ask the patient to talk first of what this person must not have, and tell the prescriber what to look after', () => {
    const outside = readOutsideCalls('CYP2D6\t*4/*4\nCYP2C9\t*1/*1\n', 'calls');
    const called = callGenome(null, 'p', {
      ...(outside.ok ? { outside: outside.value } : {}),
      context: { egfr: 45, illnesses: ['liverModerate', 'liverDisease'] },
    });
    if (!called.ok) throw new Error(called.problems[0].what);
    const first = /Talk first.*?<\/div>/s.exec(patientReport(called.value, '2026-11-22'))?.[0] ?? '';
    for (const drug of ['naproxen', 'celecoxib', 'duloxetine']) expect(first).toContain(drug);
    expect(first).not.toContain('omeprazole');
    const prescriber = prescriberReport(called.value, '2026-11-22');
    expect(prescriber).toMatch(
      /<td class="instead">[^<]*hydromorphone[^<]*<div class="why">with care: [^<]*smaller doses/,
    );
    expect(words(prescriber)).toContain('pain not surely less (-0.31, -0.89 to 0.27)');
  });

  it('mark what was taken second-hand wherever it is named', () => {
    const person = profile('CYP2C19\t*2/*2\nG6PD\t\tDeficient\n');
    for (const { drug, guideline, sources, verified } of person.drugs)
      if (guideline === 'FDA' || sources.some((source) => /level [BC]|no action|PA166104949/.test(source)))
        expect(verified, `${drug} ${guideline}`).toBe(false);
    const html = prescriberReport(person, '2026-11-22');
    const glance = words(html.slice(html.indexOf('class="glance"'), html.indexOf('<h2>Drugs')));
    expect(glance).toMatch(/carisoprodol, diazepam CYP2C19 Poor Metabolizer, FDA, second-hand/);
    expect(words(html)).toContain('methylene blue is contraindicated (FDA, second-hand)');
    expect(words(html)).toContain('methadone [CPIC, second-hand]');
    expect(words(html)).toMatch(/CPIC guidance on lumiracoxib, warfarin, methadone.{0,200}Second-hand/);
  });

  it('warn the person of sleep medicines after malignant hyperthermia in the family', () => {
    const relative = callGenome(null, 'A', { outside: [], context: { illnesses: ['hyperthermia'] } });
    const nobody = callGenome(null, 'A', { outside: [], context: {} });
    if (!relative.ok || !nobody.ok) throw new Error('no profile');
    expect(words(patientReport(relative.value, '2026-11-22'))).toContain(PATIENT_EN.surgeryMore);
    expect(words(patientReport(nobody.value, '2026-11-22'))).not.toContain(PATIENT_EN.surgeryMore);
    expect(words(prescriberReport(relative.value, '2026-11-22'))).toContain('whatever the genes say');
  });
});
