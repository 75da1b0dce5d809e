import type { Analysis } from '@foramen/analysis';
import { studyBundle } from '@foramen/exchange';
import {
  corridorOverlay,
  labelsOnSourceGrid,
  writeNiftiLabels,
  writeReport,
  writeSegmentation,
} from '@foramen/imaging';
import { renderClinicalReport } from '@foramen/report';
import { isCorridor } from '@foramen/spine';
import { gzipSync } from 'fflate';
import type { OutputFile } from './messages.ts';

/** The files `foramen analyze` writes, made in memory. */
export function outputFiles(analysis: Analysis, version: string): readonly OutputFile[] {
  const json = (name: string, value: unknown): OutputFile => ({
    name,
    type: 'application/json',
    content: `${JSON.stringify(value, null, 2)}\n`,
  });
  const { case: known, assessment, plan, pictures, priorPictures, siteEvidence, study } = analysis;
  const files: OutputFile[] = [
    {
      name: 'report.html',
      type: 'text/html',
      content: renderClinicalReport({
        version,
        case: known,
        assessment,
        plan,
        pictures,
        priorPictures,
        siteEvidence,
      }),
    },
    ...(analysis.findings === null ? [] : [json('findings.json', analysis.findings)]),
    json('case.json', known),
    json('assessment.json', assessment),
    json('plan.json', plan),
  ];
  const primary = study?.series[study.reading.primary];
  if (study === null || primary === undefined) return files;
  const { series, reading } = study;
  const binary = (name: string, type: string, content: Uint8Array) => files.push({ name, type, content });
  const labels = writeNiftiLabels(labelsOnSourceGrid(primary, reading.labels), primary.source.niftiHeader);
  binary('labels.nii.gz', 'application/gzip', gzipSync(labels, { mtime: 0 }));
  const { corridors = [] } = reading.findings;
  if (corridors.length > 0)
    files.push(
      json(
        'corridors.json',
        corridors.map((one) =>
          isCorridor(one) ? { ...one, overlay: corridorOverlay(primary.volume, one) } : one,
        ),
      ),
    );
  if (primary.format !== 'dicom') return files;
  const { models, enumeration } = reading.findings;
  const stamp = { now: known.now, version, models, unnamed: enumeration.unnamed !== undefined };
  const seg = writeSegmentation(primary, reading.labels, stamp);
  if (seg.ok) binary('seg.dcm', 'application/dicom', seg.value.bytes);
  const others = series.filter((other) => other !== primary);
  const sr = writeReport(reading.findings, [primary, ...others], stamp, seg.ok ? seg.value : undefined);
  if (sr.ok) binary('sr.dcm', 'application/dicom', sr.value.bytes);
  files.push(json('bundle.json', studyBundle({ case: known, assessment, plan, now: known.now })));
  return files;
}
