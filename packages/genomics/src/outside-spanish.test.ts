import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { readOutsideFhir } from './outside-fhir.ts';
import { callGenome } from './profile.ts';

/** What a text is taken for: `GENE phenotype, score` of each gene from outside, or `refused: why`. */
function means(text: string): string {
  const calls = text.startsWith('{')
    ? readOutsideFhir(JSON.parse(text), 'calls')
    : readOutsideCalls(text, 'calls');
  if (!calls.ok) return `refused: ${calls.problems[0].what}`;
  const called = callGenome(null, 'p', { outside: calls.value, genesOnly: true, brief: true });
  if (!called.ok) return `refused: ${called.problems[0].what}`;
  const wrong = called.warnings.find((one) => one.severity === 'error');
  if (wrong) return `refused: ${wrong.what}`;
  return Object.entries(called.value.genes)
    .filter(([, result]) => result.source === 'outside')
    .map(
      ([gene, { phenotype, activityScore: score }]) =>
        `${gene} ${phenotype}${score === null ? '' : `, ${score}`}`,
    )
    .join('; ');
}

describe('Spanish reports', () => {
  it('state the class of a gene, in text, in a table and in FHIR', () => {
    for (const [text, said] of [
      ['CYP2D6: metabolizador lento', 'CYP2D6 Poor Metabolizer'],
      ['CYP2D6 METABOLIZADOR INTERMEDIO', 'CYP2D6 Intermediate Metabolizer'],
      ['CYP2D6: Fenotipo: metabolizador normal', 'CYP2D6 Normal Metabolizer'],
      ['CYP2C19: metabolizador rápido', 'CYP2C19 Rapid Metabolizer'],
      ['CYP2C19 metabolizador ultrarrápido', 'CYP2C19 Ultrarapid Metabolizer'],
      ['CYP2C19 fenotipo previsto: metabolizador ultra-rápido', 'CYP2C19 Ultrarapid Metabolizer'],
      ['CYP2C19 metabolización lenta', 'CYP2C19 Poor Metabolizer'],
      ['CYP2C19: probable metabolizador lento', 'CYP2C19 Likely Poor Metabolizer'],
      ['SLCO1B1: función disminuida', 'SLCO1B1 Decreased Function'],
      ['RYR1: susceptibilidad a la hipertermia maligna', 'RYR1 Malignant Hyperthermia Susceptibility'],
      ['G6PD\t\tDeficiente', 'G6PD Deficient'],
      [
        'CYP2D6\t\tMetabolizador rápidO',
        'refused: CYP2D6 phenotype rapid metabolizer: not one this gene has',
      ],
      [
        'Gen\tDiplotipo\tFenotipo\tActividad\nDPYD\t\tMetabolizador intermedio\t1,5',
        'DPYD Intermediate Metabolizer, 1.5',
      ],
      ['CYP2D6 *1/*4, puntuación de actividad 1,0', 'CYP2D6 Intermediate Metabolizer, 1'],
      ['CYP2C19 indeterminado', 'CYP2C19 Indeterminate'],
      ['CYP2D6\tno concluyente', 'CYP2D6 No Result'],
      ['Los metabolizadores lentos no activan la codeína.\nCYP2D6 *1/*1', 'CYP2D6 Normal Metabolizer, 2'],
    ] as const)
      expect(means(text), text).toBe(said);
    const coded = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '79715-9' }], text: 'CYP2D6' },
      valueCodeableConcept: { text: 'Metabolizador lento' },
    };
    expect(means(JSON.stringify(coded))).toBe('CYP2D6 Poor Metabolizer');
    const tested = { ...coded, code: { text: 'HLA-B*15:02' }, valueCodeableConcept: undefined };
    expect(means(JSON.stringify({ ...tested, valueString: 'No detectado' }))).toBe('HLA-B *15:02 negative');
  });

  it('that deny, waver or speak of before 2020 are refused', () => {
    for (const text of [
      'CYP2D6: no es metabolizador lento',
      'CYP2D6: metabolizador lento a intermedio',
      'CYP2D6: metabolizador normal o rápido',
      'CYP2D6: metabolizador normal/ultrarrápido',
      'CYP2D6: metabolizador extensivo',
      'CYP2D6 *1/*2, duplicación del gen detectada',
      'CYP2D6 *1/*2; número de copias: 3',
      'CYP2D6 *1/*2 (3 copias)',
      'CYP2D6 *1/*2, tres copias',
      'CYP2D6 *1/*2, ganancia de copias',
    ])
      expect(means(text), text).toMatch(/^refused/);
    for (const text of [
      'CYP2D6 *1/*2, sin duplicación',
      'CYP2D6 *1/*2; número de copias: 2',
      'CYP2D6 *1/*2. Ausencia de duplicación o deleción',
    ])
      expect(means(text), text).toBe('CYP2D6 Normal Metabolizer, 2');
  });
});

describe('classes and copies in English text', () => {
  it('that name another class beside it are refused, and classes without the word metabolizer read', () => {
    expect(means('CYP2D6: poor or intermediate metabolizer')).toMatch(/^refused/);
    expect(means('CYP2D6 poor metabolizer: no')).toMatch(/^refused/);
    expect(means('CYP2D6: poor metabolizer to intermediate metabolizer')).toMatch(/^refused/);
    expect(means('SLCO1B1: Decreased Function (rs4149056 T/C)')).toBe('SLCO1B1 Decreased Function');
    expect(means('G6PD status: deficient')).toBe('G6PD Deficient');
    expect(means('SLCO1B1: not decreased function')).toMatch(/^refused/);
  });

  it('that are denied before the gene, or differ from line to line, are refused', () => {
    for (const text of [
      'The patient is not a CYP2D6 poor metabolizer',
      'No CYP2D6 *4/*4 was found',
      'El paciente no es CYP2C19 *2/*2',
      'CYP2D6 poor metabolizer\nCYP2D6 normal metabolizer',
      'CYP2D6 activity score 1\nCYP2D6 activity score 2',
      'HLA-B*15:02 positive\nHLA-B*15:02 negative',
    ])
      expect(means(text), text).toMatch(/^refused/);
    for (const text of [
      'CYP2C19 *1/*1, no variant found. CYP2D6 *4/*4',
      'Sample no 12 CYP2C19 *1/*1 (no variant) CYP2D6 *4/*4',
    ])
      expect(means(text), text).toContain('CYP2D6 Poor Metabolizer, 0');
    expect(means('CYP2D6 poor metabolizer\nPhenotype: poor metabolizer')).toBe('CYP2D6 Poor Metabolizer');
  });

  it('count copies on a line of their own, too', () => {
    for (const line of ['Copy number: 3', 'Gene duplication was detected.', 'A deletion was found'])
      for (const text of [
        `CYP2D6 *1/*2\n${line}`,
        `CYP2D6\n${line}\nGenotype: *1/*2`,
        `CYP2D6 ${line}, *1/*2`,
      ])
        expect(means(text), text).toMatch(/^refused: CYP2D6 \*1\/\*2: the text speaks of other copies/);
    for (const line of ['Copy number: 2', 'Duplications are assayed', 'No duplication was detected'])
      expect(means(`CYP2D6 *1/*2\n${line}`), line).toBe('CYP2D6 Normal Metabolizer, 2');
    for (const text of [
      '*1/*2 (×2)',
      '*1/*2 x2 genes',
      '*1/*2 dup',
      '*1/*2, copy number gain',
      '*1/*2, three copies',
    ])
      expect(means(`CYP2D6 ${text}`), text).not.toMatch(/Normal/);
    expect(means('CYP2D6 *1/*4; one copy of *4 was found')).toBe('CYP2D6 Intermediate Metabolizer, 1');
    expect(means('CYP2D6 *1/*2x2\nCopy number: 3')).toBe('CYP2D6 Ultrarapid Metabolizer, 3');
  });
});

describe('HLA in text', () => {
  it('is told before or behind the allele, of one or of several in a row', () => {
    for (const [text, said] of [
      ['HLA-B*15:02: no detectado', '*15:02 negative'],
      ['No se detectó HLA-B*15:02', '*15:02 negative'],
      ['No se detectó el alelo HLA-B*15:02', '*15:02 negative'],
      ['HLA-B*15:02 ausente; HLA-B*57:01 presente', '*15:02 negative; *57:01 positive'],
      ['Negativo para HLA-B*15:02', '*15:02 negative'],
      ['No HLA-B*15:02 detected', '*15:02 negative'],
      ['No HLA-B*15:02 allele was found', '*15:02 negative'],
      ['Negative for HLA-B*15:02 and *57:01.', '*15:02 negative; *57:01 negative'],
      ['Positive for HLA-B*15:02', '*15:02 positive'],
      ['HLA-B*15:02 result: negative', '*15:02 negative'],
      ['HLA-B*15:02: not present', '*15:02 negative'],
      ['HLA-B*15:02 ........ negative', '*15:02 negative'],
      ['Negative: HLA-B*15:02. Positive: HLA-B*57:01', '*15:02 negative'],
      ['Negativo: HLA-B*15:02', '*15:02 negative'],
      ['HLA-B*15:02, *57:01 and *58:01: not detected', '*15:02 negative; *57:01 negative; *58:01 negative'],
      ['HLA-B*15:02 and HLA-B*57:01 detected', '*15:02 positive; *57:01 positive'],
    ] as const)
      expect(means(text), text).toBe(`HLA-B ${said}`);
  });

  it('is refused where it is not clear whether the allele is there', () => {
    for (const text of [
      'The patient does not carry HLA-B*15:02',
      'No evidence of HLA-B*15:02 detected',
      'HLA-B*15:02 or HLA-B*57:01 detected',
      'HLA-B*15:02 positive: no',
      'Tested: HLA-B*15:02. Positive controls were run',
      'No HLA-A*31:01 or HLA-B*15:02 detected',
      'Neither HLA-A*31:01 nor HLA-B*15:02 detected',
    ])
      expect(means(text), text).toMatch(/^refused/);
    const read = readOutsideCalls('HLA-B*15:02 negative. HLA-B*57:01 matters for abacavir', 'calls');
    expect(read.ok && read.warnings.map((one) => one.what)).toEqual([
      expect.stringContaining('*57:01: named'),
    ]);
  });
});
