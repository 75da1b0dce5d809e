import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '..');
const styles = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles/baseline.css'));

describe('the styles that are shipped', () => {
  it('hold those of every component in use', () => {
    const shipped = readFileSync(join(import.meta.dirname, 'styles.ts'), 'utf8');
    const used = new Set<string>();
    for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.tsx')) continue;
      const text = readFileSync(join(src, file), 'utf8');
      for (const [, names] of text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g))
        for (const name of (names ?? '').split(',')) used.add(name.replace(/\btype\b/, '').trim());
    }
    expect(used.size).toBeGreaterThan(10);
    const own = [...used].filter((name) => existsSync(join(styles, `${name}.css`)));
    expect(own.filter((name) => !shipped.includes(`/styles/${name}.css`))).toEqual([]);
  });
});
