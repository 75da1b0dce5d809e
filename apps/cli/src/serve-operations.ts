import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  attach,
  attachExisting,
  backup,
  ensureAccount,
  existingKeyring,
  exportTrail,
  passwordFault,
  readChain,
  readSeals,
  readSettings,
  restore,
  setPassword,
  verifyBackup,
  verifyChain,
  verifyExport,
} from '@foramen/server';
import { problemLine } from '@foramen/spine';
import type { ServeIo } from './serve.ts';
import { notReadable } from './small-text.ts';

const ROLES = ['clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin'] as const;

export function usage(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_PARSE_ARGS_USAGE' });
}

/** `--data DIR`. An empty name, what is left of `--data "$UNSET"`, would be the folder one happens to be in. */
export function dataFlag(data: string | undefined): { readonly dataDir?: string } {
  if (data === '') throw usage('--data wants a folder');
  return data === undefined ? {} : { dataDir: data };
}

function settingsOf(data: string | undefined, io: ServeIo) {
  return readSettings(dataFlag(data), io.env);
}

export async function runBackup(argv: readonly string[], io: ServeIo): Promise<number> {
  if (argv[0] === 'verify') return checkBackup(argv.slice(1), io);
  const { values } = parseArgs({
    args: [...argv],
    options: { to: { type: 'string' }, data: { type: 'string' } },
  });
  if (values.to === undefined) throw usage('--to says where the backup goes');
  const settings = settingsOf(values.data, io);
  const attached = await attachExisting(settings, io.env);
  try {
    const manifest = await backup({
      database: attached.database,
      siteId: settings.siteId,
      blobs: attached.blobs,
      to: values.to,
      at: new Date(),
    });
    const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
    io.out(`${values.to}: ${rows} rows, ${manifest.blobs} files\n`);
    io.err(
      `The files are encrypted; keep the master key (secrets/master.key) apart from the backup. Without it nothing can be read.\n`,
    );
    return 0;
  } finally {
    await attached.close();
  }
}

async function checkBackup(argv: readonly string[], io: ServeIo): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { from: { type: 'string' }, data: { type: 'string' } },
  });
  if (values.from === undefined) throw usage('--from says where the backup is');
  const ring = existingKeyring(settingsOf(values.data, io).dataDir, io.env);
  if (ring === undefined)
    throw new Error(
      'the files of a backup are read with the master key: FORAMEN_MASTER_KEY_FILE, or --data DIR',
    );
  const { at, rows, files, damage } = await verifyBackup(values.from, ring);
  for (const line of damage) io.err(`${line}\n`);
  if (damage.length === 0) io.out(`${values.from}: whole, as of ${at}: ${rows} rows, ${files} files\n`);
  return damage.length === 0 ? 0 : 1;
}

export async function runRestore(argv: readonly string[], io: ServeIo): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { from: { type: 'string' }, data: { type: 'string' } },
  });
  if (values.from === undefined) throw usage('--from says where the backup is');
  const settings = settingsOf(values.data, io);
  const attached = await attach(settings, io.env);
  try {
    const manifest = await restore({
      database: attached.database,
      blobs: attached.blobs,
      from: values.from,
    });
    io.out(
      `restored the backup of ${manifest.at}: ${manifest.tables.patients?.rows ?? 0} patients, ${manifest.blobs} files\n`,
    );
    return 0;
  } finally {
    await attached.close();
  }
}

export async function runAudit(argv: readonly string[], io: ServeIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [what, file] = positionals;
  if (what !== 'verify' && what !== 'export') throw usage('audit verify, or audit export');
  const settings = settingsOf(values.data, io);
  if (what === 'verify' && file !== undefined) {
    const not = notReadable(file);
    if (not !== null) throw new Error(problemLine(not));
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    const verdict = await verifyExport(lines, existingKeyring(settings.dataDir, io.env));
    if (verdict.signature === 'not checked')
      io.err(
        'without the master key nobody can tell whether the end of the file is genuine: FORAMEN_MASTER_KEY_FILE\n',
      );
    return report(verdict, 0, values.json === true, io);
  }
  const attached = await attachExisting(settings, io.env);
  try {
    const { database, keyring } = attached;
    if (what === 'export') {
      for await (const line of exportTrail(database, keyring, settings.siteId, new Date()))
        io.out(`${line}\n`);
      return 0;
    }
    const records = readChain(database, settings.siteId);
    const { seals, forged } = await readSeals(keyring, settings.dataDir, settings.siteId);
    return report(await verifyChain(records, seals), forged, values.json === true, io);
  } finally {
    await attached.close();
  }
}

function report(
  verdict: Awaited<ReturnType<typeof verifyChain>> & { readonly at?: string },
  forgedSeals: number,
  json: boolean,
  io: ServeIo,
): number {
  const good = verdict.intact && forgedSeals === 0;
  if (json) io.out(`${JSON.stringify({ ...verdict, intact: good, forgedSeals })}\n`);
  else if (!verdict.intact)
    io.err(`the audit trail was tampered with: record ${verdict.seq} ${verdict.what}\n`);
  else if (forgedSeals > 0) io.err(`${forgedSeals} seals of the audit trail are forged\n`);
  else
    io.out(
      `intact: ${verdict.records} records, head ${verdict.head}${verdict.at === undefined ? '' : `, as of ${verdict.at}`}\n`,
    );
  return good ? 0 : 1;
}

export async function runAccount(argv: readonly string[], io: ServeIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      login: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      data: { type: 'string' },
      final: { type: 'boolean' },
    },
  });
  const [what] = positionals;
  const { login } = values;
  if ((what !== 'add' && what !== 'password') || login === undefined)
    throw usage('account add --login NAME ..., or account password --login NAME');
  const role = ROLES.find((r) => r === values.role);
  if (what === 'add' && (role === undefined || values.name === undefined))
    throw usage(`--name, and --role as one of ${ROLES.join(', ')}`);
  const password = (io.env.FORAMEN_PASSWORD ?? (await io.readInput?.()) ?? '').trim();
  const fault = passwordFault(password, { login, name: values.name ?? '' });
  if (fault !== undefined) throw new Error(`the password (FORAMEN_PASSWORD, or standard input) ${fault}`);
  // Whoever runs the machine chose it for somebody else, unless they say that it is the person's own.
  const mustChange = values.final !== true;
  const settings = settingsOf(values.data, io);
  const attached = await (what === 'add' ? attach : attachExisting)(settings, io.env);
  try {
    const { siteId } = settings;
    return await attached.database.inSite(siteId, async (tx) => {
      if (what === 'password') {
        const there = await setPassword(tx, siteId, login, password, mustChange);
        if (!there) throw new Error(`there is no account ${login}`);
        io.out(`${login}: password changed, sessions ended\n`);
        return 0;
      }
      await ensureAccount(tx, siteId, {
        login,
        name: values.name ?? login,
        role: role ?? 'care-team',
        password,
        mustChange,
      });
      io.out(`${login}: ${role}\n`);
      return 0;
    });
  } finally {
    await attached.close();
  }
}
