import { describe, expect, it } from 'vitest';
import { untilThere } from './later.tsx';

describe('a part of the page that comes later', () => {
  it('is asked for again until it is there', async () => {
    let tries = 0;
    const load = async () => {
      if (++tries < 3) throw new TypeError('Failed to fetch dynamically imported module');
      return 'here';
    };
    expect(await untilThere(load, 1)).toBe('here');
    expect(tries).toBe(3);
  });

  it('is given up only with a network, and never without one', async () => {
    let tries = 0;
    const gone = async () => {
      tries++;
      throw new TypeError('not a module');
    };
    const online = (value: boolean) =>
      Object.defineProperty(globalThis.navigator, 'onLine', { value, configurable: true });
    online(true);
    await expect(untilThere(gone, 1)).rejects.toThrow('not a module');
    expect(tries).toBe(4);
    online(false);
    tries = 0;
    let ended = false;
    const asking = untilThere(async () => {
      if (++tries < 12) throw new TypeError('Failed to fetch');
      ended = true;
    }, 1);
    await asking;
    expect(ended).toBe(true);
    online(true);
  });
});
