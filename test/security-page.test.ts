import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
/** Rows of the table of threats: threat, what stands against it, tests. */
const rows = page
  .slice(page.indexOf('## Threats'), page.indexOf('## What is not covered'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat') && !line.startsWith('|---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, threat, against, test]) => ({ threat: threat ?? '', against: against ?? '', test: test ?? '' }));

/** Test files named in a cell, each with the titles quoted after it. */
function named(cell: string): { file: string; titles: string[] }[] {
  const parts: { file: string; titles: string[] }[] = [];
  for (const match of cell.matchAll(/`([\w./-]+\.ts)`|"([^"]+)"/g)) {
    if (match[1] !== undefined) parts.push({ file: match[1], titles: [] });
    else if (match[2] !== undefined) parts.at(-1)?.titles.push(match[2]);
  }
  return parts;
}
const place = (file: string): string =>
  [join(root, 'apps/server/src', file), join(root, file)].find(existsSync) ?? '';

describe('docs/security.md', () => {
  it('has a table of threats', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row.against, row.threat).not.toBe('');
  });

  it.each(rows.map((row) => [row.threat, row.test] as const))('names tests that exist: %s', (_, cell) => {
    const tests = named(cell);
    expect(tests.length, cell).toBeGreaterThan(0);
    for (const { file, titles } of tests) {
      expect(file).toMatch(/\.test\.ts$/);
      expect(place(file), file).not.toBe('');
      const text = readFileSync(place(file), 'utf8');
      const lines = text
        .split('\n')
        .filter((line) => /\b(it|test|describe)(\.\w+)*\(|^\s*[`']/.test(line) || /\)\(\s*['`]/.test(line));
      for (const title of titles) {
        // A title may leave out its middle with dots.
        const pieces = title.split('...').map((piece) => piece.trim());
        const found = lines.some((line) => pieces.every((piece) => line.includes(piece)));
        expect(found, `${file}: "${title}"`).toBe(true);
      }
    }
  });
});
