import '../testing/patience.ts';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import { echo } from './client.ts';
import { readPeers } from './peers.ts';

describe('the DICOM node', () => {
  it('puts whom it does not let in and what it does not take into log, trail and metrics, once', async () => {
    const own = await dicomSite({ quietSeconds: 0 });
    try {
      const { port: at } = await own.node({ peers: readPeers('SCANNER=127.0.0.1:1') });
      const node = { aeTitle: 'FORAMEN', host: '127.0.0.1', port: at };
      for (let n = 0; n < 5; n++) await expect(echo(node, 'STRANGER')).rejects.toThrow('rejected');
      await expect(echo({ ...node, aeTitle: 'OTHER' }, 'SCANNER')).rejects.toThrow('rejected');
      const noise = connect(at, '127.0.0.1').on('error', () => undefined);
      noise.resume();
      noise.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await new Promise((done) => noise.once('close', done));
      const object = testObject({ study: 'refused', patient: 'R1', instance: 1 }).bytes;
      const changed = Buffer.from(object);
      changed[changed.length - 1]! ^= 1;
      await own.store([object], node);
      await own.store([changed], node);
      const denied = () =>
        own.site.database.inSite('main', (tx) =>
          tx
            .selectFrom('audit')
            .select(['account_id', 'action', 'reason'])
            .where('outcome', '=', 'denied')
            .execute(),
        );
      await vi.waitFor(async () => expect((await denied()).length).toBeGreaterThanOrEqual(4));
      const rows = await denied();
      expect(rows.map((row) => [row.account_id, row.action, row.reason?.replace(/;.*/, '')])).toEqual([
        ['STRANGER', 'associate', 'the calling title is not known here, or not at this address'],
        ['SCANNER', 'associate', 'the called title is not ours'],
        ['(none)', 'associate', 'no association request'],
        ['SCANNER', 'create', 'another object under a known identity'],
      ]);
      expect(rows[0]?.reason).toContain('from 127.0.0.1');
      const told = own.site.logged.filter((line) => /was refused/.test(line));
      expect(told).toHaveLength(4);
      expect(told[0]).toContain('"peer":"STRANGER"');
      const counted = own.site.services.metrics.text();
      expect(counted).toContain('foramen_associations_total{outcome="refused"} 6');
      expect(counted).toContain(
        'foramen_objects_refused_total{reason="another object under a known identity"} 1',
      );
    } finally {
      await own.close();
    }
  });
});
