import { describe, expect, it } from 'vitest';
import { type AccessRow, accessesOf } from './accesses.ts';

const row = (over: Partial<AccessRow> & { readonly at: Date }): AccessRow => ({
  accountId: 'a',
  name: 'Dr A',
  role: 'clinician',
  path: 'api',
  action: 'read',
  resource: 'patient',
  outcome: 'allowed',
  reason: 'treats this patient',
  ...over,
});
const at = (text: string): Date => new Date(`2026-03-${text}Z`);

describe('who came to a record', () => {
  it('is one line an account and day, however many requests a page made', () => {
    const [one, two, three] = accessesOf([
      row({ at: at('03T08:00:00') }),
      row({ at: at('02T16:05:00'), resource: 'intake', action: 'update' }),
      row({ at: at('02T16:00:30'), resource: 'genome', outcome: 'denied' }),
      row({ at: at('02T16:00:00') }),
      row({ at: at('02T15:59:59'), accountId: 'b', name: 'Nurse B', role: 'care-team', resource: 'study' }),
    ]);
    expect(one).toMatchObject({ day: '2026-03-03', name: 'Dr A', times: 1, read: ['patient'] });
    expect(two).toMatchObject({
      day: '2026-03-02',
      first: '2026-03-02T16:00:00.000Z',
      last: '2026-03-02T16:05:00.000Z',
      read: ['patient'],
      changed: ['intake'],
      refused: 1,
      emergency: null,
      byProgram: false,
    });
    expect(three).toMatchObject({ name: 'Nurse B', read: ['study'] });
  });

  it('says the words of an emergency, and when a program came', () => {
    const [glass] = accessesOf([
      row({ at: at('02T16:00:00'), action: 'break-glass', reason: 'unconscious' }),
      row({ at: at('02T16:00:00'), action: 'break-glass', reason: 'with a stated reason, audited' }),
      row({ at: at('02T16:00:01'), reason: 'treats this patient; token 5f3a-11' }),
    ]);
    expect(glass).toMatchObject({ emergency: 'unconscious', byProgram: true });
    const [pacs] = accessesOf([
      row({
        at: at('02T16:00:00'),
        accountId: null,
        name: null,
        role: 'device',
        path: 'dimse',
        action: 'create',
      }),
    ]);
    expect(pacs).toMatchObject({ accountId: null, changed: ['patient'], byProgram: true });
  });
});
