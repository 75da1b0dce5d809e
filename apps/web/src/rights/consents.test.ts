import { fernandezHuerta, fleschKincaidGrade } from '@foramen/care';
import { describe, expect, it } from 'vitest';
import { CONSENT_WORDS } from './consent-words.ts';
import {
  CONSENT_SCOPES,
  CONSENT_TEXT,
  type Consent,
  currentOf,
  DID_EN,
  didText,
  OWN_ACCESSES,
  OWN_CONSENTS,
} from './consents.ts';

describe('consents', () => {
  it('hold by the newest decision of each scope', () => {
    const consent = (scope: Consent['scope'], decision: Consent['decision'], at: string): Consent => ({
      scope,
      decision,
      at,
      by: 'Anna Vogt',
    });
    const now = currentOf([
      consent('research', 'deny', '2026-03-02'),
      consent('genome', 'permit', '2026-03-01'),
      consent('research', 'permit', '2026-02-01'),
    ]);
    expect(now.research?.decision).toBe('deny');
    expect(now.genome?.decision).toBe('permit');
    expect(now.treatment).toBeNull();
  });
});

describe('what a patient reads about consent and access', () => {
  it('is at grade six or below, text by text', () => {
    const all = CONSENT_SCOPES.flatMap((scope) => {
      const { open, given, withdrawn } = CONSENT_TEXT[scope];
      return [open, given, withdrawn];
    });
    const hard = [...all, OWN_CONSENTS, OWN_ACCESSES].filter((text) => fleschKincaidGrade(text) > 6);
    expect(hard.map((text) => `${fleschKincaidGrade(text).toFixed(1)} ${text}`)).toEqual([]);
  });
});

describe('an access', () => {
  it('is told in plain words', () => {
    expect(didText({ read: ['patient', 'judgement'], changed: ['intake'], refused: 0 })).toBe(
      'read name and overview, assessment and plan; changed answers',
    );
    expect(didText({ read: [], changed: [], refused: 2 })).toBe('was refused 2 times');
    expect(didText({ read: ['something-new'], changed: [], refused: 1 })).toBe(
      'read something-new; was refused once',
    );
  });
});

describe('an access in Spanish', () => {
  it('leaves no word of English', () => {
    const { did } = CONSENT_WORDS.es;
    const all = { read: Object.keys(DID_EN.thing), changed: ['intake'], refused: 2 };
    expect(didText(all, did)).toMatch(/^vio el nombre .*; cambió las respuestas; se le negó 2 veces$/);
    expect(Object.keys(did.thing)).toEqual(Object.keys(DID_EN.thing));
  });
});

describe('consents in Spanish', () => {
  it('are read as easily as in English', () => {
    const { scope, own, seenHelp } = CONSENT_WORDS.es;
    const texts = CONSENT_SCOPES.flatMap((one) => [scope[one].open, scope[one].given, scope[one].withdrawn]);
    for (const text of [...texts, own, seenHelp]) expect(fernandezHuerta(text), text).toBeGreaterThan(70);
  });
});
