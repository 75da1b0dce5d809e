import type { Statement } from '@foramen/spine';
import { createContext, Suspense, useContext } from 'react';
import { later } from '../frame/later.tsx';
import { CLINICIAN_WORDS, PLAIN_WORDS, type TabWords } from './tab-words.ts';

/** For whom the statements on the page are worded. */
export type Reader = 'clinician' | 'patient';

/** The language of what is worded for the patient; the clinician's level is English. */
export type Language = 'en' | 'es';

export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export const ReaderContext = createContext<Reader>('clinician');

export function useReader(): Reader {
  return useContext(ReaderContext);
}

/** Headings and labels of the tabs; a record in plain words is in the patient's language. */
export function useTabWords(): TabWords {
  const language = useLanguage();
  return useReader() === 'patient' || language !== 'en' ? PLAIN_WORDS[language] : CLINICIAN_WORDS;
}

const PatientText = later(() => import('./patient-text.tsx').then((m) => ({ default: m.PatientText })));

/** The words of a statement at the chosen level. The message catalogue is loaded only when the patient's level is asked for. */
export function Wording({ statement }: { readonly statement: Statement }) {
  const language = useLanguage();
  if (useReader() === 'clinician') return statement.text;
  return (
    <Suspense fallback={statement.text}>
      <PatientText statement={statement} language={language} />
    </Suspense>
  );
}
