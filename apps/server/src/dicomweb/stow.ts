import { z } from 'zod';
import type { StoredBlob } from '../blobs/store.ts';
import type { Route } from '../http/guard.ts';
import { boundaryOf } from '../http/multipart.ts';
import { relate } from '../identity/accounts.ts';
import { subjectOf } from '../identity/sessions.ts';
import { type Arrival, enterInstances } from '../ingest/enter.ts';
import type { InstanceFacts } from '../ingest/instance.ts';
import { decide } from '../policy/evaluate.ts';
import { patientFacts } from '../policy/facts.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { PartsReceiver } from './parts-receiver.ts';

const JSON_TYPE = 'application/dicom+json';
/** Failure reasons of PS3.18, table 10.5.3-1. */
const FAILURE = { cannotUnderstand: 0xc000, duplicate: 0x0111, refused: 0x0124, mismatch: 0xa900 } as const;

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
      },
      async ({ tx, request, incoming, session, now, params: p }) => {
        const type = request.headers.get('content-type') ?? '';
        if (!/^multipart\/related/i.test(type) || !/application\/dicom(?!\+)/i.test(type)) {
          throw refuse(
            415,
            'unsupported',
            'content-type',
            'only multipart/related; type="application/dicom" is taken',
            'see docs/dicom-node.md',
          );
        }
        const wanted = (p as { study?: string } | undefined)?.study;
        const { blobs, siteId } = services;
        const items: (Item & { stored?: StoredBlob })[] = [];
        const parts = await receiver.receive(request, incoming, boundaryOf(type));
        try {
          for (const { stored, facts } of parts) {
            const mismatch = facts !== undefined && wanted !== undefined && facts.studyUid !== wanted;
            if (facts === undefined || mismatch) {
              await blobs.remove(stored.object);
              items.push({ facts, failure: mismatch ? FAILURE.mismatch : FAILURE.cannotUnderstand });
            } else items.push({ facts, failure: undefined, stored });
          }
          // A study that is here already may only be added to by those who may write to its patient.
          const subject = subjectOf(session);
          const allowed = new Map<string, boolean>();
          for (const studyUid of new Set(items.flatMap((item) => item.facts?.studyUid ?? []))) {
            const study = await tx
              .selectFrom('studies')
              .select('patient_id')
              .where('site_id', '=', siteId)
              .where('study_uid', '=', studyUid)
              .executeTakeFirst();
            if (study === undefined) continue;
            const patient =
              (await patientFacts(tx, siteId, subject.accountId, [study.patient_id])).get(study.patient_id) ??
              null;
            allowed.set(
              studyUid,
              decide({ subject, resource: 'study', action: 'create', path: 'dicomweb', patient }).allow,
            );
          }
          const arrivals: { at: number; arrival: Arrival }[] = [];
          for (const [at, item] of items.entries()) {
            if (item.stored === undefined || item.facts === undefined) continue;
            if (allowed.get(item.facts.studyUid) === false) {
              await blobs.remove(item.stored.object);
              items[at] = { facts: item.facts, failure: FAILURE.refused };
            } else
              arrivals.push({ at, arrival: { stored: item.stored, facts: item.facts, from: 'STOW-RS' } });
          }
          const outcomes = await enterInstances(
            { tx, blobs, siteId, now },
            arrivals.map((a) => a.arrival),
          );
          for (const [i, { at }] of arrivals.entries()) {
            if (outcomes[i] === 'conflict')
              items[at] = { facts: items[at]?.facts, failure: FAILURE.duplicate };
          }
          for (const studyUid of new Set(
            items.flatMap((item) => (item.failure === undefined ? (item.facts?.studyUid ?? []) : [])),
          )) {
            const study = await tx
              .selectFrom('studies')
              .select('patient_id')
              .where('site_id', '=', siteId)
              .where('study_uid', '=', studyUid)
              .executeTakeFirstOrThrow();
            const facts = (await patientFacts(tx, siteId, session.account.id, [study.patient_id])).get(
              study.patient_id,
            );
            // A machine treats nobody; who does was settled when the record was made.
            if (facts?.relationships.size === 0 && session.account.role !== 'device')
              await relate(tx, siteId, session.account.id, study.patient_id, 'care-team', 'stored a study');
          }
        } catch (error) {
          for (const { stored } of parts) await blobs.remove(stored.object).catch(() => undefined);
          throw error;
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
