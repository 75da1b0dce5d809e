import { describe, expect, it } from 'vitest';
import { checkedTarget, isPublicAddress } from './safe-fetch.ts';

describe('outgoing requests', () => {
  it('know inner addresses in every spelling', () => {
    for (const inner of [
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
      '100.64.0.1',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'not an address',
    ]) {
      expect(isPublicAddress(inner), inner).toBe(false);
    }
    for (const outer of ['1.1.1.1', '172.32.0.1', '2606:4700::1111'])
      expect(isPublicAddress(outer), outer).toBe(true);
  });

  it('refuse what leads inside, also by name, also by one address of several', async () => {
    const names: Record<string, string[]> = {
      'good.example': ['1.1.1.1'],
      'inner.example': ['10.0.0.1'],
      'mixed.example': ['1.1.1.1', '127.0.0.1'],
      'gone.example': [],
    };
    const lookup = async (host: string) => names[host] ?? [];
    for (const url of [
      'http://good.example/',
      'https://user:pw@good.example/',
      'https://inner.example/',
      'https://mixed.example/',
      'https://gone.example/',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
      'https://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      await expect(checkedTarget(url, lookup), url).rejects.toThrow();
    }
    expect((await checkedTarget('https://good.example/x', lookup)).address).toBe('1.1.1.1');
  });
});
