import { describe, expect, it } from 'vitest';
import { fillNameKeys } from './fill-names.ts';

describe('names of rows that were there before', () => {
  it('are folded by the product, page by page, whichever way they were kept', async () => {
    const patients = Array.from({ length: 2_500 }, (_, i) => ({
      site_id: 's',
      id: String(i).padStart(5, '0'),
      name: i === 0 ? 'MÜLLER^Jürgen' : i === 1 ? '\u0001Anna Vogt' : '=山田^太郎',
    }));
    const keys = new Map<string, string>();
    const query = async (text: string, [a, b]: string[]) => {
      if (text.startsWith('select'))
        return { rows: text.includes('patients') ? patients.filter((p) => p.id > b!).slice(0, 2_000) : [] };
      for (const one of JSON.parse(a!) as { id: string; key: string }[]) keys.set(one.id, one.key);
      return { rows: [] };
    };
    await fillNameKeys({ query } as unknown as Parameters<typeof fillNameKeys>[0]);
    expect(keys.size).toBe(2_500);
    expect([keys.get('00000'), keys.get('00001'), keys.get('02499')]).toEqual([
      'müller^jürgen',
      'vogt^anna',
      '=山田^太郎',
    ]);
  });
});
