import { basename } from 'node:path';
import {
  allQuestionnaires,
  answersOf,
  INSTRUMENTS,
  instrumentNamed,
  questionnaireOf,
  scoreQuestionnaire,
} from '@foramen/care';
import { fail, ok, type Problem, problemLine, type Result } from '@foramen/spine';
import type { CliIo } from './genome-io.ts';
import { readSmallText } from './small-text.ts';

const QUESTIONNAIRES_USAGE = `foramen questionnaires [INSTRUMENT...] [--json]         the instruments; with --json as FHIR R4 Questionnaires in a bundle
foramen questionnaires score FILE... [--sex female|male] [--json]
                                                        scores FHIR QuestionnaireResponses by each instrument's own rule`;

const wrong = (what: string): Problem => ({
  code: 'usage',
  severity: 'error',
  where: 'foramen questionnaires',
  what,
  help: QUESTIONNAIRES_USAGE,
});

/** A QuestionnaireResponse as far as it is read here. */
interface Response {
  readonly resourceType?: unknown;
  readonly questionnaire?: unknown;
  readonly authored?: unknown;
  readonly item?: unknown;
}

/** `urn:foramen:questionnaire:odi|1.0.0`, or any canonical that ends in the name of an instrument. */
const namedBy = (canonical: string) => instrumentNamed(canonical.replace(/\|.*$/, '').replace(/^.*[:/]/, ''));

function scored(
  path: string,
  sex: 'female' | 'male' | undefined,
): Result<ReturnType<typeof scoreQuestionnaire>> {
  const bad = (what: string, help: string) =>
    fail({ code: 'unreadable', severity: 'error', where: path, what, help });
  const small = readSmallText(path, 'Give a FHIR QuestionnaireResponse');
  if (!small.ok) return small;
  let response: Response;
  try {
    response = JSON.parse(small.value) as Response;
  } catch {
    return bad('is not JSON', 'Give a FHIR QuestionnaireResponse');
  }
  if (response?.resourceType !== 'QuestionnaireResponse' || !Array.isArray(response.item ?? []))
    return bad('is no QuestionnaireResponse', 'Give a FHIR R4 QuestionnaireResponse');
  const canonical = typeof response.questionnaire === 'string' ? response.questionnaire : '';
  const instrument = namedBy(canonical);
  if (instrument === undefined)
    return bad(
      `answers ${canonical === '' ? 'no questionnaire' : canonical}, which is not known here`,
      `Known are ${INSTRUMENTS.map((i) => questionnaireOf(i).url).join(', ')}`,
    );
  const date = typeof response.authored === 'string' ? response.authored.slice(0, 10) : undefined;
  const items = answersOf(instrument, response as Parameters<typeof answersOf>[1]);
  return ok(
    scoreQuestionnaire(
      { instrument: instrument.id, items: [...items], ...(date === undefined ? {} : { date }) },
      basename(path),
      { sex },
    ),
  );
}

/** `foramen questionnaires`: the instruments as FHIR Questionnaires, and answers to them scored. Exit 1 when a file cannot be used. */
export async function runQuestionnaires(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(QUESTIONNAIRES_USAGE);
    return 0;
  }
  const words = argv.filter((a, i) => !a.startsWith('--') && argv[i - 1] !== '--sex');
  const json = argv.includes('--json');
  const at = argv.indexOf('--sex');
  const sex = at < 0 ? undefined : argv[at + 1];
  const unknown = argv.find((a) => a.startsWith('--') && a !== '--json' && a !== '--sex');
  const [first, ...files] = words;
  const problem =
    unknown !== undefined
      ? wrong(`unknown option ${unknown}`)
      : at >= 0 && sex !== 'female' && sex !== 'male'
        ? wrong('--sex is female or male')
        : first === 'score' && files.length === 0
          ? wrong('score needs a file')
          : undefined;
  if (problem !== undefined) {
    io.err(problemLine(problem));
    return 2;
  }
  if (first === 'score') return score(files, sex as 'female' | 'male' | undefined, json, io);
  const missing = words.filter((w) => instrumentNamed(w) === undefined);
  if (missing.length > 0) {
    io.err(problemLine(wrong(`${missing.join(', ')}: not an instrument known here`)));
    return 2;
  }
  const wanted = new Set(words.map((w) => instrumentNamed(w)?.id));
  const questionnaires = allQuestionnaires().filter((q) => wanted.size === 0 || wanted.has(q.id));
  if (json) {
    const entry = questionnaires.map((resource) => ({ fullUrl: resource.url, resource }));
    io.out(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }));
  } else {
    for (const q of questionnaires) io.out(`${q.id.padEnd(18)} ${q.title}, ${q.item.length} items`);
  }
  return 0;
}

function score(
  files: readonly string[],
  sex: 'female' | 'male' | undefined,
  json: boolean,
  io: CliIo,
): number {
  const scores: unknown[] = [];
  let status = 0;
  for (const path of files) {
    const made = scored(path, sex);
    if (!made.ok) {
      io.err(problemLine(made.problems[0]));
      status = 1;
      continue;
    }
    const { score: result, notes, problems } = made.value;
    for (const p of problems) io.err(problemLine(p));
    scores.push({ file: basename(path), ...result, notes });
    if (!json)
      io.out(
        `${basename(path)}: ${result.instrument} ${result.score ?? 'not scored'}${result.band === undefined ? '' : ` (${result.band})`}${[
          result.why,
          ...notes,
        ]
          .filter((n) => n !== undefined)
          .map((n) => `; ${n}`)
          .join('')}`,
      );
  }
  if (json) io.out(JSON.stringify({ scores }));
  return status;
}
