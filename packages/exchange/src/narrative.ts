import type { FhirResource } from './collection.ts';

const XHTML = 'http://www.w3.org/1999/xhtml';
/** A narrative is read by people: what is longer is counted, and stands whole in the resource. */
const MOST_LINES = 60;

type Part = Readonly<Record<string, unknown>>;

const escaped = (text: string): string =>
  text
    // Control characters are no XML, whatever they are written as.
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const part = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});
const parts = (value: unknown): readonly Part[] => (Array.isArray(value) ? value.map(part) : []);
const said = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function concept(value: unknown): string | undefined {
  const one = part(value);
  const coding = parts(one.coding)[0];
  return said(one.text) ?? said(coding?.display) ?? said(coding?.code);
}

/** The value of an observation or of a component of one, or why there is none. */
function valueText(of: Part): string | undefined {
  const quantity = part(of.valueQuantity);
  if (quantity.value !== undefined) {
    const unit = said(quantity.unit);
    return `${quantity.value}${unit === undefined || unit === '1' ? '' : ` ${unit}`}`;
  }
  if (of.valueInteger !== undefined) return String(of.valueInteger);
  const why = concept(of.dataAbsentReason);
  return said(of.valueString) ?? concept(of.valueCodeableConcept) ?? (why && `not given: ${why}`);
}

function lines(resource: FhirResource): readonly string[] {
  const value = valueText(resource);
  return [
    ...(value === undefined ? [] : [value]),
    ...(said(resource.conclusion) === undefined ? [] : [said(resource.conclusion) as string]),
    ...parts(resource.component).map((one) => `${concept(one.code) ?? ''}: ${valueText(one) ?? ''}`),
    ...parts(resource.prediction).map((one) => {
      const { low, high } = part(one.probabilityRange);
      return `${concept(one.outcome) ?? ''}: ${part(low).value} to ${part(high).value}%`;
    }),
    ...parts(resource.activity).map((one) => said(part(one.detail).description) ?? ''),
    ...(resource.resourceType === 'Patient'
      ? parts(resource.identifier).map((one) => `Identifier ${one.value}`)
      : []),
    ...parts(resource.note).map((one) => said(one.text) ?? ''),
  ].filter((line) => line !== '');
}

/**
 * The resource with its content as text for people (R4 `dom-6`: a resource should have a narrative for robust management): what it is, and each
 * value, conclusion, prediction, activity and note in a line.
 */
export function withNarrative(resource: FhirResource): FhirResource {
  const title =
    said(resource.title) ?? concept(resource.code) ?? concept(resource.method) ?? resource.resourceType;
  const all = lines(resource);
  const shown = all.slice(0, MOST_LINES).map((line) => `<li>${escaped(line)}</li>`);
  if (all.length > MOST_LINES) shown.push(`<li>${all.length - MOST_LINES} more in the resource</li>`);
  const list = shown.length === 0 ? '' : `<ul>${shown.join('')}</ul>`;
  const { resourceType, id, meta, ...rest } = resource;
  return {
    resourceType,
    id,
    ...(meta === undefined ? {} : { meta }),
    text: { status: 'generated', div: `<div xmlns="${XHTML}"><p>${escaped(title)}</p>${list}</div>` },
    ...rest,
  };
}
