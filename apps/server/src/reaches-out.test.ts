import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The server reaches out to nobody but whom its operator named: listed DICOM peers, the bucket, the telemetry collector, the database. No request can
 * name an address, so none can make it look at inner ones (SSRF). This keeps it so: a new way out is a line here, on purpose.
 */
const root = import.meta.dirname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('testing/'),
);
const WAYS =
  /\bfetch\(|\b(?:import|export) (?!type).*from '(?:node:)?(?:https?|http2|dns|dns\/promises|dgram|undici)'|\bconnect\w* as \w+.*from 'node:(?:net|tls)'|new (?:WebSocket|EventSource)\(|from '@opentelemetry\/exporter/;
const OUT: readonly string[] = [
  // C-MOVE, results and commitments to peers of FORAMEN_DICOM_PEERS.
  'dicom/client.ts',
  // FORAMEN_S3_ENDPOINT.
  'blobs/s3-client.ts',
  // OTEL_EXPORTER_OTLP_ENDPOINT.
  'observe/telemetry.ts',
];

describe('the server', () => {
  it('reaches out from these places only, to addresses its operator named', () => {
    const found = sources.filter((path) => WAYS.test(readFileSync(join(root, path), 'utf8')));
    expect([...found].sort()).toEqual([...OUT].sort());
  });

  it('takes no address from a request: no field of the interface is one', () => {
    const fields = sources
      .filter((path) => path.startsWith('http/') || path.startsWith('dicomweb/'))
      .flatMap(
        (path) => readFileSync(join(root, path), 'utf8').match(/z\.(?:url|httpUrl|hostname|ipv4)\(/g) ?? [],
      );
    expect(fields).toEqual([]);
  });

  it('calls addresses that are set by nobody over the network: they come from its environment and stand in no table', () => {
    const readers = sources.filter((path) =>
      /DICOM_PEERS|dicomPeers|S3_ENDPOINT|OTLP_ENDPOINT/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect([...readers].sort()).toEqual([
      'blobs/open.ts',
      'jobs/worker.ts',
      'observe/telemetry.ts',
      'settings.ts',
      'start.ts',
    ]);
    const tables = readdirSync(join(root, 'database/migrations'))
      .map((name) => readFileSync(join(root, 'database/migrations', name), 'utf8'))
      .join('\n');
    expect(tables.match(/\b(?:peer|host|port|endpoint|url|address)s?\b +(?:text|integer|inet)/gi)).toBeNull();
  });
});
