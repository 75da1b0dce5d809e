import type { Estimate, ReliabilityBin } from '@foramen/imaging';
import { escapeHtml as e, GENOME_STYLE } from './genome-style.ts';
import { differencePlot, PLOT_STYLE, reliabilityPlot, stripPlot } from './validation-plots.ts';

export type ValidatedStructure = 'disc' | 'vertebra' | 'canal' | 'sacrum';

/** Overlap of one structure over all patients: means of patients' means, with bootstrap intervals over patients. */
export interface StructureScore {
  readonly structure: ValidatedStructure;
  readonly dice: Estimate;
  /** Average symmetric and 95th percentile surface distance; over pictures in which both maps hold the structure. */
  readonly assdMm: Estimate | null;
  readonly hausdorff95Mm: Estimate | null;
}

/** The same of one level's disc or one vertebra, where masks name them. */
export interface LevelStructureScore extends Omit<StructureScore, 'structure'> {
  readonly structure: 'disc' | 'vertebra';
  readonly level: string;
  /** Patients whose masks hold it. */
  readonly n: number;
}

/** One measure against a reader's, in its unit; over all levels, or at one. */
export interface MeasureScore {
  readonly measure: string;
  readonly unit: string;
  /** Null for all levels together. */
  readonly level: string | null;
  readonly n: number;
  /** Values of the reader where the product measured nothing. */
  readonly abstained: number;
  readonly bias: Estimate | null;
  readonly meanAbsolute: Estimate | null;
  /** 95% limits of agreement. */
  readonly limits: readonly [number, number] | null;
  /** Pairs [reader, product], for the plot; only with all levels together. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Agreement of one graded finding with the reader's. What does not apply, or cannot be computed from these cases, is null. */
export interface GradeScore {
  readonly field: string;
  /** Discs that both the product and the reader graded. */
  readonly n: number;
  /** Discs that the reader graded and the product did not. */
  readonly abstained: number;
  /** Discs with the finding, by the reader; null for a scale of grades. */
  readonly positive: number | null;
  readonly kappa: Estimate | null;
  readonly withinOne: number | null;
  readonly meanError: number | null;
  readonly auc: Estimate | null;
  readonly ece: number | null;
  readonly eceInterval: readonly [number, number] | null;
  readonly reliability: readonly ReliabilityBin[];
  /** Kappa of a scale, area under the curve of a sign, at each level that has both kinds of cases. */
  readonly byLevel: readonly {
    readonly level: string;
    readonly n: number;
    readonly kappa: Estimate | null;
    readonly auc: Estimate | null;
  }[];
}

export interface PictureScore {
  readonly name: string;
  readonly patient: string;
  /** Why there is no result, when the product refused the picture; its structures then count as 0. */
  readonly refused?: string;
  readonly dice: Readonly<Partial<Record<ValidatedStructure, number>>>;
  readonly assdMm: Readonly<Partial<Record<ValidatedStructure, number>>>;
}

export interface ValidationResult {
  readonly version: string;
  readonly models: readonly { readonly id: string; readonly version: string }[];
  readonly pictures: readonly PictureScore[];
  readonly patients: number;
  readonly structures: readonly StructureScore[];
  /** From the head down; empty when masks name no levels. */
  readonly levels: readonly LevelStructureScore[];
  /** Discs named alike among those present in both maps; null when the masks name no levels. */
  readonly numbering: { readonly right: number; readonly n: number } | null;
  readonly grades: readonly GradeScore[];
  readonly measures: readonly MeasureScore[];
  /** What a reader of the figures should know. */
  readonly notes: readonly string[];
}

const STYLE = `${GENOME_STYLE}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.ci{color:var(--soft);font-size:12.5px}
.low{color:var(--avoid);font-weight:600}
${PLOT_STYLE}`;

/** The figures of `foramen validate` as one self-contained page. */
export function renderValidation(result: ValidationResult): string {
  const refused = result.pictures.filter((one) => one.refused !== undefined).length;
  const models = result.models.map((m) => `${m.id} ${m.version}`).join(', ') || 'no network';
  const body = `<h1>Validation on labelled pictures</h1>
<p>${result.pictures.length} ${result.pictures.length === 1 ? 'picture' : 'pictures'} of ${result.patients} ${
    result.patients === 1 ? 'patient' : 'patients'
  }; ${refused} refused. Foramen ${e(result.version)}, ${e(models)}.</p>
${result.notes.map((note) => `<p class="ci">${e(note)}</p>`).join('')}
${structures(result)}${levels(result)}${numbering(result)}${grades(result)}${measures(result)}${pictures(result)}`;
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Validation</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>\n`;
}

function structures(result: ValidationResult): string {
  if (result.structures.length === 0) return '';
  const rows = result.structures.map(
    (one) =>
      `<tr><td>${one.structure}</td>${cell(one.dice, 3)}${cell(one.assdMm, 2)}${cell(one.hausdorff95Mm, 2)}</tr>`,
  );
  return `<h2>Segmentation</h2><div class="scroll"><table><thead><tr><th>structure</th><th class="n">Dice</th><th class="n">surface distance, mm</th><th class="n">95th percentile, mm</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>
${stripPlot(
  result.structures.map((one) => ({
    name: one.structure,
    mean: one.dice,
    values: result.pictures.flatMap((picture) => picture.dice[one.structure] ?? []),
  })),
  'Dice of every picture',
)}<p class="ci">Means over patients, with 95% intervals by bootstrap over patients; rows between the first and the last labelled one. A refused picture counts as 0.</p>`;
}

function levels(result: ValidationResult): string {
  if (result.levels.length === 0) return '';
  const rows = result.levels.map(
    (one) =>
      `<tr><td>${e(one.level)}</td><td>${one.structure}</td><td class="n">${one.n}</td>${cell(one.dice, 3)}${cell(one.assdMm, 2)}${cell(one.hausdorff95Mm, 2)}</tr>`,
  );
  return `<h3>Level by level</h3><div class="scroll"><table><thead><tr><th>level</th><th>structure</th><th class="n">patients</th><th class="n">Dice</th><th class="n">surface distance, mm</th><th class="n">95th percentile, mm</th></tr></thead><tbody>${rows.join('')}</tbody></table></div><p class="ci">A structure counts only under the name the mask gives it: a wrong name is a Dice of 0 here.</p>`;
}

function measures(result: ValidationResult): string {
  const whole = result.measures.filter((one) => one.level === null);
  if (whole.length === 0) return '';
  const row = (one: MeasureScore, first: string) =>
    `<tr><td>${first}</td><td>${e(one.unit)}</td><td class="n">${one.n}</td><td class="n">${one.abstained}</td>${cell(one.meanAbsolute, 2)}${cell(one.bias, 2)}<td class="n">${one.limits === null ? '–' : `${shown(one.limits[0], 2)} to ${shown(one.limits[1], 2)}`}</td></tr>`;
  const rows = whole.flatMap((one) => [
    row(one, `<b>${e(one.measure)}</b>`),
    ...result.measures
      .filter((other) => other.level !== null && other.measure === one.measure)
      .map((other) => row(other, `<span class="ci">${e(other.level ?? '')}</span>`)),
  ]);
  return `<h2>Measures</h2><div class="scroll"><table><thead><tr><th>measure</th><th>unit</th><th class="n">n</th><th class="n">abstained</th><th class="n">mean error</th><th class="n">bias</th><th class="n">limits of agreement</th></tr></thead><tbody>${rows.join('')}</tbody></table></div><div class="plots">${whole.map((one) => differencePlot(one)).join('')}</div><p class="ci">Mean error is that of absolute differences; bias and 95% limits of agreement after Bland and Altman. Intervals by bootstrap over patients.</p>`;
}

function numbering(result: ValidationResult): string {
  if (result.numbering === null || result.numbering.n === 0) return '';
  const { right, n } = result.numbering;
  return `<h2>Numbering</h2><p>${right} of ${n} discs named as in the masks (${((100 * right) / n).toFixed(1)}%).</p>`;
}

function grades(result: ValidationResult): string {
  if (result.grades.length === 0) return '';
  const rows = result.grades.map(
    (one) =>
      `<tr><td>${e(one.field)}</td><td class="n">${one.n}${one.positive === null ? '' : ` (${one.positive})`}</td><td class="n">${one.abstained}</td>${cell(one.kappa, 2)}${plain(one.withinOne === null ? null : 100 * one.withinOne, 1)}${plain(one.meanError, 2)}${cell(one.auc, 2)}${ece(one)}</tr>${one.byLevel
        .map(
          (at) =>
            `<tr><td class="ci">${e(at.level)}</td><td class="n">${at.n}</td><td></td>${cell(at.kappa, 2)}<td></td><td></td>${cell(at.auc, 2)}<td></td></tr>`,
        )
        .join('')}`,
  );
  return `<h2>Grades</h2><div class="scroll"><table><thead><tr><th>finding</th><th class="n">discs (with it)</th><th class="n">abstained</th><th class="n">weighted kappa</th><th class="n">within one, %</th><th class="n">mean error</th><th class="n">AUC</th><th class="n">calibration error</th></tr></thead><tbody>${rows.join('')}</tbody></table></div><div class="plots">${result.grades.map((one) => reliabilityPlot(one)).join('')}</div>
<p class="ci">Kappa is quadratically weighted. Calibration error is the expected one over ten bins: of the most probable grade, or of the probability of the finding. Intervals by bootstrap over patients.</p>`;
}

function pictures(result: ValidationResult): string {
  const names = result.structures.map((one) => one.structure);
  const scored = result.pictures.filter(
    (one) => one.refused !== undefined || Object.keys(one.dice).length > 0,
  );
  if (scored.length === 0) return '';
  const worst = (one: PictureScore): number => Math.min(...Object.values(one.dice), 1);
  const rows = [...scored]
    .sort((a, b) => worst(a) - worst(b))
    .map((one) =>
      one.refused === undefined
        ? `<tr><td>${e(one.name)}</td>${names.map((s) => plain(one.dice[s] ?? null, 3, 0.7)).join('')}${names.map((s) => plain(one.assdMm[s] ?? null, 2)).join('')}</tr>`
        : `<tr><td>${e(one.name)}</td><td colspan="${2 * names.length}" class="low">${e(one.refused)}</td></tr>`,
    );
  const heads = ['Dice', 'mm'].flatMap((unit) => names.map((s) => `<th class="n">${s}, ${unit}</th>`));
  return `<h2>Pictures, worst first</h2><div class="scroll"><table><thead><tr><th>picture</th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const ece = (one: GradeScore): string =>
  one.ece === null || one.eceInterval === null
    ? plain(one.ece, 3)
    : `<td class="n">${one.ece.toFixed(3)} <span class="ci">${shown(one.eceInterval[0], 3)} to ${shown(one.eceInterval[1], 3)}</span></td>`;

const shown = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';

function cell(estimate: Estimate | null, digits: number): string {
  if (estimate === null || !Number.isFinite(estimate.value)) return '<td class="n">–</td>';
  const [low, high] = estimate.interval;
  const interval = Number.isFinite(low)
    ? ` <span class="ci">${shown(low, digits)} to ${shown(high, digits)}</span>`
    : '';
  return `<td class="n">${shown(estimate.value, digits)}${interval}</td>`;
}

function plain(value: number | null, digits: number, low = Number.NEGATIVE_INFINITY): string {
  if (value === null) return '<td class="n">–</td>';
  return `<td class="n${value < low ? ' low' : ''}">${shown(value, digits)}</td>`;
}
