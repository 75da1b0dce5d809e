import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Peer } from './client.ts';

/** A device or archive this node talks with. */
export interface NodePeer extends Peer {
  /** Studies analysed here go back to this peer. */
  readonly sendBack: boolean;
}

/** PEM texts: our certificate and key, and who signs the certificates of peers. */
interface NodeTls {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** Reads the PEM files that are named. @throws Error with one line when one cannot be read, or they do not go together. */
export function readTls(
  files: { readonly cert: string; readonly key: string; readonly ca?: string } | undefined,
): NodeTls | undefined {
  if (files === undefined) return undefined;
  const help = 'check FORAMEN_DICOM_TLS_CERT, _KEY and _CA';
  const pem = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new Error(
        `${path} cannot be read (${(error as NodeJS.ErrnoException).code}), DICOM over TLS needs it: ${help}`,
      );
    }
  };
  const tls = {
    cert: pem(files.cert),
    key: pem(files.key),
    ...(files.ca === undefined ? {} : { ca: pem(files.ca) }),
  };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new Error(
      `certificate and key for DICOM over TLS cannot be used (${(error as Error).message}): ${help}`,
    );
  }
  return tls;
}

/**
 * Reads `AE=host:port` entries, separated by commas; `AE=host` for one that only calls. Behind the port, `+tls` calls the peer over TLS
 * with our certificate, and `!` sends results back to it.
 *
 * @throws Error naming the entry that makes no sense.
 */
export function readPeers(text: string, tls?: NodeTls): readonly NodePeer[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const found =
        /^([\x21-\x3c\x3e-\x5b\x5d-\x7e ]{1,16})=(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?(\+tls)?(!)?$/.exec(
          entry,
        );
      if (found === null)
        throw new Error(`"${entry}" is not a DICOM peer: AE=host:port, for example PACS=10.0.0.5:104`);
      const port = Number(found[3] ?? 104);
      if (port < 1 || port > 65_535) throw new Error(`"${entry}": a port is 1 to 65535`);
      if (found[4] !== undefined && tls === undefined)
        throw new Error(
          `"${entry}": TLS needs FORAMEN_DICOM_TLS_CERT, FORAMEN_DICOM_TLS_KEY and FORAMEN_DICOM_TLS_CA`,
        );
      return {
        aeTitle: found[1]!.trim(),
        host: found[2]!.replace(/^\[|\]$/g, ''),
        port,
        sendBack: found[5] === '!',
        ...(found[4] === undefined || tls === undefined ? {} : { tls }),
      };
    });
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** The peer that calls with this title from this address; both must fit. A peer named by a host name is known by its title alone. */
export function peerAt(peers: readonly NodePeer[], aeTitle: string, address: string): NodePeer | undefined {
  return peers.find((peer) => {
    if (peer.aeTitle !== aeTitle) return false;
    const numeric = /^[\d.]+$|:/.test(peer.host);
    return !numeric || peer.host === address || (LOOPBACK.has(peer.host) && LOOPBACK.has(address));
  });
}
