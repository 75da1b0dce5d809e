import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyring, unwrap, wrap } from './keyring.ts';
import { openingFault } from './opening-fault.ts';

const ring = () => keyring([randomBytes(32).toString('base64')]);
const failure = (attempt: () => unknown): unknown => {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error('it was opened');
};

it('says what is wrong with an object in words, and what would help', () => {
  const own = ring();
  const bound = Buffer.from('object');
  const wrapped = wrap(own, randomBytes(32), bound);
  expect(openingFault(failure(() => unwrap(ring(), wrapped, bound)))).toContain('FORAMEN_MASTER_KEY_FILE');
  wrapped[40]! ^= 1;
  expect(openingFault(failure(() => unwrap(own, wrapped, bound)))).toMatch(/^is damaged/);
  expect(openingFault(new Error('ENOSPC: no space left on device, write'))).toContain('ENOSPC');
});
