import type { AnalysisStage, NamedBytes } from '@foramen/analysis';
import { Button, Progress, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useSiteEvidence } from '../evidence/site-evidence.ts';
import { DropZone } from '../frame/drop-zone.tsx';
import { Problems } from '../frame/failure.tsx';
import { duration } from '../frame/figures.ts';
import { Icon } from '../frame/icon.tsx';
import { PatientView } from '../patient/patient-view.tsx';
import { Downloads } from './downloads.tsx';
import { localRecord } from './local-record.ts';
import { sortFiles } from './sort-files.ts';
import { useAnalysis } from './use-analysis.ts';
import { useTraffic } from './use-traffic.ts';
import './analyse.css';

const STAGE: Readonly<Record<AnalysisStage, string>> = {
  read: 'Reading the files',
  segment: 'Finding vertebrae, discs and canal',
  measure: 'Measuring each level',
  grade: 'Grading each disc',
  compare: 'Comparing with earlier studies',
  genome: 'Calling genes',
  judge: 'Weighing findings, symptoms and options',
};

interface Dropped {
  readonly name: string;
  readonly size: number;
  readonly files: readonly NamedBytes[];
}

/** A study read by this tab: files go to a worker of the page and nowhere else. */
export function AnalysePage() {
  const { run, start, cancel, refuse } = useAnalysis();
  const site = useSiteEvidence();
  const [dropped, setDropped] = useState<readonly Dropped[]>([]);
  const [spacing, setSpacing] = useState('');
  const [reading, setReading] = useState(false);
  const sent = useTraffic(run.state === 'running' || run.state === 'done');
  const files = dropped.flatMap((group) => group.files);
  const picture = files.some((file) => /\.png$/i.test(file.name));

  const take = async (chosen: readonly File[]) => {
    setReading(true);
    try {
      const read = await Promise.all(
        chosen.map(
          async (file): Promise<NamedBytes> => ({
            name: file.webkitRelativePath || file.name,
            bytes: new Uint8Array(await file.arrayBuffer()),
          }),
        ),
      );
      const size = chosen.reduce((sum, file) => sum + file.size, 0);
      const name = chosen.length === 1 ? read[0]!.name : `${chosen.length} files`;
      setDropped((now) => [...now, { name, size, files: read }]);
    } catch {
      refuse([
        {
          code: 'unreadable',
          severity: 'error',
          where: chosen[0]?.name ?? 'the files',
          what: 'cannot be opened',
          help: 'Check that they are still there and may be read',
        },
      ]);
    } finally {
      setReading(false);
    }
  };

  const begin = () => {
    const sorted = sortFiles(files);
    const first = sorted.problems[0];
    if (first !== undefined) {
      refuse(sorted.problems);
      return;
    }
    const mm = parseSpacing(spacing);
    if (mm === 'wrong') {
      refuse([
        {
          code: 'usage',
          severity: 'error',
          where: 'Pixel spacing',
          what: `"${spacing}" is not row, column[, slice] in mm`,
          help: 'Write for example 0.7, 0.7',
        },
      ]);
      return;
    }
    start({
      patientId: 'this-tab',
      now: new Date().toISOString(),
      ...(sorted.imaging.length > 0 ? { imaging: sorted.imaging } : {}),
      ...(sorted.genome !== null ? { genome: sorted.genome } : {}),
      ...(sorted.intake !== undefined ? { intake: sorted.intake } : {}),
      ...(mm !== null ? { spacing: mm } : {}),
      ...(site.file === undefined ? {} : { evidence: site.file }),
    });
  };

  const again = () => {
    setDropped([]);
    cancel();
  };

  const record = useMemo(
    () => (run.state === 'done' ? localRecord(run.result.analysis, dropped[0]?.name ?? 'Study') : null),
    [run, dropped],
  );
  if (run.state === 'done' && record !== null) {
    return (
      <div className="fo-stack">
        {run.result.warnings.length > 0 && (
          <details className="fo-notes">
            <summary>{run.result.warnings.length} notes on the input</summary>
            <ul>
              {run.result.warnings.map((warning) => (
                <li key={`${warning.where} ${warning.what}`}>
                  {warning.where}: {warning.what}. {warning.help}
                </li>
              ))}
            </ul>
          </details>
        )}
        <PatientView
          record={record}
          actions={
            <>
              <Downloads files={run.result.files} />
              <Button size="compact-xs" onClick={again}>
                Another study
              </Button>
            </>
          }
          note={
            <>
              <Traffic sent={sent} />
              <span className="fo-quiet fo-small">Analysed in {duration(run.seconds)}.</span>
            </>
          }
        />
      </div>
    );
  }

  return (
    <div className="fo-analyse fo-stack">
      <div>
        <h1>Analyse a study here</h1>
        <p className="fo-quiet">
          The files stay on this computer. This page reads them itself, in a worker of this tab; nothing is
          uploaded or stored.
        </p>
      </div>
      {site.problems.length > 0 && <Problems problems={site.problems} />}
      {run.state === 'running' ? (
        <section className="fo-panel fo-pad fo-stack" aria-live="polite">
          <div className="fo-row">
            <h2>
              {run.loading !== null
                ? `Loading the ${run.loading} model`
                : STAGE[run.progress?.stage ?? 'read']}
              …
            </h2>
            <span className="fo-grow" />
            <span className="fo-quiet">
              {Math.round((run.progress?.fraction ?? 0) * 100)}%
              {run.secondsLeft === null ? '' : ` · about ${duration(run.secondsLeft)} left`}
            </span>
          </div>
          <Progress
            value={(run.progress?.fraction ?? 0) * 100}
            aria-label="Progress of the analysis"
            animated
          />
          <div className="fo-row">
            <Traffic sent={sent} />
            <span className="fo-grow" />
            <Button size="xs" variant="default" onClick={cancel}>
              Cancel
            </Button>
          </div>
        </section>
      ) : (
        <>
          <DropZone
            onFiles={take}
            label="Drop a DICOM folder, DICOM files or a zip of them, a NIfTI, MHA or PNG"
            hint="Add, if there are any, a variant file (.vcf, .vcf.gz) or raw data of 23andMe or AncestryDNA (.txt, .zip), and an intake (.json)"
          />
          {run.state === 'refused' && <Problems problems={run.problems} />}
          {dropped.length > 0 && (
            <section className="fo-panel fo-pad fo-stack fo-tight">
              {dropped.map((group, n) => (
                <div className="fo-row" key={`${group.name} ${group.size}`}>
                  <Icon name="file" size={14} />
                  <span>{group.name}</span>
                  <span className="fo-quiet fo-small">{megabytes(group.size)}</span>
                  <button
                    type="button"
                    className="fo-plain fo-small"
                    onClick={() => setDropped(dropped.filter((_, at) => at !== n))}
                  >
                    Remove
                  </button>
                </div>
              ))}
              {picture && (
                <TextInput
                  size="xs"
                  className="fo-spacing"
                  label="Pixel spacing of the picture, mm"
                  description="Row, column. A PNG carries none; 0.7 is assumed when this is empty."
                  placeholder="0.7, 0.7"
                  value={spacing}
                  onChange={(event) => setSpacing(event.currentTarget.value)}
                />
              )}
            </section>
          )}
          <div className="fo-row">
            <Button onClick={begin} disabled={files.length === 0} loading={reading}>
              Analyse
            </Button>
            <span className="fo-quiet fo-small">
              <Icon name="lock" size={12} /> Works without a network once the page is loaded.
            </span>
          </div>
        </>
      )}
    </div>
  );
}

function Traffic({ sent }: { readonly sent: number }) {
  return (
    <span className="fo-traffic" data-clean={sent === 0}>
      <Icon name="lock" size={13} />
      {sent === 0
        ? 'Nothing uploaded: this page has sent 0 requests with data since the analysis began.'
        : `${sent} requests with data were sent by this page.`}
    </span>
  );
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** "0.7, 0.7" or "0.7,0.7,4"; a missing slice spacing is that of one slice, which is never used. */
export function parseSpacing(text: string): readonly [number, number, number] | null | 'wrong' {
  if (text.trim() === '') return null;
  const numbers = text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number);
  const [row, column, slice] = numbers;
  if (numbers.some((n) => !(n > 0 && n < 50))) return 'wrong';
  if (row === undefined || numbers.length > 3) return 'wrong';
  return [row, column ?? row, slice ?? 1];
}
