import { z } from 'zod';
import type { StoredBlob } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import { refuseAnnounced } from '../http/body.ts';
import type { Route } from '../http/guard.ts';
import { boundaryOf } from '../http/multipart.ts';
import { type Session, subjectOf } from '../identity/sessions.ts';
import {
  type Arrival,
  claimPatientNumber,
  claimStudy,
  type Entered,
  enterInstances,
} from '../ingest/enter.ts';
import type { InstanceFacts } from '../ingest/instance.ts';
import { identityOf, matchRecord } from '../ingest/whose-record.ts';
import { allowedWith } from '../policy/facts.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import type { PartsForm } from './parts-link.ts';
import { PartsReceiver } from './parts-receiver.ts';

const JSON_TYPE = 'application/dicom+json';
/** Failure reasons of PS3.18, table 10.5.3-1. */
const FAILURE = {
  cannotUnderstand: 0xc000,
  duplicate: 0x0111,
  refused: 0x0124,
  mismatch: 0xa900,
  processing: 0x0110,
} as const;

/** Somebody else's object under the identifier of a study that is here: kept out, for it would be read as the study's patient. */
const REFUSED: Readonly<Partial<Record<Entered, number>>> = {
  conflict: FAILURE.duplicate,
  'other-person': FAILURE.processing,
};

interface Item {
  readonly facts: InstanceFacts | undefined;
  readonly failure: number | undefined;
}

/** STOW-RS (PS3.18, 10.5): each part is stored or refused by itself; 200 all stored, 202 some, 409 none. */
export function stowRoutes(route: Route, services: Services): void {
  const receiver = new PartsReceiver(services);
  for (const [path, params] of [
    ['/dicomweb/studies', undefined],
    ['/dicomweb/studies/{study}', z.object({ study: z.string().regex(/^[0-9.]{1,64}$/) })],
  ] as const) {
    route(
      {
        method: 'post',
        path,
        summary: 'STOW-RS: store objects',
        resource: 'study',
        action: 'create',
        about: 'none',
        way: 'dicomweb',
        ...(params === undefined ? {} : { params }),
        reply: { type: JSON_TYPE },
        take: async ({ request, incoming }) => {
          const type = request.headers.get('content-type') ?? '';
          const form = formOf(type);
          if (form === undefined) {
            throw refuse(
              415,
              'unsupported',
              'content-type',
              'only multipart/related; type="application/dicom" or "application/dicom+json" is taken',
              'see docs/dicom-node.md',
            );
          }
          refuseAnnounced(request, services.maxUploadBytes, 'send fewer objects at a time');
          const parts = await receiver.receive(request, incoming, boundaryOf(type), form);
          return {
            value: parts,
            discard: async () => {
              for (const { stored } of parts)
                if (stored !== undefined) await services.blobs.remove(stored.object).catch(() => undefined);
            },
          };
        },
      },
      async ({ tx, taken: parts, session, now, params: p }) => {
        const wanted = (p as { study?: string } | undefined)?.study;
        const { blobs, siteId } = services;
        const items: (Item & { stored?: StoredBlob })[] = [];
        for (const { stored, facts } of parts) {
          const mismatch = facts !== undefined && wanted !== undefined && facts.studyUid !== wanted;
          if (facts === undefined || stored === undefined || mismatch) {
            if (stored !== undefined) await blobs.remove(stored.object);
            items.push({ facts, failure: mismatch ? FAILURE.mismatch : FAILURE.cannotUnderstand });
          } else items.push({ facts, failure: undefined, stored });
        }
        const refused = await refusedStudies(
          tx,
          siteId,
          session,
          items.flatMap((item) => item.facts ?? []),
        );
        const arrivals: { at: number; arrival: Arrival }[] = [];
        for (const [at, item] of items.entries()) {
          if (item.stored === undefined || item.facts === undefined) continue;
          if (refused.has(item.facts.studyUid)) {
            await blobs.remove(item.stored.object);
            items[at] = { facts: item.facts, failure: FAILURE.refused };
          } else arrivals.push({ at, arrival: { stored: item.stored, facts: item.facts, from: 'STOW-RS' } });
        }
        const outcomes = await enterInstances(
          { tx, blobs, siteId, now },
          arrivals.map((a) => a.arrival),
        );
        for (const [i, { at }] of arrivals.entries()) {
          const failure = REFUSED[outcomes[i]!];
          if (failure !== undefined) items[at] = { facts: items[at]?.facts, failure };
        }
        if (items.length === 0) throw refuse(400, 'missing', 'body', 'holds no objects', 'send at least one');
        const failed = items.filter((item) => item.failure !== undefined);
        const status = failed.length === 0 ? 200 : failed.length === items.length ? 409 : 202;
        services.metrics.count(
          'foramen_objects_received_total',
          { way: 'stow' },
          items.length - failed.length,
        );
        return new Response(JSON.stringify(answer(items)), {
          status,
          headers: { 'content-type': JSON_TYPE },
        });
      },
    );
  }
}

function formOf(type: string): PartsForm | undefined {
  const [, kind] = /^multipart\/related\b.*application\/dicom(\+\w+)?/i.exec(type) ?? [];
  if (!/^multipart\/related\b.*application\/dicom/i.test(type)) return undefined;
  return kind === undefined ? 'objects' : kind.toLowerCase() === '+json' ? 'metadata' : undefined;
}

/**
 * The studies among these that would go to a patient this account may not add to: a study that is here already to its own, a new one to
 * the patient with the number it names. Nobody comes into a record by sending something that claims to belong there.
 */
async function refusedStudies(
  tx: Tx,
  siteId: string,
  session: Session,
  facts: readonly InstanceFacts[],
): Promise<ReadonlySet<string>> {
  const adding = {
    subject: subjectOf(session),
    resource: 'study',
    action: 'create',
    path: 'dicomweb',
  } as const;
  const refused = new Set<string>();
  // In the order in which objects are entered, so that two senders wait and do not deadlock.
  for (const studyUid of [...new Set(facts.map((one) => one.studyUid))].sort()) {
    const ownerOf = () =>
      tx
        .selectFrom('studies')
        .select('patient_id')
        .where('site_id', '=', siteId)
        .where('study_uid', '=', studyUid)
        .executeTakeFirst();
    let study = await ownerOf();
    // A study or a number that is new must not become somebody's between this question and the objects' entry.
    if (study === undefined) {
      await claimStudy(tx, siteId, studyUid);
      study = await ownerOf();
    }
    const patients: (string | undefined)[] = [];
    if (study === undefined) {
      const named = facts.filter((f) => f.studyUid === studyUid && f.patientId !== null);
      for (const number of [...new Set(named.map((f) => f.patientId!))].sort())
        await claimPatientNumber(tx, siteId, number);
      // A study's objects name one person, if all is well: each is asked after once.
      const people = new Map(named.map((f) => [JSON.stringify(identityOf(f)), identityOf(f)]));
      for (const person of people.values()) patients.push((await matchRecord(tx, siteId, person)).id);
    } else patients.push(study.patient_id);
    for (const id of patients)
      if (id !== undefined && !(await allowedWith(tx, siteId, id, adding))) refused.add(studyUid);
  }
  return refused;
}

function answer(items: readonly Item[]): unknown {
  const reference = (facts: InstanceFacts | undefined) =>
    facts === undefined
      ? {}
      : {
          '00081150': { vr: 'UI', Value: [facts.sopClass] },
          '00081155': { vr: 'UI', Value: [facts.sopUid] },
        };
  const good = items.filter((item) => item.failure === undefined);
  const bad = items.filter((item) => item.failure !== undefined);
  return {
    ...(good.length === 0
      ? {}
      : {
          '00081190': { vr: 'UR', Value: [`/dicomweb/studies/${good[0]?.facts?.studyUid}`] },
          '00081199': {
            vr: 'SQ',
            Value: good.map(({ facts }) => ({
              ...reference(facts),
              '00081190': {
                vr: 'UR',
                Value: [
                  `/dicomweb/studies/${facts?.studyUid}/series/${facts?.seriesUid}/instances/${facts?.sopUid}`,
                ],
              },
            })),
          },
        }),
    ...(bad.length === 0
      ? {}
      : {
          '00081198': {
            vr: 'SQ',
            Value: bad.map((item) => ({
              ...reference(item.facts),
              '00081197': { vr: 'US', Value: [item.failure] },
            })),
          },
        }),
  };
}
