import type { Statement } from '@foramen/spine';
import { createContext, lazy, Suspense, useContext } from 'react';

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

const PatientText = lazy(() => import('./patient-text.tsx').then((m) => ({ default: m.PatientText })));

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
