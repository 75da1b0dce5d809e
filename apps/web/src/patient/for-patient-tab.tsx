import { education } from '@foramen/care';
import { useMemo } from 'react';
import { AidView } from '../aid/aid-view.tsx';
import { WORDS } from '../aid/aid-words.ts';
import { PatientLines, plain } from '../aid/patient-lines.tsx';
import '../aid/aid.css';
import { day } from '../frame/figures.ts';
import { LanguagePicker } from '../frame/language-picker.tsx';
import { findingsForPatient } from '../judgement/findings-for-patient.ts';
import { IconArray } from '../judgement/icon-array.tsx';
import { PAGE_WORDS } from '../judgement/page-words.ts';
import { type Language, useLanguage } from '../judgement/reader.tsx';
import type { PatientRecord } from '../record/patient-record.ts';

/** What the patient is told: short sentences in their language, how common the findings are, what helps, and the choice. */
export function ForPatientTab(props: {
  readonly record: PatientRecord;
  readonly onLanguage: (language: Language) => void;
}) {
  const { record, onLanguage } = props;
  const language = useLanguage();
  const words = WORDS[language];
  const { assessment, plan } = record;
  const lessons = useMemo(
    () => (record.case === null || assessment === null ? [] : education(record.case, assessment)),
    [record.case, assessment],
  );
  if (plan === null || assessment === null)
    return (
      <div className="fo-row">
        <p className="fo-quiet fo-grow">{PAGE_WORDS[language].help}</p>
        <LanguagePicker language={language} onChange={onLanguage} />
      </div>
    );
  const common = findingsForPatient(assessment);
  return (
    <div className="fo-stack fo-handout" lang={language}>
      <div className="fo-row">
        <h2>{words.forYou}</h2>
        <span className="fo-quiet fo-small" data-numbers="answers">
          {words.asOf} <time dateTime={plan.now}>{day(plan.now, language)}</time>
        </span>
        <span className="fo-grow" />
        <LanguagePicker language={language} onChange={onLanguage} />
      </div>
      <section className="fo-panel fo-pad">
        <PatientLines of={plan.forPatient} language={language} />
      </section>
      {/* How usual a worn disc is comforts, and nobody is to be comforted before the danger is dealt with. */}
      {common.length > 0 && !assessment.triage.gate && (
        <section className="fo-panel fo-pad fo-stack fo-tight">
          <h2>{words.whatWeFound}</h2>
          <p className="fo-quiet">{words.commonWithoutPain(record.ageYears)}</p>
          <div className="fo-common">
            {common.map((entry) => (
              <figure key={entry.finding}>
                {entry.prevalenceWithoutPain !== null && (
                  <IconArray
                    count={entry.prevalenceWithoutPain * 100}
                    label={plain(entry.statement, language)}
                  />
                )}
                <figcaption>{plain(entry.statement, language)}</figcaption>
              </figure>
            ))}
          </div>
        </section>
      )}
      {lessons.length > 0 && (
        <section className="fo-panel fo-pad fo-stack fo-tight">
          <h2>{words.goodToKnow}</h2>
          <PatientLines of={lessons} language={language} />
        </section>
      )}
      {record.local && <AidView record={record} language={language} />}
    </div>
  );
}
