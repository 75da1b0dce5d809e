import { type Intake, type LevelFindings, mm, type PatientCase, type SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { plan } from './plan.ts';

const NOW = '2026-11-22';

function level(over: Partial<LevelFindings>): LevelFindings {
  return {
    level: 'L4-L5',
    indexFromBottom: 2,
    confidence: 0.95,
    measures: {},
    because: { slice: 0, box: [0, 0, 1, 1], models: [] },
    ...over,
  } as LevelFindings;
}

function ruledOut(intake: Partial<Intake>, shown: LevelFindings): Map<string, string[]> {
  const patient: PatientCase = {
    schema: 'foramen.case/1',
    patientId: 'p',
    now: `${NOW}T00:00:00Z`,
    priorFindings: [],
    scores: [],
    signals: [],
    problems: [],
    intake: { schema: 'foramen.intake/1', date: NOW, ...intake },
    genome: null,
    findings: {
      schema: 'foramen.findings/1',
      series: [],
      enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
      levels: [shown],
      vertebrae: [],
      limits: [],
      models: [],
    } as SpineFindings,
  };
  const made = plan(patient, assess(patient));
  return new Map(made.ruledOut.map((o) => [o.id, o.statements.map((s) => s.key)]));
}

const sciatica: Partial<Intake> = {
  person: { ageYears: 44 },
  symptoms: {
    legPainNrs: 8,
    backPainNrs: 3,
    legPainSide: 'left',
    durationWeeks: 8,
    regions: [
      { region: 'lateral-leg', side: 'left' },
      { region: 'great-toe', side: 'left' },
    ],
  },
} as Partial<Intake>;

const herniation = (p: number) =>
  level({
    herniation: { p },
    herniationSide: 'left',
    herniationZone: 'subarticular',
    schizas: { grade: 1, p: [0.9, 0.1, 0, 0] },
  });

describe('an image that is not sure', () => {
  it('asks for a reader where root contact that fits the pain is possible, and says no where it is unlikely', () => {
    const possible = ruledOut(sciatica, herniation(0.6)).get('esi-transforaminal') ?? [];
    expect(possible).toContain('check.contact-doubtful.missing');
    expect(possible).not.toContain('check.concordant-for-injection.stop');
    const unlikely = ruledOut(sciatica, herniation(0.05)).get('esi-transforaminal') ?? [];
    expect(unlikely).toContain('check.concordant-for-injection.stop');
    expect(unlikely).not.toContain('check.contact-doubtful.missing');
    const sure = level({ ...herniation(0.97), herniationType: 'extrusion' });
    const likely = ruledOut(sciatica, sure).get('esi-transforaminal') ?? [];
    expect(likely.filter((key) => /contact|concordant-for-injection/.test(key))).toEqual([]);
  });

  it('does not call a canal open because no axial slice grades it', () => {
    const claudication = {
      person: { ageYears: 72 },
      symptoms: { legPainNrs: 7, claudication: 'yes', reliefSitting: 'yes', durationWeeks: 60 },
    } as Partial<Intake>;
    const abstained = { schizas: { abstained: 'no axial slice cuts this disc' } } as const;
    const narrow = ruledOut(claudication, level({ ...abstained, measures: { canalApMm: mm(7.5) } }));
    expect(narrow.get('decompression') ?? []).not.toContain('check.stenosis-image.stop');
    const wide = ruledOut(claudication, level({ ...abstained, measures: { canalApMm: mm(15) } }));
    expect(wide.get('decompression')).toContain('check.stenosis-image.stop');
    const unread = ruledOut(claudication, level(abstained));
    expect(unread.get('decompression')).toContain('check.stenosis-image.missing');
  });
});
