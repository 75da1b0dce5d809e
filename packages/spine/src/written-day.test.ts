import { describe, expect, it } from 'vitest';
import { isoDay, writtenDay } from './written-day.ts';

describe('a day as it is written', () => {
  it('says the month in letters, in the language of the reader', () => {
    expect(writtenDay('2026-11-03')).toBe('3 Nov 2026');
    expect(writtenDay('2026-11-03', 'es-MX')).toBe('3 nov 2026');
    expect(writtenDay('2026-01-22', 'es')).toBe('22 ene 2026');
    expect(writtenDay('20260928')).toBe('28 Sept 2026');
    expect(writtenDay('2026-08-17T23:59:00Z', 'fr')).toBe('17 Aug 2026');
  });
  it('leaves what is no date as it stands', () => {
    for (const text of ['study 2', '2026', '2026-13-01', '2026-00-10', '123456789', ''])
      expect([writtenDay(text), isoDay(text)]).toEqual([text, null]);
  });
});
