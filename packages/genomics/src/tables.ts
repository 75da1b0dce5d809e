import ABCG2 from '../data/ABCG2.json' with { type: 'json' };
import CACNA1S from '../data/CACNA1S.json' with { type: 'json' };
import CFTR from '../data/CFTR.json' with { type: 'json' };
import CYP2B6 from '../data/CYP2B6.json' with { type: 'json' };
import CYP2C9 from '../data/CYP2C9.json' with { type: 'json' };
import CYP2C19 from '../data/CYP2C19.json' with { type: 'json' };
import CYP2D6 from '../data/CYP2D6.json' with { type: 'json' };
import CYP3A4 from '../data/CYP3A4.json' with { type: 'json' };
import CYP3A5 from '../data/CYP3A5.json' with { type: 'json' };
import CYP4F2 from '../data/CYP4F2.json' with { type: 'json' };
import DPYD from '../data/DPYD.json' with { type: 'json' };
import G6PD from '../data/G6PD.json' with { type: 'json' };
import IFNL3 from '../data/IFNL3.json' with { type: 'json' };
import MT_RNR1 from '../data/MT-RNR1.json' with { type: 'json' };
import NAT2 from '../data/NAT2.json' with { type: 'json' };
import NUDT15 from '../data/NUDT15.json' with { type: 'json' };
import RYR1 from '../data/RYR1.json' with { type: 'json' };
import SLCO1B1 from '../data/SLCO1B1.json' with { type: 'json' };
import TPMT from '../data/TPMT.json' with { type: 'json' };
import UGT1A1 from '../data/UGT1A1.json' with { type: 'json' };
import VKORC1 from '../data/VKORC1.json' with { type: 'json' };
import { type GeneTable, type RawGeneTable, readGeneTable } from './gene-table.ts';

const RAW = [
  ABCG2,
  CACNA1S,
  CFTR,
  CYP2B6,
  CYP2C19,
  CYP2C9,
  CYP2D6,
  CYP3A4,
  CYP3A5,
  CYP4F2,
  DPYD,
  G6PD,
  IFNL3,
  MT_RNR1,
  NAT2,
  NUDT15,
  RYR1,
  SLCO1B1,
  TPMT,
  UGT1A1,
  VKORC1,
] as unknown as readonly RawGeneTable[];

let read: readonly GeneTable[] | null = null;

/** All gene tables, read once. */
export function geneTables(): readonly GeneTable[] {
  read ??= RAW.map(readGeneTable);
  return read;
}

export function geneTable(gene: string): GeneTable | undefined {
  return geneTables().find((table) => table.gene === gene);
}
