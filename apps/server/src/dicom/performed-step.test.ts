import '../testing/patience.ts';
import {
  COMMAND,
  type CommandFields,
  type DataSet,
  dataSet,
  encodeForTransfer,
  number,
  STATUS,
  text,
} from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomSite, dicomSite } from '../testing/dicom-site.ts';
import { testObject } from '../testing/objects.ts';
import type { Association } from './association.ts';
import { ask, associate, SOP } from './client.ts';
import { readPeers } from './peers.ts';

let here: DicomSite;
let port: number;
const QUIET_SECONDS = 15;
beforeAll(async () => {
  here = await dicomSite({ quietSeconds: QUIET_SECONDS });
  ({ port } = await here.node({ peers: readPeers('SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:2') }));
});
afterAll(() => here.close());

const us = () => ({ aeTitle: 'FORAMEN', host: '127.0.0.1', port });
const SYNTAX = '1.2.840.10008.1.2';

/** What a modality does: one association for each message, as most do. */
async function tell(command: CommandFields, body: DataSet, callingAe = 'SCANNER') {
  const association: Association = await associate(us(), callingAe, [
    { abstractSyntax: SOP.performedStep, transferSyntaxes: [SYNTAX] },
  ]);
  const answer = await ask(
    association,
    association.contexts[0]!.id,
    command,
    encodeForTransfer(body, SYNTAX),
  );
  await association.release();
  return answer;
}
const begin = (uid: string | undefined, set: Parameters<typeof dataSet>[0], callingAe?: string) =>
  tell(
    {
      CommandField: COMMAND.createRequest,
      AffectedSOPClassUID: SOP.performedStep,
      ...(uid === undefined ? {} : { AffectedSOPInstanceUID: uid }),
    },
    dataSet({ PerformedProcedureStepStatus: 'IN PROGRESS', PerformedProcedureStepID: 'S1', ...set }),
    callingAe,
  );
const change = (uid: string, set: Parameters<typeof dataSet>[0], callingAe?: string) =>
  tell(
    {
      CommandField: COMMAND.setRequest,
      RequestedSOPClassUID: SOP.performedStep,
      RequestedSOPInstanceUID: uid,
    },
    dataSet(set),
    callingAe,
  );
const of = (study: string) => ({
  ScheduledStepAttributesSequence: [
    dataSet({ StudyInstanceUID: testObject({ study, instance: 0 }).studyUid }),
  ],
});
const object = (study: string, instance: number) => testObject({ study, patient: `M-${study}`, instance });
const completed = (study: string, instances: readonly number[]) => ({
  PerformedProcedureStepStatus: 'COMPLETED',
  PerformedSeriesSequence: [
    dataSet({
      SeriesInstanceUID: object(study, 0).seriesUid,
      ReferencedImageSequence: instances.map((instance) =>
        dataSet({
          ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
          ReferencedSOPInstanceUID: object(study, instance).sopUid,
        }),
      ),
    }),
  ],
});
async function send(study: string, instances: readonly number[]): Promise<void> {
  await here.store(
    instances.map((instance) => object(study, instance).bytes),
    us(),
  );
  await here.inbox.settled();
}
const later = (seconds: number): void => {
  here.site.clock.now = new Date(here.site.clock.now.getTime() + seconds * 1000);
};

describe('a performed procedure step', () => {
  it('completes its study when every object it names is here, without waiting for quiet', async () => {
    expect((await begin('1.2.9.1', of('first'))).status).toBe(STATUS.success);
    await send('first', [0, 1]);
    expect(await here.jobsOf('first')).toEqual([]);
    expect((await change('1.2.9.1', completed('first', [0, 1, 2]))).status).toBe(STATUS.success);
    expect(await here.jobsOf('first')).toEqual([]);
    // The message overtook the last object.
    await send('first', [2]);
    expect(await here.jobsOf('first')).toHaveLength(1);
    await here.inbox.completeBySteps();
    expect(await here.jobsOf('first')).toHaveLength(1);
  });

  it('completes it at once when the objects came first', async () => {
    await begin('1.2.9.2', of('objects first'));
    await send('objects first', [0, 1]);
    await change('1.2.9.2', completed('objects first', [0, 1]));
    await expect.poll(() => here.jobsOf('objects first')).toHaveLength(1);
  });

  it('keeps a study open while it is in progress, however quiet, but not for ever', async () => {
    await begin('1.2.9.3', of('pause'));
    await send('pause', [0]);
    later(20 * 60);
    await here.inbox.orderAnalyses();
    expect(await here.jobsOf('pause')).toEqual([]);
    later(2 * 3_600);
    await here.inbox.orderAnalyses();
    expect(await here.jobsOf('pause')).toHaveLength(1);
  });

  it('leaves it to quiet time when it is discontinued or names no object', async () => {
    await begin('1.2.9.4', of('given up'));
    await send('given up', [0]);
    expect((await change('1.2.9.4', { PerformedProcedureStepStatus: 'DISCONTINUED' })).status).toBe(0);
    await begin('1.2.9.5', of('no list'));
    await send('no list', [0]);
    expect((await change('1.2.9.5', { PerformedProcedureStepStatus: 'COMPLETED' })).status).toBe(0);
    expect([await here.jobsOf('given up'), await here.jobsOf('no list')]).toEqual([[], []]);
    later(QUIET_SECONDS + 1);
    await here.inbox.orderAnalyses();
    expect(await here.jobsOf('given up')).toHaveLength(1);
    expect(await here.jobsOf('no list')).toHaveLength(1);
  });

  it('refuses what the standard refuses, and goes on', async () => {
    const study = of('rules');
    const statuses = {
      'without a study': (await begin('1.2.9.6', {})).status,
      'begun as completed': (await begin('1.2.9.6', { ...study, PerformedProcedureStepStatus: 'COMPLETED' }))
        .status,
      'with a study that is no UID': (
        await begin('1.2.9.6', {
          ScheduledStepAttributesSequence: [dataSet({ StudyInstanceUID: 'drop table' })],
        })
      ).status,
      begun: (await begin('1.2.9.6', study)).status,
      'begun again': (await begin('1.2.9.6', study)).status,
      unknown: (await change('1.2.9.777', completed('rules', [0]))).status,
      'another one’s': (await change('1.2.9.6', completed('rules', [0]), 'ARCHIVE')).status,
      'set to nonsense': (await change('1.2.9.6', { PerformedProcedureStepStatus: 'PERHAPS' })).status,
      'a list ahead of the end': (
        await change('1.2.9.6', { ...completed('rules', [0]), PerformedProcedureStepStatus: 'IN PROGRESS' })
      ).status,
      ended: (await change('1.2.9.6', { PerformedProcedureStepStatus: 'COMPLETED' })).status,
      'changed after its end': (await change('1.2.9.6', { PerformedProcedureStepStatus: 'DISCONTINUED' }))
        .status,
    };
    expect(statuses).toEqual({
      'without a study': STATUS.missingAttribute,
      'begun as completed': STATUS.invalidAttributeValue,
      'with a study that is no UID': STATUS.invalidAttributeValue,
      begun: STATUS.success,
      'begun again': STATUS.duplicateSopInstance,
      unknown: STATUS.noSuchSopInstance,
      'another one’s': STATUS.noSuchSopInstance,
      'set to nonsense': STATUS.invalidAttributeValue,
      'a list ahead of the end': STATUS.success,
      ended: STATUS.success,
      'changed after its end': STATUS.processingFailure,
    });
    await send('rules', [0]);
    expect(await here.jobsOf('rules')).toHaveLength(1);
  });

  it('is named by us when the modality does not name it', async () => {
    const { status, command } = await begin(undefined, of('unnamed'));
    expect([status, number(command, 'CommandField')]).toEqual([STATUS.success, COMMAND.createResponse]);
    const uid = text(command, 'AffectedSOPInstanceUID') ?? '';
    expect(uid).toMatch(/^[0-9.]{5,64}$/);
    expect((await change(uid, { PerformedProcedureStepStatus: 'DISCONTINUED' })).status).toBe(0);
  });
});
