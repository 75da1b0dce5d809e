import { z } from 'zod';
import type { Tx } from '../database/connect.ts';
import type { Call, Route } from '../http/guard.ts';
import type { Settled } from '../http/reply.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { mediaRanges, notAcceptable, takes } from './accept.ts';
import { type DicomQuery, type QueryRow, searchDicom } from './query.ts';
import { tagOfKey, takesList, unfitKey, unknownKeys } from './query-keys.ts';

const uid = z.string().regex(/^[0-9.]{1,64}$/);
const queryParams = z.looseObject({});
export const JSON_TYPE = 'application/dicom+json';
const MAX_PAGE = 1_000;

type Asked = Pick<Call<unknown, unknown, never>, 'tx' | 'visible' | 'request' | 'session'>;

/** QIDO-RS (PS3.18, 10.6): studies, series and objects, of all or of one study or series. */
export function searchRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  for (const [path, level, summary] of [
    ['/dicomweb/studies', 'study', 'QIDO-RS: studies'],
    ['/dicomweb/series', 'series', 'QIDO-RS: series'],
    ['/dicomweb/instances', 'instance', 'QIDO-RS: objects'],
  ] as const) {
    route(
      {
        method: 'get',
        path,
        summary,
        resource: 'study',
        action: 'list',
        about: 'none',
        way: 'dicomweb',
        query: queryParams,
        reply: { type: JSON_TYPE },
      },
      (asked) => search(siteId, asked, level),
    );
  }
  const study = z.object({ id: uid });
  for (const [path, level, summary, params] of [
    ['/dicomweb/studies/{id}/series', 'series', 'QIDO-RS: series of a study', study],
    ['/dicomweb/studies/{id}/instances', 'instance', 'QIDO-RS: objects of a study', study],
    [
      '/dicomweb/studies/{id}/series/{series}/instances',
      'instance',
      'QIDO-RS: objects of a series',
      study.extend({ series: uid }),
    ],
  ] as const) {
    route(
      {
        method: 'get',
        path,
        summary,
        resource: 'study',
        action: 'list',
        about: 'study-uid',
        way: 'dicomweb',
        params: params as z.ZodType<{ id: string; series?: string }>,
        query: queryParams,
        reply: { type: JSON_TYPE },
      },
      ({ params: { id, series }, ...asked }) =>
        search(siteId, asked, level, {
          studyUid: id,
          ...(series === undefined ? {} : { seriesUid: series }),
        }),
    );
  }
}

async function search(
  siteId: string,
  { tx, visible, request, session }: Asked,
  level: DicomQuery['level'],
  within: { studyUid?: string; seriesUid?: string } = {},
): Promise<Settled> {
  const params = new URL(request.url).searchParams;
  const ranges = mediaRanges(params.get('accept') ?? request.headers.get('accept'));
  if (takes(ranges, JSON_TYPE, 'application/json') === undefined) throw notAcceptable(JSON_TYPE);
  const match = matchOf(params);
  const [unknown] = unknownKeys({ level, match });
  if (unknown !== undefined)
    throw refuse(
      400,
      'usage',
      `query.${unknown}`,
      'cannot be searched by at this level',
      'see docs/dicom-node.md',
    );
  const unfit = unfitKey({ level, match });
  if (unfit !== undefined)
    throw refuse(
      400,
      'usage',
      `query.${unfit.name}`,
      'is no value that could be matched',
      `give ${unfit.help}`,
    );
  const limit = Math.min(MAX_PAGE, natural(params.get('limit'), MAX_PAGE));
  const offset = natural(params.get('offset'), 0);
  const include = includedOf(params.getAll('includefield'));
  const { role, id } = session.account;
  const seenBy = role === 'device' ? 'everybody' : role === 'researcher' ? 'research' : { accountId: id };
  const query = { level, match, ...within, seenBy, include, moments: true } as const;
  const { rows, more } = await visibleRows(tx, siteId, query, visible, limit, offset);
  const list = rows.map((row) => ({
    ...row.attributes,
    '00081190': {
      vr: 'UR',
      Value: [
        [
          '/dicomweb/studies',
          row.studyUid,
          row.seriesUid && `series/${row.seriesUid}`,
          row.sopUid && `instances/${row.sopUid}`,
        ]
          .filter(Boolean)
          .join('/'),
      ],
    },
  }));
  const warnings = [
    ...(more ? ['299 foramen "there are more: use offset"'] : []),
    ...(params.get('fuzzymatching') === 'true'
      ? [
          '299 foramen "The fuzzymatching parameter is not supported. Only literal matching has been performed."',
        ]
      : []),
  ];
  return {
    bytes: Buffer.from(JSON.stringify(list)),
    type: JSON_TYPE,
    headers: {
      'cache-control': 'no-store',
      ...(warnings.length === 0 ? {} : { warning: warnings.join(', ') }),
    },
  };
}

const NO_KEYS = new Set(['limit', 'offset', 'includefield', 'fuzzymatching', 'accept']);

/**
 * A page of the rows this account may see, and whether there are more of them: counted after the policy has judged them, for a row that may not be
 * seen must leave no trace, neither as a gap in a page nor as a promise of more.
 */
async function visibleRows(
  tx: Tx,
  siteId: string,
  query: Omit<DicomQuery, 'limit' | 'offset'>,
  visible: Asked['visible'],
  limit: number,
  offset: number,
): Promise<{ readonly rows: readonly QueryRow[]; readonly more: boolean }> {
  const rows: QueryRow[] = [];
  const step = Math.max(100, limit + 1);
  let toSkip = offset;
  for (let at = 0; ; at += step) {
    const batch = await searchDicom(tx, siteId, { ...query, limit: step, offset: at });
    const seen = await visible([...new Set(batch.map((row) => row.patientId))]);
    for (const row of batch) {
      if (!seen.has(row.patientId)) continue;
      if (toSkip > 0) toSkip--;
      else if (rows.length < limit) rows.push(row);
      else return { rows, more: limit > 0 };
    }
    if (batch.length < step) return { rows, more: false };
  }
}

/**
 * Keys with what they are to match. One that is given again is a list, which UIDs and modalities may be (PS3.18, 8.3.4.1; PS3.4, C.2.2.2.2).
 *
 * @throws ProblemError 400 for another key that is given twice: either value alone would find what was not asked for
 */
function matchOf(params: URLSearchParams): Record<string, string> {
  const match = new Map<string, string>();
  for (const [name, value] of params) {
    if (NO_KEYS.has(name)) continue;
    const before = match.get(name);
    if (before !== undefined && !takesList(name))
      throw refuse(400, 'usage', `query.${name}`, 'is given twice', 'ask once for each value');
    match.set(name, before === undefined ? value : `${before}\\${value}`);
  }
  return Object.fromEntries(match);
}

/** Tags of `includefield`, by tag or keyword, several in one or one after another; `all` for every one. @throws ProblemError 400 */
function includedOf(values: readonly string[]): NonNullable<DicomQuery['include']> {
  const names = values.flatMap((value) => value.split(',')).filter((name) => name !== '');
  if (names.includes('all')) return 'all';
  return names.map((name) => {
    const tag = tagOfKey(name);
    if (tag === undefined)
      throw refuse(400, 'usage', 'query.includefield', `${name} is no attribute`, 'see docs/dicom-node.md');
    return tag;
  });
}

function natural(text: string | null, fallback: number): number {
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw refuse(400, 'usage', 'query', 'limit and offset are whole numbers', 'see docs/dicom-node.md');
  return Number(text);
}
