import { explain } from '@foramen/care';
import type { Statement } from '@foramen/spine';
import { Reasoned } from '../judgement/statement.tsx';
import type { Language } from './aid-words.ts';

export function plain(statement: Statement, language: Language): string {
  return explain(statement, 'patient', { language }).text;
}

/** Statements in words for the patient; each opens to the facts and sources it rests on. */
export function PatientLines(props: { readonly of: readonly Statement[]; readonly language: Language }) {
  return (
    <div className="fo-plain-lines" lang={props.language}>
      {props.of.map((statement) => (
        <Reasoned
          key={`${statement.key} ${statement.text}`}
          because={statement.because}
          reader="patient"
          language={props.language}
        >
          <span>{plain(statement, props.language)}</span>
        </Reasoned>
      ))}
    </div>
  );
}
