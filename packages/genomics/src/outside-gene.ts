import type { GeneResult } from '@foramen/spine';
import type { Problem } from '@foramen/spine/problem';
import {
  type GeneState,
  INDETERMINATE,
  makeState,
  NO_RESULT,
  scoreValue,
  stateLabel,
  summarise,
} from './gene-state.ts';
import type { GeneTable } from './gene-table.ts';
import { compareNames, componentsOf } from './name-order.ts';
import type { OutsideCall } from './outside.ts';
import { byBases, byShortName, tidyCyp2d6, withoutCopies } from './outside-allele.ts';
import { unreadable as problem } from './outside-callers.ts';
import { chromosomesOf, HLA_ALLELES, HLA_WORD, hlaState, hlaTests, twoFields } from './outside-hla.ts';
import { readPhenotype, readScore } from './outside-meaning.ts';
import { arrangementNotes, statedNotes } from './outside-notes.ts';
import { isGeneRead } from './outside-others.ts';
import { byClass, byCopies } from './outside-ways.ts';
import { arrangementParts, meaningOf } from './phenotype.ts';

const ONE_COPY: ReadonlySet<string> = new Set(['MT-RNR1', 'G6PD']);

const NOT_CALLED = /^(unknown|no call|nocall|not called|undetermined|inconclusive|n\/?a|none|no result)$/i;

/** An allele as callers write it: the gene's name taken off, for CYP2D6 in one spelling of repeats and tandems. */
function tidyAllele(gene: string, text: string): string {
  const bare = text.trim().replaceAll(gene, '').trim();
  if (HLA_ALLELES[gene]) return bare.replace(/^[AB]\*/, '*');
  return gene === 'CYP2D6' ? tidyCyp2d6(bare) : bare;
}

interface OutsideGene {
  readonly gene: string;
  readonly states: readonly GeneState[];
  readonly result: GeneResult;
}

function knows(table: GeneTable, allele: string): boolean {
  if (table.functions.has(allele) || table.alleles.some((known) => known.name === allele)) return true;
  if (table.gene === 'CYP2D6') {
    return arrangementParts(allele).every((part) => table.functions.has(withoutCopies(part) ?? ''));
  }
  return componentsOf(allele).every((part) => table.functions.has(part));
}

interface Read {
  readonly name: string | null;
  readonly state: GeneState | null;
  /** The ways the gene may stand that advice is looked up for, where they are not `state` alone. */
  readonly ways?: readonly GeneState[];
  /** Those of them that are told; a class that was given is one, however many scores it may stand for. */
  readonly told?: readonly GeneState[];
  /** The class given is not that of the diplotype beside it. */
  readonly contradicted?: true;
  readonly unknown: readonly string[];
  readonly note?: string;
  /** Phenotypes and scores that the gene does not have. */
  readonly odd?: readonly string[];
}

function readCall(call: OutsideCall, table: GeneTable | undefined): Read {
  const { gene } = call;
  const alleles = ((table && byBases(table, call.diplotype ?? '')) ?? chromosomesOf(call))
    .map((text) => tidyAllele(gene, text))
    .filter((text) => text !== '' && text !== '.' && !NOT_CALLED.test(text))
    .map((text) => (table && !knows(table, text) ? (byShortName(table, text) ?? text) : text));
  if (HLA_ALLELES[gene]) {
    const unknown = alleles.filter((name) => twoFields(name) === null);
    if (unknown.length > 0) return { name: alleles.join('/'), state: null, unknown };
    if (alleles.length > 0) return { name: alleles.join('/'), state: hlaState(gene, alleles), unknown: [] };
    if (call.phenotype === null) return { name: null, state: null, unknown: [] };
    const phenotypes = call.phenotype
      .replaceAll(gene, '')
      .split(';')
      .map((text) => text.trim().replace(/^[AB]\*/, '*'));
    const name = phenotypes.join('; ');
    const odd = phenotypes.filter((text) => !HLA_WORD.test(text));
    if (odd.length > 0) return { name, state: null, unknown: odd };
    return {
      name,
      state: { gene, diplotype: '', phenotype: name, score: null, phenotypes, label: `${gene} ${name}` },
      unknown: [],
    };
  }
  const score = call.activityScore;
  if (alleles.length === 0 && call.phenotype === null && score === null)
    return { name: null, state: null, unknown: [] };
  if (!table) return { name: alleles.join('/') || call.phenotype, state: null, unknown: [] };
  alleles.sort(compareNames);
  const [first, second] = alleles;
  const unknown = alleles.filter((allele) => !knows(table, allele));
  const name = alleles.length > 0 ? alleles.join('/') : (call.phenotype ?? `activity score ${score ?? ''}`);
  const base = first
    ? meaningOf(table, first, second ?? null)
    : { phenotype: INDETERMINATE, score: null, functions: [null, null] as const };
  let meaning = base;
  const odd: string[] = [];
  const stated = call.phenotype === null ? null : readPhenotype(table, call.phenotype);
  const counted = score === null || !table.scored ? null : readScore(table, score);
  if (call.phenotype !== null && stated === null) odd.push(`phenotype ${call.phenotype}`);
  if (score !== null && table.scored && counted === null) odd.push(`activity score ${score}`);
  if (counted) {
    meaning = {
      ...base,
      score: counted.score,
      phenotype: counted.phenotype ?? stated ?? base.phenotype,
    };
  } else if (stated !== null)
    // A score of another class would give the advice of that class.
    meaning = { ...base, phenotype: stated, score: stated === base.phenotype ? base.score : null };
  else if (odd.length > 0)
    meaning = { ...base, phenotype: INDETERMINATE, score: table.scored ? 'n/a' : null };
  const state = {
    ...makeState(gene, alleles.join('/'), meaning),
    label: stateLabel(gene, meaning.phenotype, meaning.score),
  };
  const contradicted =
    !counted && stated !== null && first && base.phenotype !== INDETERMINATE && stated !== base.phenotype;
  const copies = meaning.score?.startsWith('≥') ? byCopies(table, alleles) : [];
  const ofClass = byClass(table, state);
  // What the diplotype itself would ask for is not silenced by the class that stands beside it.
  const besides = contradicted ? [makeState(gene, alleles.join('/'), base)] : [];
  const told = copies.length > 0 ? copies : [state];
  return {
    name,
    state,
    told,
    ways: [...(ofClass.length > 0 ? ofClass : told), ...besides],
    unknown,
    odd,
    ...(contradicted ? { contradicted: true as const } : {}),
    ...(!counted && stated !== null && first && base.phenotype !== INDETERMINATE && stated !== base.phenotype
      ? { note: `the phenotype given decides; ${alleles.join('/')} itself would be ${base.phenotype}` }
      : {}),
    ...(counted && base.score !== null && base.score !== 'n/a' && Number(base.score) !== Number(counted.score)
      ? { note: `the activity score given decides; ${alleles.join('/')} itself would be ${base.score}` }
      : {}),
  };
}

/** A report whose own class, in the words of today, is another than its diplotype has. Callers with older scores of their own differ for that reason alone. */
function contradictsItself(call: OutsideCall, read: Read, table: GeneTable | undefined): boolean {
  if (table === undefined || call.statedPhenotype === undefined || call.ofCaller === true) return false;
  const stated = readPhenotype(table, call.statedPhenotype);
  const own = read.state?.phenotype;
  return stated !== null && own !== undefined && own !== INDETERMINATE && stated !== own;
}

const COPIES_OF_EITHER = /^[([][^()[\]]*\/[^()[\]]*[)\]]\s?[x×]/i;

/** What the calls of one gene together say. Alleles nobody lists are reported, and leave the gene indeterminate. */
export function outsideGene(
  gene: string,
  calls: readonly OutsideCall[],
  table: GeneTable | undefined,
  where: string,
): { readonly gene: OutsideGene; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const names: string[] = [];
  const states: GeneState[] = [];
  const said: string[] = [];
  const told: GeneState[] = [];
  let contradicted = false;
  if (!isGeneRead(gene)) {
    problems.push(
      problem(where, calls[0]?.line ?? 0, `${gene} is not a gene this program reads`, 'Remove the line'),
    );
  }
  const refused = calls.find((call) => call.refused !== undefined)?.refused;
  for (const call of calls) {
    if (call.refused !== undefined) continue;
    if (COPIES_OF_EITHER.test(call.diplotype ?? '')) {
      const what = `${gene} ${call.diplotype}: copies of one of the two alleles, but not of which`;
      problems.push(problem(where, call.line, what, 'Write it as *1/*2x2, or leave the line out'));
      continue;
    }
    const read = readCall(call, table);
    const twoCopies = !ONE_COPY.has(gene) && !HLA_ALLELES[gene];
    if (
      call.diplotype !== null &&
      twoCopies &&
      !call.diplotype.includes('/') &&
      read.state &&
      call.diplotype !== '.'
    ) {
      problems.push(
        problem(
          where,
          call.line,
          `${gene} ${call.diplotype}: one allele where two are expected`,
          'Write both, as *1/*2',
        ),
      );
      continue;
    }
    for (const allele of read.unknown) {
      problems.push(
        problem(
          where,
          call.line,
          table
            ? `${gene} ${allele}: not an allele of the definitions of ${table.version}`
            : `${gene} ${allele}: not an HLA allele to two fields, nor one said to be positive or negative`,
          table
            ? 'Check the spelling; the gene is read as indeterminate'
            : 'Write it as *15:02; the gene is left without a result',
        ),
      );
    }
    for (const text of read.odd ?? [])
      problems.push(
        problem(
          where,
          call.line,
          `${gene} ${text}: not one this gene has`,
          'Give the diplotype, or a class or score of the present guidelines',
        ),
      );
    if (read.note) said.push(read.note);
    if (read.name !== null) names.push(read.name);
    if (read.state) {
      told.push(...(read.told ?? [read.state]));
      states.push(...(read.ways ?? [read.state]));
    }
    contradicted ||= read.contradicted === true || contradictsItself(call, read, table);
  }
  const tests = HLA_ALLELES[gene] ? hlaTests(states) : null;
  if (tests !== null && 'both' in tests) {
    const what = `${gene} ${tests.both}: said to be there and not to be there`;
    problems.push(problem(where, calls[0]?.line ?? 0, what, 'Give one result; the gene is left without'));
  }
  if (tests !== null)
    for (const list of [states, told]) list.splice(0, list.length, ...('both' in tests ? [] : [tests]));
  const { phenotype, score } = summarise(told);
  const preliminary = states.length > 0 && calls.some((call) => call.preliminary);
  const open = preliminary
    ? `${gene}: the report itself is preliminary`
    : contradicted
      ? `${gene}: the class given is not that of the diplotype given`
      : refused !== undefined && states.length > 0
        ? `${gene}: something else that was given of it cannot be read`
        : null;
  const notes = [
    ...said,
    ...(table?.gene === 'CYP2D6' ? arrangementNotes(table, names) : []),
    ...statedNotes(calls, phenotype, score),
  ];
  const result: GeneResult = {
    diplotypes: names,
    phenotype: states.length > 0 ? phenotype : NO_RESULT,
    activityScore: scoreValue(score),
    phased: false,
    missingPositions: [],
    notes,
    ...(states.length === 0
      ? {
          uncalled:
            refused === undefined
              ? 'the outside call gives no result'
              : `the outside call cannot be read: ${refused}`,
        }
      : {}),
    status: states.length === 0 ? 'no-result' : open !== null ? 'provisional' : 'called',
    ...(open === null ? {} : { provisional: open }),
    source: 'outside',
    ...(told.length > 1
      ? {
          candidates: told.map((state) => ({
            diplotype: state.diplotype,
            lookup: state.diplotype.split('/'),
            phenotype: state.phenotype,
            activityScore: scoreValue(state.score),
            functions: [],
          })),
        }
      : {}),
    ...(table ? { definitions: table.version } : {}),
  };
  return { gene: { gene, states, result }, problems };
}
