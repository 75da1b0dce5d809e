import type { Estimate } from '@foramen/imaging';
import { escapeHtml as e } from './genome-style.ts';
import type { GradeScore, MeasureScore } from './validation.ts';

export const PLOT_STYLE = `.plots{display:flex;flex-wrap:wrap;gap:18px;margin:14px 0}
svg.plot{height:auto;max-width:100%}svg.plot text{font-size:11px;fill:var(--soft)}svg.plot .axis{stroke:var(--line);fill:none}svg.plot .even{stroke:var(--soft);stroke-dasharray:3 3}
svg.plot .dot{fill:var(--brand);fill-opacity:.45}svg.plot .mean{stroke:var(--brand);stroke-width:3}svg.plot .line{stroke:var(--brand);fill:none;stroke-width:1.6}svg.plot .limit{stroke:var(--change);stroke-dasharray:5 3}`;

const at = (value: number): string => value.toFixed(1);

/** Dots of single pictures on a scale from 0 to 1, with the mean and its interval; one row a structure. */
export function stripPlot(
  rows: readonly { readonly name: string; readonly mean: Estimate; readonly values: readonly number[] }[],
  title: string,
): string {
  const width = 560;
  const left = 80;
  const x = (v: number) => left + v * (width - left - 20);
  const height = 24 * rows.length + 34;
  const body = rows.map(({ name, mean, values }, n) => {
    const y = 24 * n + 16;
    const [low, high] = mean.interval;
    return `<text x="4" y="${y + 4}">${e(name)}</text>${values.map((v) => `<circle class="dot" cx="${at(x(v))}" cy="${y}" r="3.5"/>`).join('')}${
      Number.isFinite(low)
        ? `<line class="line" x1="${at(x(low))}" x2="${at(x(high))}" y1="${y + 8}" y2="${y + 8}"/>`
        : ''
    }<line class="mean" x1="${at(x(mean.value))}" x2="${at(x(mean.value))}" y1="${y - 8}" y2="${y + 9}"/>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (t) =>
      `<line class="axis" x1="${at(x(t))}" x2="${at(x(t))}" y1="2" y2="${height - 18}"/><text x="${at(x(t))}" y="${height - 5}" text-anchor="middle">${t}</text>`,
  );
  return `<svg class="plot" width="${width}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${e(title)}">${ticks.join('')}${body.join('')}</svg>`;
}

/** Probabilities against how often the finding was there; a dot's area follows the number of discs. */
export function reliabilityPlot({ field, reliability }: GradeScore): string {
  if (reliability.length === 0) return '';
  const side = 200;
  const x = (v: number) => 34 + v * (side - 48);
  const y = (v: number) => 16 + (1 - v) * (side - 50);
  const most = Math.max(...reliability.map((bin) => bin.n));
  const dots = reliability.map(
    (bin) =>
      `<circle class="dot" cx="${at(x(bin.meanP))}" cy="${at(y(bin.observed))}" r="${at(2.5 + 6 * Math.sqrt(bin.n / most))}"><title>${bin.n} discs, said ${bin.meanP.toFixed(2)}, found ${bin.observed.toFixed(2)}</title></circle>`,
  );
  const path = reliability.map((bin) => `${at(x(bin.meanP))},${at(y(bin.observed))}`).join(' ');
  return `<svg class="plot" width="${side}" viewBox="0 0 ${side} ${side}" role="img" aria-label="Reliability of ${e(field)}"><text x="4" y="11">${e(field)}</text><rect class="axis" x="${x(0)}" y="${y(1)}" width="${x(1) - x(0)}" height="${y(0) - y(1)}"/><line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/><polyline class="line" points="${path}"/>${dots.join('')}<text x="${x(0)}" y="${side - 20}">0</text><text x="${x(1)}" y="${side - 20}" text-anchor="end">1</text><text x="${side / 2}" y="${side - 6}" text-anchor="middle">probability said</text></svg>`;
}

/** Difference of product and reader against their mean (Bland-Altman), with bias and limits. */
export function differencePlot({ measure, unit, pairs, bias, limits }: MeasureScore): string {
  if (pairs.length < 2 || bias === null || limits === null) return '';
  const [w, h] = [260, 190];
  const points = pairs.map(([reader, ours]) => ({ mean: (reader + ours) / 2, off: ours - reader }));
  const xs = points.map((p) => p.mean);
  const ys = [...points.map((p) => p.off), ...limits, 0];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const x = (v: number) => 40 + ((v - x0) / (x1 - x0 || 1)) * (w - 54);
  const y = (v: number) => 18 + (1 - (v - y0) / (y1 - y0 || 1)) * (h - 44);
  const across = (v: number, kind: string) =>
    `<line class="${kind}" x1="36" x2="${w - 8}" y1="${at(y(v))}" y2="${at(y(v))}"/>`;
  return `<svg class="plot" width="${w}" viewBox="0 0 ${w} ${h}" role="img" aria-label="Differences of ${e(measure)}"><text x="4" y="11">${e(measure)}, ${e(unit)}: product less reader</text>${across(0, 'axis')}${across(bias.value, 'line')}${across(limits[0], 'limit')}${across(limits[1], 'limit')}${points
    .map((p) => `<circle class="dot" cx="${at(x(p.mean))}" cy="${at(y(p.off))}" r="3"/>`)
    .join(
      '',
    )}<text x="34" y="${at(y(limits[1]) + 4)}" text-anchor="end">${limits[1].toFixed(1)}</text><text x="34" y="${at(y(limits[0]) + 4)}" text-anchor="end">${limits[0].toFixed(1)}</text><text x="${w / 2}" y="${h - 6}" text-anchor="middle">${x0.toFixed(1)} to ${x1.toFixed(1)}: mean of both</text></svg>`;
}
