import { describe, expect, it } from 'vitest';
import { assemblyOfLength, chromosomeName } from './chromosome.ts';
import { callGenome } from './profile.ts';
import { profileOf, readArrayText, readText } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const COLUMNS = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n';
const row = (chrom: string, pos: number, ref: string, alt: string, gt: string, info = '.', format = 'GT') =>
  `${chrom}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t${info}\t${format}\t${gt}`;
const call = (gene: string, lines: readonly string[], head = header('P1')) =>
  profileOf(`${head}${lines.join('\n')}\n`).genes[gene];
const problemOf = (text: string) => {
  const read = readText(text);
  return 'problem' in read ? read.problem.what : null;
};

describe('a record of several bases', () => {
  const nudt15 = dataLines({ NUDT15: ['*1', '*1'] }, { without: [48045719, 48045720] });
  const cyp4f2 = dataLines({ CYP4F2: ['*1', '*1'] }, { without: [15879412, 15879413] });

  it('puts what its ALT changes on one strand, phased or not', () => {
    // Both bases on one strand are no named allele; *3/*4 and *15/*21 would be a person with one on each.
    expect(call('NUDT15', [...nudt15, row('chr13', 48045719, 'CG', 'TA', '0/1')])).toMatchObject({
      diplotypes: [],
      phenotype: 'No Result',
    });
    expect(call('CYP4F2', [...cyp4f2, row('chr19', 15879412, 'CG', 'TA', '1/0')])?.diplotypes).toEqual([]);
    expect(call('NUDT15', [...nudt15, row('chr13', 48045719, 'CG', 'TG,CA', '1/2')])?.diplotypes).toEqual([
      '*3/*4',
    ]);
    expect(call('NUDT15', [...nudt15, row('chr13', 48045719, 'CG', 'TG', '0/1')])?.diplotypes).toEqual([
      '*1/*3',
    ]);
  });

  it('ties nothing where the two bases came in two records, or a site was split', () => {
    const apart = [row('chr13', 48045719, 'C', 'T', '0/1'), row('chr13', 48045720, 'G', 'A', '0/1')];
    expect(call('NUDT15', [...nudt15, ...apart])?.diplotypes).toEqual(['*3/*4']);
    const split = [row('chr13', 48045719, 'CG', 'TG', '0/1'), row('chr13', 48045719, 'CG', 'CA', '0/1')];
    expect(call('NUDT15', [...nudt15, ...split])?.diplotypes).toEqual(['*3/*4']);
  });
});

describe('a second record of a position', () => {
  const rest = dataLines({ CYP2C9: ['*1', '*1'] }, { without: [94942290] });
  const two = (...records: readonly string[]) => {
    const gene = call('CYP2C9', [...rest, ...records]);
    const back = call('CYP2C9', [...rest, ...[...records].reverse()]);
    expect(back?.diplotypes).toEqual(gene?.diplotypes);
    expect(back?.missingPositions).toEqual(gene?.missingPositions);
    return gene;
  };
  const carried = row('chr10', 94942290, 'C', 'T', '0/1');

  it('that names the variant and says nobody carries it contradicts the first', () => {
    const denied = two(carried, row('chr10', 94942290, 'C', 'T', '0/0'));
    expect(denied).toMatchObject({ missingPositions: ['rs1799853'], status: 'provisional' });
    expect(denied?.notes.join()).toContain('two records give different genotypes');
    expect(
      two(row('chr10', 94942290, 'C', 'A', '0/1'), row('chr10', 94942290, 'C', 'T,A', '0/1'))
        ?.missingPositions,
    ).toEqual(['rs1799853']);
  });

  it('that speaks of another variant or of the reference alone does not', () => {
    for (const other of [
      row('chr10', 94942290, 'C', 'G', '0/0'),
      row('chr10', 94942290, 'C', '.', '0/0'),
      row('chr10', 94942290, 'C', '<NON_REF>', '0/0', 'END=94942290'),
      row('chr10', 94942290, 'C', 'T', '0/1'),
    ])
      expect(two(carried, other)?.diplotypes, other).toEqual(['*1/*2']);
  });

  it('of an array is another probe of the same variant', () => {
    const notes = '# build 37\n# rsid\tchromosome\tposition\tgenotype\n';
    const array = (...genotypes: readonly string[]) => {
      const rows = genotypes.map((letters) => `rs1799853\t10\t96702047\t${letters}\n`).join('');
      const read = readArrayText(`${notes}${rows}rs1057910\t10\t96741053\tAA\n`);
      if (!read.ok) throw new Error(read.problems[0].what);
      const called = callGenome(read.value, 'me');
      if (!called.ok) throw new Error(called.problems[0].what);
      return called.value.genes.CYP2C9;
    };
    expect(array('CT')?.missingPositions).not.toContain('rs1799853');
    expect(array('CT', 'CC')?.missingPositions).toContain('rs1799853');
    expect(array('CC', 'CC')?.missingPositions).not.toContain('rs1799853');
    // The other strand as a whole is understood, a letter of each strand is not.
    expect(array('GA')?.diplotypes.join()).toBe(array('CT')?.diplotypes.join());
    expect(array('CA')?.diplotypes).toEqual([]);
  });
});

describe('a reference genotype behind which is nothing', () => {
  const rest = dataLines({ CYP2C9: ['*1', '*1'] }, { without: [94942290] });
  const missing = (format: string, field: string, alt = 'T') =>
    call('CYP2C9', [...rest, row('chr10', 94942290, 'C', alt, field, '.', format)])?.missingPositions;

  it('is a missing position, as ./. is', () => {
    for (const [format, field] of [
      ['GT:AD:DP:GQ:PL', '0/0:0,0:0:0:0,0,0'],
      ['GT:DP', '0/0:0'],
      ['GT:DP:AD:GQ:PL:RNC', '0/0:0:0,0:1:0,3,29:..'],
      ['GT:AD', '0|0:0,0'],
      ['GT:DP:GQ', '0/0:43:0'],
    ] as const) {
      expect(missing(format, field), field).toEqual(['rs1799853']);
      expect(missing(format, field, 'T,<NON_REF>'), field).toEqual(['rs1799853']);
    }
  });

  it('is believed where it was imputed, read, or nothing is said', () => {
    for (const [format, field] of [
      ['GT:DP:GQ', '0/0:0:60'],
      ['GT:DP:GQ', '0/0:1:3'],
      ['GT:DP:AD', '0/0:.:.'],
      ['GT', '0/0'],
      ['GT:DP:GQ', '0/1:0:0'],
    ] as const)
      expect(missing(format, field), field).toEqual([]);
  });
});

describe('a number of repeats that nobody described', () => {
  const rest = dataLines({ UGT1A1: ['*1', '*1'] }, { without: [233760233] });
  const at = (pos: number, ref: string, alt: string, gt = '0/1') =>
    call('UGT1A1', [...rest, row('chr2', pos, ref, alt, gt)]);

  it('is no call in any spelling, and not a position that is missing', () => {
    for (const [pos, ref, alt] of [
      [233760233, 'CAT', 'CATATATATAT'],
      [233760233, 'C', 'CATATATAT'],
      [233760235, 'T', 'TATATATAT'],
      [233760233, 'CATAT', 'C'],
    ] as const) {
      const found = at(pos, ref, alt);
      expect(found, `${pos} ${ref} ${alt}`).toMatchObject({
        diplotypes: [],
        phenotype: 'No Result',
        missingPositions: [],
      });
      expect(found?.notes.join()).toMatch(/rs3064744: .* not in any allele definition/);
      expect(at(pos, ref, alt, '0/0')?.diplotypes).toEqual(['*1/*1']);
    }
  });

  it('is told from another change beside it', () => {
    expect(at(233760233, 'C', 'CGG')?.missingPositions).toEqual(['rs3064744']);
    expect(at(233760233, 'C', 'CAT')?.diplotypes).toEqual(['*1/*28']);
  });
});

describe('reference blocks', () => {
  const known = (alt: string, info = 'END=94853000', ref = 'A', gt = '0/0', head = header('P1')) => {
    const lines = [
      row('chr10', 94761000, ref, alt, gt, info),
      row('chr10', 94781859, 'G', 'A', '0/1'),
      row('chr10', 94842866, 'A', 'G', '1/1'),
    ];
    return 35 - (call('CYP2C19', lines, head)?.missingPositions.length ?? 0);
  };

  it('are read with and without a named alternative, whatever the header announces', () => {
    for (const alt of ['<NON_REF>', '<*>', '.']) expect(known(alt)).toBe(35);
    const bare = `##fileformat=VCFv4.2\n##contig=<ID=chr10,length=133797422>\n${COLUMNS}`;
    expect(known('<NON_REF>', 'END=94853000', 'A', '0/0', bare)).toBe(35);
  });

  it('are not what copy-number segments and changes of structure are', () => {
    expect(known('<DEL>', 'SVTYPE=DEL;END=94853000')).toBe(2);
    expect(known('<CN0>,<CN2>', 'SVTYPE=CNV;END=94853000')).toBe(2);
    expect(known('.', 'END=94853000;REFLEN=92000', 'N')).toBe(2);
    expect(known('.', 'END=94853000;SVTYPE=CNV')).toBe(2);
    expect(known('.', 'END=94853000', 'A', './.')).toBe(2);
  });

  it('a change of structure that is carried is said once, and its own site is not read as reference', () => {
    const rest = dataLines({ CYP2C19: ['*1', '*1'] }, { without: [94781859] });
    const seen = call('CYP2C19', [
      ...rest,
      row('chr10', 94781859, 'G', '<DEL>', '0/1', 'SVTYPE=DEL;END=94853000'),
    ]);
    expect(seen?.missingPositions).toEqual(['rs4244285']);
    expect(seen?.notes.filter((note) => note.includes('<DEL> at chr10:94781859-94853000'))).toHaveLength(1);
    const other = call('CYP2C19', [
      ...rest,
      row('chr10', 94781859, 'G', '<DEL>', '0/0', 'SVTYPE=DEL;END=94853000'),
    ]);
    expect(other?.missingPositions).toEqual(['rs4244285']);
    expect(other?.notes.some((note) => note.includes('<DEL>'))).toBe(false);
  });
});

describe('a variant on thin evidence', () => {
  it('is used and said; a good one, and a reference that another record vouches for, are not', () => {
    const rest = dataLines({ CYP2C19: ['*1', '*1'] }, { without: [94781859, 94775367] });
    const noted = (figures: string) => {
      const made = call('CYP2C19', [
        ...rest,
        row('chr10', 94775367, 'A', 'G', '0/1:60:99', '.', 'GT:DP:GQ'),
        row('chr10', 94781859, 'G', 'A', `0/1:${figures}`, '.', 'GT:DP:GQ'),
        row('chr10', 94781858, 'C', 'T', '0/0:3:5', '.', 'GT:DP:GQ'),
      ]);
      expect(made?.diplotypes).toEqual(['*1/*2']);
      return made?.notes.filter((note) => note.includes('thin evidence'));
    };
    expect(noted('30:99')).toEqual([]);
    expect(noted('.:.')).toEqual([]);
    expect(noted('30:12')).toEqual([expect.stringMatching(/^rs4244285: .*genotype quality 12\)/)]);
    expect(noted('4:40')).toEqual([expect.stringMatching(/reads 4\)/)]);
  });
});

describe('absent positions asked to be reference', () => {
  it('are not, where a change of structure is carried over them', () => {
    const lines = (gt: string) => [
      row('chr4', 88131171, 'G', 'T', '0/1'),
      row('chr10', 94700000, 'A', '<DEL>', gt, 'SVTYPE=DEL;END=94800000'),
    ];
    const assumed = (gt: string) =>
      profileOf(`${header('P1')}${lines(gt).join('\n')}\n`, { absentAsReference: true }).genes.CYP2C19;
    expect(assumed('0/0')?.missingPositions).toEqual([]);
    expect(assumed('0/1')?.missingPositions).toContain('rs4244285');
    expect(assumed('0/1')?.assumedReference).toContain('rs56337013');
  });
});

describe('spellings', () => {
  it('the first copy may bear its own phase (VCF 4.4 and later)', () => {
    const lines = dataLines({ CYP2C19: ['*2', '*17'] });
    const prefixed = (mark: string) =>
      lines.map((line) => line.replace(/[^\t]+$/, (gt) => `${mark}${gt.replace('/', mark)}`));
    expect(call('CYP2C19', prefixed('/'))?.diplotypes).toEqual(['*2/*17']);
    const phased = call('CYP2C19', prefixed('|'));
    expect(phased?.diplotypes).toEqual(['*2/*17']);
    expect(phased?.phased).toBe(true);
  });

  it('chromosomes by number and by accession', () => {
    for (const [name, plain] of [
      ['23', 'chrX'],
      ['chr26', 'chrM'],
      ['CM000663.2', 'chr1'],
      ['CM000672.1', 'chr10'],
      ['CM000684.2', 'chr22'],
      ['CM000685.2', 'chrX'],
      ['CM000687.1', 'chrCM000687.1'],
      ['J01415.2', 'chrM'],
      ['NC_000023.11', 'chrX'],
      ['NC_012920.1', 'chrM'],
    ] as const)
      expect(chromosomeName(name)).toBe(plain);
  });

  it('the length of any chromosome tells the assembly', () => {
    expect(assemblyOfLength('chr10', 135534747)).toBe('GRCh37');
    expect(assemblyOfLength('chrX', 156040895)).toBe('GRCh38');
    expect(assemblyOfLength('chr10', 1000)).toBeNull();
    expect(assemblyOfLength('chrM', 16569)).toBeNull();
    const on = (contig: string) => {
      const lines = dataLines({ CYP2C19: ['*1', '*2'] });
      return `##fileformat=VCFv4.2\n##contig=<${contig}>\n${COLUMNS}${lines.join('\n')}\n`;
    };
    expect(problemOf(on('ID=chr10,length=133797422'))).toBeNull();
    expect(problemOf(on('ID=10,length=135534747'))).toContain('header says GRCh37');
    // T2T-CHM13, and a part of a chromosome, which says nothing.
    expect(problemOf(on('ID=chr10,length=134758134'))).toContain('chr10 has the length of neither');
    expect(problemOf(on('ID=chr10,length=1000000'))).toBeNull();
  });

  it('an array file may begin with a byte order mark', () => {
    const text =
      '\uFEFF# 23andMe\r\n# rsid\tchromosome\tposition\tgenotype\r\nrs9923231\t16\t31107689\tTT\r\n';
    const read = readArrayText(text);
    expect(read.ok && read.value.matchedCount).toBe(1);
  });

  it('an array file on build 36 is refused', () => {
    const rows = 'rsid\tchromosome\tposition\tgenotype\nrs4244285\t10\t96531606\tAG\n';
    const read = readArrayText(`# 23andMe\n# reference human assembly build 36\n${rows}`);
    expect(read.ok ? null : read.problems[0].what).toContain('build 36');
  });
});

describe('what newer forms of VCF and careful callers write', () => {
  const head = (columns: string) => `##fileformat=VCFv4.5\n##contig=<ID=chr10,length=133797422>\n${columns}`;
  const block = (info: string, format: string, ...fields: string[]) =>
    `chr10\t94761000\t.\tA\t<*>\t.\tPASS\t${info}\t${format}\t${fields.join('\t')}`;
  const missing = (lines: readonly string[], sample = 'P1', columns = COLUMNS) => {
    const read = readText(`${head(columns)}${lines.join('\n')}\n`);
    const file = 'file' in read ? read.file : null;
    return 35 - (file?.sitesOf(sample).get('CYP2C19')?.size ?? 0);
  };

  it('a block is as long as its sample says, with or without END', () => {
    expect(missing([block('.', 'GT:LEN', '0/0:92000')])).toBe(0);
    expect(missing([block('.', 'LEN:GT', '1:0/0')])).toBe(35);
    const two = COLUMNS.replace('P1', 'P1\tP2');
    for (const info of ['.', 'END=94852999']) {
      const lines = [block(info, 'GT:LEN', '0/0:92000', '0/0:901')];
      expect(missing(lines, 'P1', two)).toBe(0);
      expect(missing(lines, 'P2', two)).toBe(34);
    }
  });

  it('a deletion that gives its length alone is told', () => {
    for (const [alt, info, told] of [
      ['<DEL>', 'SVLEN=-95000', true],
      ['<CN0>,<CN2>', 'SVLEN=10,95000', true],
      ['<DEL>', 'SVLEN=50', false],
      ['<INS>', 'SVLEN=95000', false],
    ] as const) {
      const lines = [
        `chr10\t94760000\t.\tT\t${alt}\t.\tPASS\t${info}\tGT\t0/1`,
        row('chr10', 94781859, 'G', 'A', '0/0'),
      ];
      const notes = call('CYP2C19', lines, head(COLUMNS))?.notes.join() ?? '';
      expect(notes.includes('change of structure'), `${alt} ${info}`).toBe(told);
    }
  });

  it('a genotype that failed its own filter is used, and said', () => {
    const notes = (filter: string) =>
      call('ABCG2', [row('chr4', 88131171, 'G', 'T', `0/1:${filter}`, '.', 'GT:FT')])?.notes.join() ?? '';
    expect(notes('LowGQ')).toContain('genotype failed filter LowGQ');
    expect(notes('PASS') + notes('.')).not.toContain('filter');
  });

  it('a REF that is no base is another than the genome has, and is told', () => {
    for (const ref of ['-', '.', 'R', 'N']) {
      const rows = [row('chr10', 94781859, ref, 'A', '0/1'), row('chr10', 94780653, 'G', 'A', '0/0')];
      const read = readText(`${head(COLUMNS)}${rows.join('\n')}\n`);
      const file = 'file' in read ? read.file : null;
      expect(file?.sitesOf('P1').get('CYP2C19')?.size, ref).toBe(1);
      expect(file?.warnings.map((warning) => warning.what)).toEqual([
        expect.stringMatching(/^the reference base is not that of GRCh38 at rs4244285/),
      ]);
    }
  });

  it('a row with fewer cells than the header has samples is refused', () => {
    const two = COLUMNS.replace('P1', 'P1\tP2');
    const short = `${head(two)}${row('chr10', 94781859, 'G', 'A', '0/0')}`;
    for (const text of [`${short}\n`, short, `${short}\n${row('chr10', 94780653, 'G', 'A', '0/0\t0/0')}\n`]) {
      const read = readText(text);
      expect('problem' in read && read.problem.code).toBe('truncated');
    }
  });

  it('a header that names an older genome, or T2T, is refused whatever the bases are', () => {
    for (const line of [
      '##reference=NCBI36.fasta',
      '##reference=file:///hg18.fa',
      '##reference=chm13v2.0.fa',
    ]) {
      const read = readText(
        `##fileformat=VCFv4.2\n${line}\n${COLUMNS}${row('chr10', 94781859, 'G', 'A', '0/1')}\n`,
      );
      expect('problem' in read && read.problem.what).toMatch(/^called on .* neither GRCh38 nor GRCh37$/);
    }
  });
});
