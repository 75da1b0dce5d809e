import { describe, expect, it } from 'vitest';
import { takenDrugs } from './drug-classes.ts';

const names = (...entries: readonly string[]): readonly string[] =>
  takenDrugs({
    schema: 'foramen.case/1',
    patientId: 'p',
    now: '2026-11-22',
    findings: null,
    priorFindings: [],
    genome: null,
    scores: [],
    signals: [],
    problems: [],
    intake: { medications: entries.map((name) => ({ name })) },
  }).map((d) => d.name);

describe('drug names as people write them', () => {
  it.each([
    ['Zoloft 50 mg', ['sertraline']],
    ['amitriptilina 25', ['amitriptyline']],
    ['Metotrexato semanal', ['methotrexate']],
    ['oxicodona/naloxona', ['oxycodone']],
    ['Tegretol', ['carbamazepine']],
    ["St John's wort", ["St John's wort"]],
    ['paracetamol + tramadol', ['tramadol']],
    ['vitamin D', []],
  ])('%s', (entry, generic) => {
    expect(names(entry)).toEqual(generic);
  });

  it('gives each drug of a combination', () => {
    expect(names('naproxen with aspirin')).toEqual(['naproxen', 'aspirin']);
  });
});
