import { EVIDENCE, parameter } from '@foramen/evidence';
import type { DrugAction, Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { CHECKS } from './checks.ts';
import { inflammation } from './inflammation.ts';
import { type PlanView, planView } from './view.ts';

function viewOf(intake: Intake, drugs: readonly Partial<DrugAction>[] | null = null): PlanView {
  return planView(bareCase(intake, drugs), null, EVIDENCE);
}
const kinds = (key: keyof typeof CHECKS, ...views: readonly PlanView[]): readonly (string | undefined)[] =>
  views.map((view) => CHECKS[key](view)?.kind);

describe('checks at their limits', () => {
  it('three positive sacroiliac tests are enough, two are not, none made is not none positive', () => {
    const tested = (n: number) => viewOf({ examination: { sacroiliacTestsPositive: n } });
    expect(kinds('si-tests', viewOf({}), tested(0), tested(2), tested(3), tested(5))).toEqual([
      'missing',
      'stop',
      'stop',
      undefined,
      undefined,
    ]);
  });

  it('kidney function rules an NSAID out below 30 and warns below 60', () => {
    const egfr = (n: number) => viewOf({ history: { egfr: n } });
    expect(kinds('kidney-nsaid', viewOf({}), egfr(29), egfr(30), egfr(59), egfr(60))).toEqual([
      undefined,
      'stop',
      'caution',
      'caution',
      undefined,
    ]);
  });

  it('chronic starts at twelve weeks, and an unknown duration is neither', () => {
    const weeks = (n: number) => viewOf({ symptoms: { durationWeeks: n } });
    expect(kinds('chronic-only', viewOf({}), weeks(11), weeks(12))).toEqual(['missing', 'stop', undefined]);
    expect(kinds('acute-only', viewOf({}), weeks(11), weeks(12))).toEqual(['missing', undefined, 'stop']);
    expect(kinds('opioid-chronic', viewOf({}), weeks(11), weeks(12))).toEqual(['missing', undefined, 'stop']);
  });

  it('CRP counts as raised from the limit on', () => {
    const limit = parameter('care-inflammation-crp').value;
    const terms = (crpMgL: number) => inflammation(viewOf({ history: { crpMgL } })).map((f) => f.term);
    expect(terms(limit)).toContain('@feature.crp');
    expect(terms(limit - 0.1)).not.toContain('@feature.crp');
    expect(inflammation(viewOf({})).map((f) => f.term)).not.toContain('@feature.crp');
  });
});

describe('drug checks', () => {
  it('name the drug they speak of', () => {
    const lithium = CHECKS['nsaid-with-drug'](viewOf({ medications: [{ name: 'Plenur 400' }] }));
    expect(lithium).toMatchObject({ kind: 'ask', params: { drug: 'lithium' } });
    expect(lithium?.because()).toContainEqual(
      expect.objectContaining({ kind: 'fact', path: 'intake.medications[0].name' }),
    );
    expect(CHECKS['nsaid-with-drug'](viewOf({ medications: [{ name: 'paracetamol' }] }))).toBeUndefined();
  });

  it('rule weak opioids out by genes only where neither of them is left', () => {
    const codeine = { drug: 'codeine', action: 'avoid' } as const;
    const tramadol = { drug: 'Tramadol', action: 'alternative' } as const;
    expect(
      kinds(
        'opioid-gene',
        viewOf({}),
        viewOf({}, [codeine]),
        viewOf({}, [tramadol]),
        viewOf({}, [codeine, { drug: 'tramadol', action: 'standard' }]),
        viewOf({}, [codeine, { drug: 'tramadol', action: 'reduce' }]),
        viewOf({}, [codeine, tramadol]),
      ),
    ).toEqual([undefined, undefined, undefined, undefined, undefined, 'stop']);
  });

  it('do not let an anticoagulant stand beside an NSAID, and warn of an antiplatelet', () => {
    const taking = (name: string) => viewOf({ medications: [{ name }] });
    expect(
      kinds(
        'nsaid-with-antithrombotic',
        taking('Sintrom'),
        taking('bemiparina'),
        taking('Plavix'),
        taking('x'),
      ),
    ).toEqual(['stop', 'stop', 'caution', undefined]);
  });
});
