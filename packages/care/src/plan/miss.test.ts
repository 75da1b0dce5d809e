import type { Corridor, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { buildCase } from '../case/build-case.ts';
import { traceNumbers } from '../explain/trace.ts';
import { expandFindings } from '../vignettes/expand.ts';
import { statementsOf } from '../vignettes/run.ts';
import { plan } from './plan.ts';

const intake = {
  setting: 'specialist',
  person: { ageYears: 44, sex: 'male' },
  symptoms: {
    legPainNrs: 7,
    legPainSide: 'right',
    regions: [
      { region: 'lateral-leg', side: 'right' },
      { region: 'great-toe', side: 'right' },
    ],
    durationWeeks: 10,
    course: 'stable',
    bilateralLegSymptoms: 'no',
    weaknessProgressive: 'no',
  },
  examination: { straightLegRaise: { right: 'positive', left: 'negative' } },
};
const seen = expandFindings({
  levels: [
    { level: 'L5-S1', pfirrmann: 3 },
    {
      level: 'L4-L5',
      pfirrmann: 4,
      herniation: 0.95,
      herniationSide: 'right',
      herniationZone: 'subarticular',
      rootContacts: [{ root: 'L5', side: 'right', grade: 'compression', p: 0.9 }],
    },
  ],
});
const way = (kind: Corridor['kind'], side: Corridor['side'], root: number, fits = true): Corridor => ({
  kind,
  level: 'L4-L5',
  side,
  target: [0, 0, 0],
  entry: null,
  towards: [1, 1, 0],
  lengthMm: null,
  convergenceDeg: 40,
  tiltDeg: 5,
  entryOffsetMm: null,
  widestMm: 8,
  clearanceMm: { bone: 5, sac: 6, root },
  uncertaintyMm: { bone: 2, sac: 2, root: 2.5 },
  nearest: {},
  fits,
  outline: [],
  windowAreaMm2: null,
  notes: [],
});

function missOf(corridors: readonly Corridor[]): readonly string[] {
  const findings = { ...seen, corridors } as SpineFindings;
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake, findings });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  const assessment = assess(built.value);
  const made = plan(built.value, assessment);
  expect(traceNumbers(built.value, assessment, made)).toEqual([]);
  return statementsOf(made)
    .filter((s) => s.key === 'option.miss-measured')
    .map((s) => s.text);
}

describe('the approach by what was measured', () => {
  it('names the way with most room at the painful level and side, and how far the nearest structure lies', () => {
    const said = missOf([
      way('transforaminal', 'right', 1),
      way('interlaminar', 'right', -3),
      way('transforaminal', 'left', 9),
    ]);
    const endoscopic = said.find((t) => t.startsWith('Full-endoscopic'));
    expect(endoscopic).toMatch(/interlaminar window has room; nearest is the facet or arch bone, 5\.0 mm/);
  });

  it('says when the only way is doubtful or too narrow, and nothing where none was measured', () => {
    expect(missOf([way('kambin', 'right', 1)])[0]).toMatch(
      /may have no room.*exiting root, 1\.0 mm.*2\.5 mm/,
    );
    expect(missOf([way('kambin', 'right', 5, false)])[0]).toMatch(/too narrow/);
    expect(missOf([way('kambin', 'left', 9)])).toEqual([]);
    expect(missOf([])).toEqual([]);
  });

  it('is not ranked above an operation that needs no such room where none was measured', () => {
    const ranks = (corridors: readonly Corridor[]) => {
      const findings = { ...seen, corridors } as SpineFindings;
      const goals = { weights: { work: 9 } };
      const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { ...intake, goals }, findings });
      if (!built.ok) throw new RangeError(built.problems[0].what);
      const { options } = plan(built.value, assess(built.value));
      const at = (id: string) => options.findIndex((o) => o.id === id);
      const scope = options[at('discectomy-endoscopic')];
      return {
        scope: at('discectomy-endoscopic'),
        open: at('discectomy-open'),
        said: scope?.statements.map((s) => s.key),
      };
    };
    const narrow = ranks([way('kambin', 'right', 5, false)]);
    expect(narrow.open).toBeGreaterThanOrEqual(0);
    expect(narrow.scope).toBeGreaterThan(narrow.open);
    expect(narrow.said).toContain('option.no-room');
    const roomy = ranks([way('interlaminar', 'right', 5)]);
    expect(roomy.scope).toBeLessThan(roomy.open);
    expect(roomy.said).not.toContain('option.no-room');
  });
});
