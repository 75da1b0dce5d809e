import { describe, expect, it } from 'vitest';
import { withNarrative } from './narrative.ts';

const divOf = (resource: Parameters<typeof withNarrative>[0]) =>
  (withNarrative(resource).text as { readonly div: string }).div;

describe('the narrative of a resource', () => {
  it('is well-formed whatever a file said', () => {
    const div = divOf({
      resourceType: 'Observation',
      id: 'a',
      code: { text: 'Ä <b> & "c"\u0000' },
      valueString: '</div><script>x</script>',
    });
    expect(div).toContain('<p>Ä &lt;b&gt; &amp; &quot;c&quot; </p>');
    expect(div).not.toContain('<script');
    expect(div.match(/<\/div>/g)).toHaveLength(1);
  });

  it('says each value once, with its unit, and counts what is too much', () => {
    const component = Array.from({ length: 70 }, (_, n) => ({
      code: { text: `m${n}` },
      valueQuantity: { value: n, unit: n === 0 ? '1' : 'mm' },
    }));
    const div = divOf({ resourceType: 'Observation', id: 'a', code: { text: 'Disc' }, component });
    expect(div).toContain('<li>m0: 0</li><li>m1: 1 mm</li>');
    expect(div).toContain('<li>10 more in the resource</li>');
  });

  it('stands before the content, after what identifies the resource', () => {
    const keys = Object.keys(
      withNarrative({ resourceType: 'Patient', id: 'p', identifier: [{ value: 'x' }] }),
    );
    expect(keys).toEqual(['resourceType', 'id', 'text', 'identifier']);
  });
});
