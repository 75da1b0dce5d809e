import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Reading the sources takes half of a short command's time; compiled ones are kept beside the packages, where only their owner writes. Where that
// folder cannot be written nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/compile', import.meta.url)));

const USAGE = `usage: foramen COMMAND ...
  segment  INPUT... --out FILE|DIR [--spacing ROW,COL[,SLICE]] [--posterior joined|none] [--model DIR]
  grade    INPUT... [--spacing ...] [--spacing-from TABLE.csv] [--group-by-prefix] [--out DIR] --json
  analyze  STUDY [--genome VCF] [--intake FILE] [--prior DIR] --out DIR [--json]
  validate DIR [--out FILE.html] [--labels totalspineseg|spider|plain] [--json]
  genome   VCF... [--sample ID] [--outside FILE.tsv] [--out DIR] [--json]
  genome   import DIR | audit
  evidence check [--site FILE]
  questionnaires [INSTRUMENT...] | score FILE... [--json]
  demo | start | worker | backup | restore | audit | account | worklist
  version
Every command says more with --help.
`;

type Command = (argv: string[]) => Promise<number>;

const out = (text: string): void => void process.stdout.write(text);
const err = (text: string): void => void process.stderr.write(text);
/** Line-wise and stream-wise commands share one pair of streams. */
const lines = { out: (line: string) => out(`${line}\n`), err: (line: string) => err(`${line}\n`) };

const serve: (name: string) => Command = (name) => async (argv) => {
  if (name === 'start' || name === 'demo') {
    const { startSparing } = await import('@foramen/server/process-memory');
    startSparing();
  }
  const { runServe } = await import('./serve.ts');
  return runServe([name, ...argv], { env: process.env, out, err, readInput: standardInput });
};

/** Loaded only when called: a command that needs no network runtime or database does not pay for one. */
const COMMANDS: Readonly<Record<string, Command>> = {
  segment: async (argv) => (await import('./segment.ts')).runSegment(argv, { out, err }),
  grade: async (argv) => (await import('./grade.ts')).runGrade(argv, { out, err }),
  analyze: async (argv) => (await import('./analyze.ts')).runAnalyze(argv, { out, err }),
  validate: async (argv) => (await import('./validate.ts')).runValidate(argv, { out, err }),
  genome: async (argv) => (await import('./genome.ts')).runGenome(argv, lines),
  evidence: async (argv) => (await import('./evidence.ts')).runEvidence(argv, lines),
  questionnaires: async (argv) => (await import('./questionnaires.ts')).runQuestionnaires(argv, lines),
  start: serve('start'),
  demo: serve('demo'),
  worker: serve('worker'),
  backup: serve('backup'),
  restore: serve('restore'),
  audit: serve('audit'),
  account: serve('account'),
  worklist: serve('worklist'),
  version: async () => {
    const { PRODUCT_VERSION } = await import('./version.ts');
    out(`${PRODUCT_VERSION}\n`);
    return 0;
  },
};

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    out(USAGE);
    return name === undefined ? 2 : 0;
  }
  const asked = name === '--version' ? 'version' : name;
  const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (command === undefined) {
    err(`foramen: there is no command ${JSON.stringify(name)}\n${USAGE}`);
    return 2;
  }
  return command(rest);
}

/** Why the answer did not get out. */
let unwritten: string | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe went away (`foramen ... | head`): not an error of ours.
  if (error.code === 'EPIPE') process.exit(0);
  if (unwritten === undefined)
    err(`foramen: standard output cannot be written (${error.code}). Free some space\n`);
  unwritten = error.code;
  process.exitCode = 1;
});
// Nobody is left to be told.
process.stderr.on('error', () => {});
try {
  const status = await main(process.argv.slice(2));
  process.exitCode = unwritten === undefined ? status : 1;
} catch (error) {
  err(`foramen: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['FORAMEN_DEBUG'] !== undefined && error instanceof Error) err(`${error.stack}\n`);
  process.exitCode = 1;
}
