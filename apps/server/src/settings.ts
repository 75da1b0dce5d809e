import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** How this process runs. Everything comes from flags and environment; secrets from environment or files, never from flags. */
export interface Settings {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly siteId: string;
  /** Undefined: the product supervises a database of its own. */
  readonly databaseUrl: string | undefined;
  readonly demo: boolean;
  readonly demoSeed: number;
  readonly secureCookies: boolean;
  readonly maxUploadBytes: number;
  readonly workers: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly preferPostgres: 'package' | 'system';
  /** Unset: no DICOM network service. */
  readonly dicomPort: number | undefined;
  readonly dicomHost: string;
  readonly aeTitle: string;
  /** `AE=host:port,...`: who may talk DICOM with us. */
  readonly dicomPeers: string;
  /** PEM files for DICOM over TLS. */
  readonly dicomTls: { readonly cert: string; readonly key: string; readonly ca?: string } | undefined;
  /** A study is complete when nothing has come for so long. */
  readonly quietSeconds: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws Error with one line when a value makes no sense. */
export function readSettings(flags: Partial<Settings>, env: Env): Settings {
  const whole = (name: string, least: number, most: number, fallback: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Error(`${name} is ${text}: a whole number from ${least} to ${most} is wanted`);
    return value;
  };
  const level = env.FORAMEN_LOG ?? 'warn';
  if (level !== 'debug' && level !== 'info' && level !== 'warn' && level !== 'error')
    throw new Error(`FORAMEN_LOG is ${level}: debug, info, warn or error`);
  const site = env.FORAMEN_SITE ?? 'main';
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(site))
    throw new Error('FORAMEN_SITE: lower-case letters, digits and hyphens, at most 40');
  const dicom = whole('FORAMEN_DICOM_PORT', 0, 65_535, 0);
  const base: Settings = {
    dataDir: env.FORAMEN_DATA || join(homedir(), '.foramen', 'data'),
    host: env.FORAMEN_HOST ?? '127.0.0.1',
    port: whole('FORAMEN_PORT', 0, 65_535, 8787),
    siteId: site,
    databaseUrl: databaseUrl(env),
    demo: false,
    demoSeed: 1,
    secureCookies: env.FORAMEN_TLS_PROXY === '1',
    maxUploadBytes: whole('FORAMEN_MAX_UPLOAD_MB', 1, 100_000, 2_048) * (1 << 20),
    workers: whole('FORAMEN_WORKERS', 0, 256, 1),
    logLevel: level,
    preferPostgres: env.FORAMEN_POSTGRES === 'system' ? 'system' : 'package',
    dicomPort: dicom === 0 ? undefined : dicom,
    dicomHost: env.FORAMEN_DICOM_HOST ?? '127.0.0.1',
    aeTitle: aeTitle(env.FORAMEN_AE_TITLE ?? 'FORAMEN'),
    dicomPeers: env.FORAMEN_DICOM_PEERS ?? '',
    dicomTls: tlsFiles(env),
    quietSeconds: whole('FORAMEN_QUIET_SECONDS', 1, 3_600, 15),
  };
  const settings = { ...base, ...flags };
  if (settings.demo && !['127.0.0.1', '::1', 'localhost'].includes(settings.host)) {
    throw new Error('the demo signs everybody in, so it listens on loopback only');
  }
  return { ...settings, dataDir: resolve(settings.dataDir) };
}

/** Said without the value: a password stands in it. */
function databaseUrl(env: Env): string | undefined {
  const url = env.DATABASE_URL;
  if (url === undefined || url === '') return undefined;
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new Error(
      'DATABASE_URL is not the address of a PostgreSQL database: postgres://user:password@host:5432/name. Without it, Foramen starts a database of its own',
    );
  return url;
}

function aeTitle(text: string): string {
  if (!/^[\x21-\x5b\x5d-\x7e]{1,16}$/.test(text))
    throw new Error('FORAMEN_AE_TITLE: 1 to 16 printable characters');
  return text;
}

function tlsFiles(env: Env): Settings['dicomTls'] {
  const [cert, key, ca] = [env.FORAMEN_DICOM_TLS_CERT, env.FORAMEN_DICOM_TLS_KEY, env.FORAMEN_DICOM_TLS_CA];
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Error('DICOM over TLS needs FORAMEN_DICOM_TLS_CERT and FORAMEN_DICOM_TLS_KEY');
  return { cert, key, ...(ca === undefined ? {} : { ca }) };
}
