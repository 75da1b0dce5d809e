import { lookup as systemLookup } from 'node:dns/promises';
import { request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { refuse } from '../problem-error.ts';

export type Lookup = (host: string) => Promise<readonly string[]>;

/** Addresses that mean this machine or its neighbours (RFC 6890, RFC 4193, RFC 6598 and the cloud's metadata address). */
const INNER_V4 = new BlockList();
/** A list of its own: one list would take every IPv4 address for a mapped one. */
const INNER_V6 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  INNER_V4.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  INNER_V6.addSubnet(net, bits, 'ipv6');
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 4 ? !INNER_V4.check(address, 'ipv4') : !INNER_V6.check(address, 'ipv6');
}

/**
 * The address to connect to for a URL that came from outside. Every address the name resolves to must be public, and the connection
 * goes to the one that was checked: a name that changes its mind in between gains nothing.
 *
 * @throws ProblemError 400 when it is not https, carries credentials, or leads inside.
 */
export async function checkedTarget(
  url: string,
  lookup: Lookup = resolveAll,
): Promise<{ url: URL; address: string }> {
  const bad = (what: string) =>
    refuse(400, 'usage', 'url', what, 'give an https address on the public network');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw bad('is not a URL');
  if (parsed.protocol !== 'https:') throw bad('is not https');
  if (parsed.username !== '' || parsed.password !== '') throw bad('carries credentials');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await lookup(host).catch(() => []) : [host];
  const [first] = addresses;
  if (first === undefined) throw bad('names a host that cannot be found');
  if (!addresses.every(isPublicAddress)) throw bad('leads to an inner address');
  return { url: parsed, address: first };
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await systemLookup(host, { all: true, verbatim: true })).map((entry) => entry.address);
}

const MOST_BYTES = 10 << 20;

/** GET without redirects, at most 10 MB, at most 15 s. */
export async function safeGet(url: string, lookup?: Lookup): Promise<{ status: number; body: Buffer }> {
  const target = await checkedTarget(url, lookup);
  return new Promise((done, failed) => {
    const call = request(
      target.url,
      {
        timeout: 15_000,
        // The checked address is used, whatever the name says a moment later; the certificate is still that of the name.
        lookup: (_host, options, give) =>
          options.all === true
            ? give(null, [{ address: target.address, family: isIP(target.address) }])
            : give(null, target.address, isIP(target.address)),
      },
      (reply) => {
        const parts: Buffer[] = [];
        let size = 0;
        reply.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MOST_BYTES) call.destroy(new Error('answer is too long'));
          else parts.push(part);
        });
        reply.on('end', () => done({ status: reply.statusCode ?? 0, body: Buffer.concat(parts) }));
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', failed);
    call.end();
  });
}
