import { useEffect, useSyncExternalStore } from 'react';
import { FRAME_WORDS, type FrameWords } from './frame-words.ts';
import { type Role, useWho } from './who.ts';

export type Language = 'en' | 'es';

/** Whose own record it is: for them the whole page speaks one language. */
export const isOwn = (role: Role | null): boolean => role === 'patient' || role === 'proxy';

let spoken: Language | null = null;
const listeners = new Set<() => void>();

function speak(language: Language | null): void {
  spoken = language;
  for (const tell of listeners) tell();
}

/** The language the browser asks for, where it is one that ships. */
export function browserLanguage(): Language {
  return languageOf(navigator.language);
}

/** The one of the languages that ship which a tag (`es-MX`) means, else English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('es') ? 'es' : 'en';
}

/**
 * The language a record is read in: what its intake says; where that says nothing, the browser's for whoever reads the own record, else English.
 * @param told answer to the intake's question for a language.
 */
export function recordLanguage(told: unknown, own: boolean): Language {
  return typeof told === 'string' && told.trim() !== '' ? languageOf(told) : own ? browserLanguage() : 'en';
}

/**
 * Tells the frame which language the record on the page is in; null where it is a clinician's. For a patient the bar, the errors and the account
 * stay in it when the record is left.
 */
export function useSpoken(language: Language | null): void {
  const own = isOwn(useWho()?.role ?? null);
  useEffect(() => {
    speak(language);
    return () => {
      if (!own) speak(null);
    };
  }, [language, own]);
}

/** The language of the bar, of errors and of what else stands around a record. */
export function useFrameLanguage(): Language {
  const role = useWho()?.role ?? null;
  const said = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => spoken,
    // Drawn without a browser it is the same.
    () => spoken,
  );
  return said ?? (isOwn(role) ? browserLanguage() : 'en');
}

export function useFrameWords(): FrameWords {
  return FRAME_WORDS[useFrameLanguage()];
}
