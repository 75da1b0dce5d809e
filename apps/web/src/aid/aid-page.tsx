import type { Intake } from '@foramen/spine';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { getTagged, NO_INTAKE, sendJson } from '../api/client.ts';
import { useJobEvents } from '../api/use-job-events.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { RecordFailure } from '../frame/failure.tsx';
import { day } from '../frame/figures.ts';
import { isOwn, recordLanguage, useFrameWords, useSpoken } from '../frame/frame-language.ts';
import { Icon } from '../frame/icon.tsx';
import { LanguagePicker } from '../frame/language-picker.tsx';
import { usePageTitle } from '../frame/page-title.ts';
import { Link } from '../frame/router.tsx';
import { useWho } from '../frame/who.ts';
import { readPatient } from '../record/from-server.ts';
import { AidView } from './aid-view.tsx';
import { type Language, WORDS } from './aid-words.ts';

/** The decision aid on a page of its own, to go through together or to print. */
export function AidPage({ patientId }: { readonly patientId: string }) {
  const [loaded, reload] = useLoaded(`patient ${patientId}`, (signal) => readPatient(patientId, signal));
  const [chosen, setChosen] = useState<Language | null>(null);
  // Weights that were saved make a new plan: it is shown when it is there.
  useJobEvents((event, ended) => {
    if (ended && event.patientId === patientId) reload();
  });
  const own = isOwn(useWho()?.role ?? null);
  const said = useFrameWords();
  const record = loaded.state === 'ready' ? loaded.value : null;
  const language = chosen ?? recordLanguage(record?.intake?.person?.language, own);
  useSpoken(own && record !== null ? language : null);
  usePageTitle(record === null ? null : `${WORDS[language].page}: ${record.name}`);
  if (loaded.state === 'failed') return <RecordFailure error={loaded.error} />;
  if (record === null) return <p className="fo-quiet">{said.loading}</p>;
  const words = WORDS[language];
  return (
    <div className="fo-stack fo-aid-page">
      <div className="fo-row">
        <h1>{words.page}</h1>
        <bdi className="fo-quiet">{record.name}</bdi>
        {record.plan !== null && (
          <span className="fo-quiet fo-small" data-numbers="answers">
            {words.asOf} <time dateTime={record.plan.now}>{day(record.plan.now, language)}</time>
          </span>
        )}
        <span className="fo-grow" />
        <LanguagePicker language={language} onChange={setChosen} />
        <Button
          size="xs"
          variant="default"
          className="fo-noprint"
          leftSection={<Icon name="print" size={14} />}
          onClick={() => window.print()}
        >
          {words.print}
        </Button>
        <Link className="fo-noprint" to={`/patients/${patientId}?tab=plan`}>
          {record.name}
        </Link>
      </div>
      <AidView
        record={record}
        language={language}
        onSave={async (weights) => {
          // Into the answers as they are now: somebody may have sent others since this page was opened.
          const address = `/api/patients/${encodeURIComponent(patientId)}/intake`;
          const newest = record.intake === null ? null : await getTagged<Intake>(address);
          await sendJson(
            'PUT',
            address,
            { ...newest?.value, goals: { ...newest?.value.goals, weights } },
            { 'If-Match': newest?.tag ?? NO_INTAKE },
          );
        }}
      />
    </div>
  );
}
