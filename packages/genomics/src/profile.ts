import type { GeneResult, GenomicProfile } from '@foramen/spine';
import { actsOnSurface } from '@foramen/spine/drug-names';
import { fail, ok, type Problem, problemLine, type Result } from '@foramen/spine/problem';
import { type CallOptions, callGene, positionLabel } from './call-gene.ts';
import { drugActions, populationOf } from './drug-actions.ts';
import { isWeighed } from './drug-name.ts';
import {
  type GeneState,
  geneResult,
  NO_RESULT,
  openClause,
  scoreValue,
  statesOf,
  summarise,
} from './gene-state.ts';
import type { GeneTable } from './gene-table.ts';
import { evidenceLedger, TRIALS } from './ledger.ts';
import { markerResults, markerTables } from './markers.ts';
import type { PatientContext } from './medicines.ts';
import type { OutsideCall } from './outside.ts';
import { outsideGene } from './outside-gene.ts';
import { perioperativePlan } from './perioperative.ts';
import { convertCyp2d6, modulatorWarnings } from './phenoconversion.ts';
import { cyp2d6PhenotypeDpwg } from './phenotype.ts';
import { referenceMinorNotes, withAssumedReference } from './reference-sites.ts';
import type { GeneSites } from './site.ts';
import { structurePosterior } from './structure.ts';
import { geneTables } from './tables.ts';
import { unreadPosterior, unreadText } from './unread-posterior.ts';
import type { VariantFile } from './vcf-reader.ts';

export interface GenomeOptions extends CallOptions {
  readonly context?: PatientContext;
  readonly outside?: readonly OutsideCall[];
  /** Name of the outside file, for messages. */
  readonly outsideName?: string;
  /** Read positions that the file does not have as reference. Only for files known to list variants alone. */
  readonly absentAsReference?: boolean;
  /** Show genotypes of research-grade markers. */
  readonly showResearch?: boolean;
  /** Leave markers, the peri-operative page and the ledger out (cohorts). */
  readonly brief?: boolean;
  /** Genes alone, no drug actions (tables of many people). */
  readonly genesOnly?: boolean;
}

let toRead: readonly GeneTable[] | null = null;

/** Tables a reader must look out for: genes and the markers that may be shown. */
export function tablesToRead(): readonly GeneTable[] {
  toRead ??= [...geneTables(), ...markerTables()];
  return toRead;
}

interface Called {
  readonly results: Record<string, GeneResult>;
  readonly states: Map<string, readonly GeneState[]>;
  readonly cautions: Map<string, readonly string[]>;
  /** Genes called from a file that lacks positions, with the altered alleles this leaves open. */
  readonly open: Map<string, readonly string[]>;
  readonly problems: Problem[];
}

function callFromVariants(
  file: VariantFile | null,
  sample: string,
  options: GenomeOptions,
  called: Called,
): void {
  const sites = file?.sitesOf(sample) ?? new Map<string, GeneSites>();
  const notes = file?.notesOf(sample) ?? new Map<string, readonly string[]>();
  const unread = options.absentAsReference ? file?.unreadOf(sample) : undefined;
  const structures = file?.structuresOf(sample);
  const refused = file?.refusalOf(sample) ?? null;
  const population = populationOf(options.context ?? {});
  for (const table of geneTables()) {
    const own = sites.get(table.gene) ?? (new Map() as GeneSites);
    const assumed =
      options.absentAsReference && file && refused === null
        ? withAssumedReference(table, own, file.assembly, unread?.get(table.gene))
        : null;
    const used = assumed?.sites ?? own;
    const call = callGene(table, used, options);
    const extra = [
      ...(notes.get(table.gene) ?? []),
      ...(assumed?.notes ?? []),
      ...referenceMinorNotes(table, used),
    ];
    let result = geneResult(table, call, extra, (at) => positionLabel(table, at), used);
    if (file === null) result = { ...result, missingPositions: [], uncalled: 'not tested' };
    else if (refused !== null) result = { ...result, uncalled: `sample refused: ${refused.what}` };
    if (assumed && assumed.assumed.length > 0) result = { ...result, assumedReference: assumed.assumed };
    const states = call.diplotypes.length > 0 ? statesOf(call) : [];
    const carried = structures?.get(table.gene);
    if (carried !== undefined && states.length > 0) {
      // Copies may be missing or more: what the other positions say is no settled answer, and no population says how likely it is.
      const clause = `${table.gene}: ${carried}`;
      result = { ...result, provisional: clause, status: 'provisional' };
      called.cautions.set(table.gene, [clause]);
      called.open.set(table.gene, call.notExcluded);
    } else if (table.gene === 'CYP2D6' && states.length > 0) {
      const structure = structurePosterior(
        table,
        call.diplotypes.map((d) => d.lookup),
        population,
      );
      result = { ...result, structure, notes: [...result.notes, structure.text] };
      const top = structure.phenotypes[0];
      const how = top ? ` (with structure weighed in: ${top.phenotype} ${Math.round(top.p * 100)}%)` : '';
      called.cautions.set('CYP2D6', [`CYP2D6 from small variants, structure not assessed${how}`]);
    }
    const open = openClause(table, call);
    if (open !== null) {
      const phenotypes = new Set(states.map((state) => state.phenotype));
      const unread = unreadPosterior(table, used, phenotypes, population);
      const said = unread === null ? [] : [unreadText(table.gene, unread)];
      if (unread !== null) result = { ...result, unread, notes: [...result.notes, ...said] };
      called.cautions.set(table.gene, [...(called.cautions.get(table.gene) ?? []), open, ...said]);
      called.open.set(table.gene, call.notExcluded);
    }
    called.results[table.gene] = result;
    if (states.length > 0) called.states.set(table.gene, states);
  }
}

function callFromOutside(options: GenomeOptions, called: Called): void {
  const byGene = new Map<string, OutsideCall[]>();
  for (const call of options.outside ?? []) {
    const list = byGene.get(call.gene);
    if (list) list.push(call);
    else byGene.set(call.gene, [call]);
  }
  for (const [gene, calls] of byGene) {
    const table = geneTables().find((entry) => entry.gene === gene);
    const read = outsideGene(gene, calls, table, options.outsideName ?? 'outside calls');
    called.problems.push(...read.problems);
    const fromFile = called.results[gene];
    const differs =
      fromFile &&
      fromFile.diplotypes.length > 0 &&
      fromFile.diplotypes.join() !== read.gene.result.diplotypes.join();
    called.results[gene] = {
      ...read.gene.result,
      notes: [
        ...read.gene.result.notes,
        ...(differs
          ? [`the file itself reads ${fromFile.diplotypes.join(', ')}; the outside call is used`]
          : []),
      ],
    };
    called.cautions.delete(gene);
    called.open.delete(gene);
    const { provisional } = read.gene.result;
    if (provisional !== undefined) {
      called.cautions.set(gene, [provisional]);
      called.open.set(gene, []);
    }
    if (read.gene.states.length > 0) called.states.set(gene, read.gene.states);
    else called.states.delete(gene);
  }
}

function convert(called: Called, context: PatientContext): Map<string, readonly GeneState[]> {
  const after = new Map(called.states);
  const medications = context.medications ?? [];
  if (medications.length === 0) return after;
  const conversion = convertCyp2d6(called.states.get('CYP2D6') ?? [], medications);
  const result = called.results.CYP2D6;
  if (result && conversion.notes.length > 0) {
    const { phenotype, score } = summarise(conversion.states);
    called.results.CYP2D6 = {
      ...result,
      notes: [...result.notes, ...conversion.notes],
      ...(conversion.changed
        ? {
            phenotypeWithDrugs: phenotype,
            // Of a class alone every score that it may stand for is weighed; none of them is this person's.
            ...(result.activityScore === null ? {} : { activityScoreWithDrugs: scoreValue(score) }),
          }
        : {}),
    };
  }
  if (conversion.states.length > 0) after.set('CYP2D6', conversion.states);
  for (const { gene, text } of modulatorWarnings(medications)) {
    const before = called.results[gene];
    if (before) called.results[gene] = { ...before, notes: [...before.notes, text] };
    called.cautions.set(gene, [...(called.cautions.get(gene) ?? []), text]);
  }
  return after;
}

function withDpwg(
  results: Record<string, GeneResult>,
  states: ReadonlyMap<string, readonly GeneState[]>,
): void {
  const own = states.get('CYP2D6') ?? [];
  const result = results.CYP2D6;
  if (!result) return;
  const dpwg = [
    ...new Set(
      own.map((state) =>
        state.score === null || state.score === 'n/a'
          ? state.phenotype
          : cyp2d6PhenotypeDpwg(Number(state.score.replace('≥', ''))),
      ),
    ),
  ];
  const text = dpwg.join(' or ');
  if (text !== '' && text !== result.phenotype) results.CYP2D6 = { ...result, phenotypeDpwg: text };
}

/** The person without what they put on the skin or the eye. */
function withinTheBody(context: PatientContext): PatientContext {
  const { medications } = context;
  if (!medications?.some((m) => actsOnSurface(m.name))) return context;
  return { ...context, medications: medications.filter((m) => !actsOnSurface(m.name)) };
}

/** Entries that say there is none. */
const NONE = /^\W*(?:no\b|none|nil|nka|nkda|not known|unknown|ning[uú]n|sin\b|niega|denies|desconocid)/i;

/** What was told of the person and could not be checked against anything: a name not understood is not a harmless one. */
function notWeighed({ medications, allergies }: PatientContext): readonly Problem[] {
  const told = (where: string, entries: readonly string[], what: string): Problem[] => {
    const open = [...new Set(entries.map((text) => text.trim()))].filter(
      (text) => !NONE.test(text) && !isWeighed(text),
    );
    if (open.length === 0) return [];
    const help = 'Nothing was checked against them; where a name was not understood, write the substance';
    return [{ code: 'not-found', severity: 'warning', where, what: `${open.join(', ')}: ${what}`, help }];
  };
  return [
    ...told(
      'medicines',
      (medications ?? []).map(({ name }) => name),
      'named by no rule here, or not understood',
    ),
    ...told('allergies', allergies ?? [], 'no medicine known here'),
  ];
}

/** What is wrong with this sample's own column of the file. */
function ofSample(file: VariantFile | null, sample: string): readonly Problem[] {
  const problem = file?.refusalOf(sample) ?? file?.problemOf(sample) ?? null;
  return problem === null ? [] : [problem];
}

/**
 * The whole of a person's genotype: genes, what they mean for drugs, markers and the peri-operative page. With no file, outside calls
 * alone; with neither, an untested person. Fails only when an input cannot be used at all; outside calls that could not be read
 * come back as warnings and leave their gene without a result or indeterminate.
 */
export function callGenome(
  file: VariantFile | null,
  sample: string,
  options: GenomeOptions = {},
): Result<GenomicProfile> {
  const context = withinTheBody(options.context ?? {});
  const outside = options.outside ?? [];
  const open = notWeighed(context);
  if (file && file.matchedCount === 0 && outside.length === 0) {
    return fail({
      code: 'missing',
      severity: 'error',
      where: sample,
      what: 'no record overlaps a position of any gene',
      help: 'Give a whole-genome, exome, array or pharmacogene call set of GRCh38 or GRCh37',
    });
  }
  const called: Called = {
    results: {},
    states: new Map(),
    cautions: new Map(),
    open: new Map(),
    problems: [],
  };
  callFromVariants(file, sample, options, called);
  callFromOutside(options, called);
  const before = new Map(called.states);
  withDpwg(called.results, before);
  const states = convert(called, context);
  for (const gene of ['HLA-A', 'HLA-B']) {
    called.results[gene] ??= {
      diplotypes: [],
      phenotype: NO_RESULT,
      activityScore: null,
      phased: false,
      missingPositions: [],
      notes: ['HLA is not read from a file of small variants: give a typing result as an outside call'],
      uncalled: 'not typed; not typed is not negative',
      status: 'no-result',
    };
  }
  const drugs = options.genesOnly
    ? []
    : drugActions({ states, before, cautions: called.cautions, open: called.open }, context);
  const genes = Object.fromEntries(Object.entries(called.results).sort(([a], [b]) => (a < b ? -1 : 1)));
  return ok(
    {
      sample,
      assembly: file?.assembly ?? 'none',
      genes,
      drugs,
      markers: options.brief
        ? []
        : markerResults(file?.sitesOf(sample) ?? new Map(), options.showResearch ?? false),
      ...(options.brief
        ? {}
        : {
            perioperative: perioperativePlan(drugs, states, context, called.open),
            ledger: evidenceLedger(),
          }),
      notes: options.brief ? [] : [...open.map(problemLine), TRIALS],
    },
    [...(file?.warnings ?? []), ...ofSample(file, sample), ...called.problems, ...open],
  );
}
