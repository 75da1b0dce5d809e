import { type DiscLevel, fragmentText, isGrade, readGrade, type SpineFindings } from '@foramen/spine';
import { Button, Select, VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sendJson } from '../api/client.ts';
import { LevelCard } from '../findings/level-card.tsx';
import { PlainLevel } from '../findings/plain-level.tsx';
import { Problems } from '../frame/failure.tsx';
import { amount, day, duration, percent, ROMAN } from '../frame/figures.ts';
import { useLanguage, useReader, useTabWords } from '../judgement/reader.tsx';
import type { PatientRecord, StudyRecord } from '../record/patient-record.ts';
import { withCuts } from '../viewer/cuts.ts';
import type { Structure } from '../viewer/structures.ts';
import { type PriorStudy, StudyViewer } from '../viewer/study-viewer.tsx';
import { firstOf } from '../viewer/use-pane.ts';

/** The 95% interval of the lordosis, as ` (47 to 57)`; empty where the reading carries none. */
function lordosisRange({ columnDetails }: SpineFindings): string {
  const [low, high] = columnDetails?.find((d) => d.measure === 'lordosisL1S1Deg')?.interval ?? [];
  return low === undefined || high === undefined ? '' : ` (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

export function StudyTab({ record }: { readonly record: PatientRecord }) {
  const [studyId, setStudyId] = useState(record.studies[0]!.id);
  const study = record.studies.find((s) => s.id === studyId) ?? record.studies[0]!;
  const [selected, setSelected] = useState<DiscLevel | null>(null);
  const cards = useRef<HTMLDivElement>(null);
  const said = useTabWords().study;
  const language = useLanguage();
  const plain = useReader() === 'patient';
  const findings = study.findings;
  const sources = useMemo(() => (plain ? study.pictures : withCuts(study.pictures)), [plain, study.pictures]);
  useEffect(() => {
    if (selected === null) return;
    cards.current
      ?.querySelector(`[aria-label="${selected}"]`)
      ?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [selected]);
  // Context and concordance are judged on the newest study; beside an older one they would mislead.
  const newest = study === record.studies[0];
  return (
    <div className="fo-study">
      <div className="fo-study-picture">
        {study.pictures.length > 0 ? (
          <StudyViewer
            key={study.id}
            studyId={study.id}
            address={record.local ? null : `/api/studies/${encodeURIComponent(study.id)}`}
            sources={sources}
            levels={findings?.levels ?? []}
            named={findings?.enumeration.unnamed === undefined}
            corridors={findings?.corridors ?? []}
            priors={priorsOf(record.studies, study)}
            selected={selected}
            onSelect={setSelected}
            sliceOf={(level) => findings?.levels.find((l) => l.level === level)?.because.slice ?? null}
            describe={(structure) => (plain ? structure.name : describe(structure, study))}
            plain={plain}
          />
        ) : (
          <p className="fo-panel fo-pad fo-quiet">{said.noPicture}</p>
        )}
      </div>
      <div className="fo-study-levels">
        {record.studies.length > 1 && (
          <Select
            size="xs"
            aria-label={said.choose}
            data={record.studies.map((s) => ({
              value: s.id,
              label: `${s.date === null ? said.noDate : day(s.date, language)}${s.description === null ? '' : ` · ${s.description}`}`,
            }))}
            value={study.id}
            allowDeselect={false}
            onChange={(id) => {
              if (id === null) return;
              setStudyId(id);
              setSelected(null);
            }}
          />
        )}
        {study.reportUrl !== null && (
          <a className="fo-small" href={study.reportUrl} target="_blank" rel="noreferrer">
            {said.report}
          </a>
        )}
        {findings === null ? (
          <StudyState study={study} local={record.local} />
        ) : (
          <>
            {!plain && <StudyNotes study={study} />}
            <VisuallyHidden component="h2">{said.levels}</VisuallyHidden>
            <div className="fo-levels" ref={cards}>
              {findings.levels.map((level) => {
                const judged = newest ? record.assessment : null;
                const card = {
                  level,
                  context: judged?.context.filter((c) => c.level === level.level) ?? [],
                  concordance: judged?.concordance.filter((c) => c.level === level.level) ?? [],
                  selected: selected === level.level,
                  onSelect: () => setSelected(selected === level.level ? null : level.level),
                };
                const key = `${level.indexFromBottom} ${level.level}`;
                return plain ? <PlainLevel key={key} {...card} /> : <LevelCard key={key} {...card} />;
              })}
            </div>
          </>
        )}
      </div>
    </div>
  );
}

/** Studies before this one that can be hung beside it, newest first, each by the series its levels were read on. */
function priorsOf(studies: readonly StudyRecord[], study: StudyRecord): readonly PriorStudy[] {
  return studies.slice(studies.indexOf(study) + 1).flatMap((one) => {
    const source = firstOf(one.pictures.filter((picture) => picture.plane !== 'axial'));
    if (source === null) return [];
    const title = one.date === null ? 'Earlier, no date' : day(one.date);
    const sliceOf = (level: DiscLevel) =>
      one.findings?.levels.find((l) => l.level === level)?.because.slice ?? null;
    return [{ id: one.id, title, source, sliceOf }];
  });
}

function StudyState({ study, local }: { readonly study: StudyRecord; readonly local: boolean }) {
  const [asked, setAsked] = useState<'no' | 'yes' | 'refused'>('no');
  const { state, problems, step, secondsLeft } = study.analysis;
  const text =
    state === 'running'
      ? `Being analysed: ${step ?? 'working'}${secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`}.`
      : state === 'queued' || asked === 'yes'
        ? 'Waiting to be analysed.'
        : 'This study has not been analysed.';
  const idle = (state === 'failed' || state === 'none') && asked !== 'yes' && !local;
  return (
    <div className="fo-stack fo-tight">
      {problems.length > 0 && asked === 'no' ? (
        <Problems problems={problems} />
      ) : (
        <p className="fo-panel fo-pad fo-quiet">{text}</p>
      )}
      {asked === 'refused' && (
        <p className="fo-quiet">The server did not take the request. Try again later.</p>
      )}
      {idle && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setAsked('yes');
            sendJson('POST', `/api/studies/${encodeURIComponent(study.id)}/analysis`).catch(() =>
              setAsked('refused'),
            );
          }}
        >
          Analyse {state === 'failed' ? 'again' : 'it'}
        </Button>
      )}
    </div>
  );
}

/** How sure the level names are, what was not read, and with what the study was read. */
function StudyNotes({ study }: { readonly study: StudyRecord }) {
  const findings = study.findings!;
  const { enumeration } = findings;
  const unsure =
    enumeration.confidence < 0.9 ||
    (enumeration.transitional !== 'none' && enumeration.transitional !== 'unknown');
  return (
    <details className="fo-notes">
      <summary>
        {unsure && (
          <span className="fo-chip" data-tone="warn">
            check the level names
          </span>
        )}{' '}
        {findings.possibleFragments !== undefined && (
          <span className="fo-chip" data-tone="warn">
            possible migrated fragment behind{' '}
            {findings.possibleFragments.map((fragment) => fragment.behind).join(', ')}
          </span>
        )}{' '}
        {enumeration.unnamed === undefined
          ? `Levels counted from the sacrum, ${percent(enumeration.confidence)} sure`
          : `Levels not named: ${enumeration.unnamed}`}
        {enumeration.transitional !== 'none' && enumeration.transitional !== 'unknown'
          ? `; ${enumeration.transitional.replace('-', ' ')}`
          : ''}
        {findings.lordosisL1S1Deg !== undefined
          ? ` · lordosis L1–S1 ${findings.lordosisL1S1Deg.toFixed(0)}°${lordosisRange(findings)}`
          : ''}
        {findings.limits.length > 0 ? ` · ${findings.limits.length} limits` : ''}
      </summary>
      <ul>
        {enumeration.because.map((why) => (
          <li key={why}>{why}</li>
        ))}
        {(findings.possibleFragments ?? []).map((fragment) => (
          <li key={fragment.behind}>{fragmentText(fragment)}</li>
        ))}
        {findings.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
        {findings.series.map((series, n) => (
          <li key={series.seriesUid ?? n} className="fo-quiet">
            {series.description ?? series.role}: {series.size.join(' × ')} at{' '}
            {series.spacingMm.map((mm) => mm.toFixed(2)).join(' × ')} mm
            {series.spacingFrom === 'default' ? ' (assumed: the file gives no spacing)' : ''}
          </li>
        ))}
        {findings.models.map((model) => (
          <li key={model.id} className="fo-quiet">
            Read with {model.id} {model.version}
            {model.sha256 === '' ? '' : `, sha256 ${model.sha256.slice(0, 12)}…`}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One line on a structure for the foot of the picture. */
function describe(structure: Structure, study: StudyRecord): string {
  if (structure.level !== undefined) {
    const level = study.findings?.levels.find((l) => l.level === structure.level);
    const parts = [`${structure.name} disc`];
    if (level !== undefined && isGrade(level.pfirrmann)) {
      const { grade, p } = level.pfirrmann;
      const { because, expected } = readGrade(level.pfirrmann, ROMAN.slice(1), 1);
      const sure = because === null ? percent(p[grade - 1] ?? 0) : `expected ${expected.toFixed(1)}`;
      parts.push(`Pfirrmann ${ROMAN[grade]} (${sure})`);
    }
    const height = level?.measures.heightMiddleMm;
    if (height !== undefined) parts.push(`${amount(height)} mm high`);
    return parts.join(' · ');
  }
  const vertebra = study.findings?.vertebrae.find((v) => v.vertebra === structure.vertebra);
  const height = vertebra?.heightAnteriorMm;
  return height === undefined ? structure.name : `${structure.name} · ${amount(height)} mm high in front`;
}
