import { expect, it } from 'vitest';
import { sameSecret } from './same-secret.ts';

it('knows the secret, and nothing else: no other, no beginning of it, none at all', () => {
  expect(sameSecret('correct horse', 'correct horse')).toBe(true);
  for (const sent of ['correct horsf', 'correct', 'correct horse ', '', undefined])
    expect(sameSecret(sent, 'correct horse'), String(sent)).toBe(false);
  expect(sameSecret(undefined, '')).toBe(false);
});
