import { HLA_ALLELES } from './outside-hla.ts';
import { geneTable } from './tables.ts';

/** Whether calls of a gene are read here. */
export function isGeneRead(gene: string): boolean {
  return HLA_ALLELES[gene] !== undefined || geneTable(gene) !== undefined;
}

const NOT_ACTIONABLE = 'its variants shift the effect too little to act on (CPIC 2021)';

/** Genes of laboratory panels whose results change no drug here, with why. */
const WHY_NOT: Readonly<Record<string, string>> = {
  MTHFR: 'testing it is advised against, as it changes no care (ACMG 2013)',
  OPRM1: NOT_ACTIONABLE,
  COMT: NOT_ACTIONABLE,
};

/** Other genes that panels name by letters that no word has. */
const PANEL = [
  'ABCB1',
  'ADRA2A',
  'ADRB2',
  'ANK3',
  'ANKK1',
  'APOE',
  'BCHE',
  'BDNF',
  'CACNA1C',
  'CES1',
  'DBH',
  'DRD2',
  'DRD4',
  'EPHX1',
  'FAAH',
  'FKBP5',
  'GRIK1',
  'GRIK4',
  'GSTM1',
  'GSTP1',
  'GSTT1',
  'HTR1A',
  'HTR2A',
  'HTR2C',
  'ITGB3',
  'KCNS1',
  'MC4R',
  'MTRR',
  'NAT1',
  'OPRD1',
  'OPRK1',
  'POR',
  'SCN1A',
  'SCN9A',
  'SLC6A4',
  'SLC22A1',
  'SLCO2B1',
  'UGT1A4',
  'UGT2B7',
  'UGT2B15',
  'UGT2B17',
] as const;

/** For the pattern that finds genes in a text: a result of one of these must not be taken for one of the gene named before it. */
export const OTHER_GENES = [...Object.keys(WHY_NOT), ...PANEL].join('|');

/** Genes that a text or table names and that are not read here, in one clause each. */
export function notRead(genes: readonly string[]): string {
  const known = genes.filter((gene) => WHY_NOT[gene] !== undefined);
  const others = genes.filter((gene) => WHY_NOT[gene] === undefined);
  return [
    ...(others.length > 0 ? [`${others.slice(0, 20).join(', ')}: not among the genes read here`] : []),
    ...known.map((gene) => `${gene}: not among the genes read here: ${WHY_NOT[gene]}`),
  ].join('; ');
}
