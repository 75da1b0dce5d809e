import { crestHeight } from '@foramen/imaging';
import { type CrestReference, type MarkDrawing, markText, type ReaderMark, writtenDay } from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';

/** Where a report leaves room for what readers measure after it was written. */
export const READER_MARKS_SLOT = '<!--reader-marks-->';
/** Around the words that no iliac crest was assessed. */
export const CREST_OPEN = ['<!--crest-->', '<!--/crest-->'] as const;

const KIND: Readonly<Record<MarkDrawing['kind'], string>> = {
  length: 'Length',
  angle: 'Angle',
  area: 'Area',
  crest: 'Top of iliac crest',
};

/**
 * A written report with what readers have measured since, as it is now: value, place, author, moment and note of each. Without marks the report is
 * returned as it is.
 *
 * @param crest the disc against which the height of a crest is read; null where the study has none
 */
export function withReaderMarks(
  html: string,
  marks: readonly ReaderMark[],
  crest: CrestReference | null,
): string {
  const kept = marks.filter((mark) => !mark.removed);
  if (kept.length === 0) return html;
  const rows = kept.map(({ drawing, author, at, revision }) => {
    const changed = revision === 1 ? '' : `, changed ${revision - 1} ${revision === 2 ? 'time' : 'times'}`;
    return `<tr><td>${KIND[drawing.kind]}</td><td><b>${e(valueText(drawing, crest))}</b></td><td>${e(drawing.level ?? '')}</td><td>${e(drawing.title)}, slice ${drawing.slice + 1}</td><td>${e(author)}, <time datetime="${e(at)}">${e(`${writtenDay(at)} ${at.slice(11, 16)} UTC`)}</time>${changed}</td><td style="white-space:normal">${e(drawing.note)}</td></tr>`;
  });
  const section = `<h2>Measured by readers</h2><div class="scroll"><table class="ways"><tr><th>What</th><th>Value</th><th>Level</th><th>Where</th><th>By whom</th><th>Note</th></tr>${rows.join('')}</table></div>`;
  const marked = crest !== null && kept.some((mark) => mark.drawing.kind === 'crest');
  const said = marked
    ? html.replace(openCrest, `<p><b>Iliac crest: marked by a reader</b>, see below.</p>`)
    : html;
  // A function, so that no "$" in a note is taken for a group.
  return said.includes(READER_MARKS_SLOT)
    ? said.replace(READER_MARKS_SLOT, () => section)
    : said.replace('</main>', () => `${section}</main>`);
}

const openCrest = new RegExp(`${CREST_OPEN[0]}[\\s\\S]*?${CREST_OPEN[1]}`);

/** Value of a mark as it is written beside it; a crest's is its height over its disc. */
export function valueText(drawing: MarkDrawing, crest: CrestReference | null): string {
  if (drawing.kind !== 'crest') return markText(drawing);
  const at = drawing.lps?.[0];
  if (at === undefined || crest === null) return 'marked; no disc to read it against';
  const read = crestHeight(crest, at);
  const side = at[0] > crest.centre[0] ? 'left' : 'right';
  return `${side}: ${read.aboveDiscMm.toFixed(0)} ± ${read.uncertaintyMm.toFixed(0)} mm over the disc, ${CREST_AT[read.at]}`;
}

const CREST_AT = {
  'below the disc': 'below it',
  'beside the disc': 'beside it',
  'lower half': 'beside the lower half of the vertebra above',
  'upper half': 'beside the upper half of the vertebra above',
  'above the vertebra': 'above the vertebra above it',
} as const;
