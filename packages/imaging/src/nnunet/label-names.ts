import { fail, LABEL_CANAL, LABEL_CORD, LABEL_SACRUM, ok, type Problem, type Result } from '@foramen/spine';
import { importedLabel } from '../dicom-out/label-import.ts';
import { labelOfName } from '../dicom-out/structure-names.ts';
import { CLASS } from '../segmentation/model.ts';

/** What an output channel stands for: a value of our label map, a kind of tissue that has yet to be numbered, or nothing of ours. */
export type Meaning =
  | { readonly kind: 'label'; readonly label: number }
  | { readonly kind: 'class'; readonly class: number }
  | { readonly kind: 'background' };

const CLASS_OF_LABEL: ReadonlyMap<number, number> = new Map([
  [LABEL_CANAL, CLASS.sac],
  [LABEL_CORD, CLASS.cord],
  [LABEL_SACRUM, CLASS.sacrum],
]);

/** A kind of tissue by name, for networks that tell discs from bones but not one level from another. */
function classOfName(name: string): number | undefined {
  const text = name.toLowerCase();
  if (/\b(ivd|dis[ck]s?)\b|intervertebral|dis[ck]/.test(text)) return CLASS.disc;
  if (/posterior|arch|process|lamina|spinous|facet/.test(text)) return CLASS.posterior;
  if (/vertebra|corpus|body|bodies/.test(text)) return CLASS.body;
  return undefined;
}

/**
 * Meaning of one name. Numbers are values of TotalSpineSeg's or SPIDER's label maps.
 * `numbers` says which of the two the numeric names of this model follow.
 */
function meaningOf(name: string, numbers: 'totalspineseg' | 'spider'): Meaning | undefined {
  if (/^background$|^ignore$/i.test(name)) return { kind: 'background' };
  const number = /^(?:label[_ -]?)?(\d{1,3})$/i.exec(name.trim());
  const label = number ? importedLabel(Number(number[1]), numbers) : labelOfName(expanded(name));
  if (label !== undefined) return { kind: 'label', label };
  const tissue = number ? undefined : classOfName(name);
  return tissue === undefined ? undefined : { kind: 'class', class: tissue };
}

/** `disc_L5_S` as TotalSpineSeg writes it, for `disc_L5_S1`. */
const expanded = (name: string): string => name.replace(/([_\-/ ])S$/, '$1S1');

/**
 * Meanings of a network's output channels from the `labels` of `dataset.json`. When some structures carry a level and vertebrae or discs
 * do not, everything is taken as tissue, to be numbered here.
 * Problem: labels that are not 0, 1, 2, ...; or none that is a structure of the spine. Unknown names are a warning.
 */
export function meaningsOf(
  labels: Readonly<Record<string, number | readonly number[]>>,
  order: readonly number[] | undefined,
): Result<{ readonly channels: readonly Meaning[]; readonly regions: boolean }> {
  const entries = Object.entries(labels);
  const regions = entries.some(([, value]) => Array.isArray(value));
  const where = 'dataset.json';
  const help = 'Give dataset.json as nnU-Net wrote it beside the network';
  const error = (what: string): Result<never> =>
    fail({ code: 'unsupported', severity: 'error', where, what, help } satisfies Problem);
  const numbers = entries.some(([name]) => /^\D*(10[1-9]|1[12]\d|20[1-9]|2[12]\d)$/.test(name))
    ? 'spider'
    : 'totalspineseg';
  let named: readonly string[];
  if (regions) {
    const foreground = entries.filter(([, value]) => value !== 0).map(([name]) => name);
    if (order === undefined || order.length !== foreground.length)
      return error('labels are regions, and regions_class_order does not name each of them');
    named = foreground;
  } else {
    const byValue = new Map(entries.map(([name, value]) => [value as number, name]));
    const count = Math.max(...byValue.keys()) + 1;
    const values = Array.from({ length: count }, (_, n) => byValue.get(n));
    const gap = values.indexOf(undefined);
    if (!Number.isFinite(count) || gap >= 0)
      return error(`labels have no value ${Math.max(0, gap)}: they must run from 0 without a gap`);
    if (byValue.size < entries.length) return error('two labels have one value');
    named = values as string[];
  }
  const unknown: string[] = [];
  const meanings = named.map((name, n): Meaning => {
    const known = !regions && n === 0 ? ({ kind: 'background' } as const) : meaningOf(name, numbers);
    if (known === undefined) unknown.push(name);
    return known ?? { kind: 'background' };
  });
  if (meanings.every((one) => one.kind === 'background'))
    return error(`none of the labels (${named.slice(0, 6).join(', ')}) is a structure of the spine`);
  const unnumbered = meanings.some((one) => one.kind === 'class');
  const channels = unnumbered ? meanings.map(asTissue) : meanings;
  return ok(
    { channels, regions },
    unknown.length === 0
      ? []
      : [
          {
            code: 'unsupported',
            severity: 'warning',
            where,
            what: `the labels ${unknown.join(', ')} are no structures known here`,
            help: 'They are left out of the label map',
          },
        ],
  );
}

function asTissue(one: Meaning): Meaning {
  if (one.kind !== 'label') return one;
  const unique = CLASS_OF_LABEL.get(one.label);
  return { kind: 'class', class: unique ?? (one.label >= 71 ? CLASS.disc : CLASS.body) };
}
