import { type DataSet, dataSet, items, text } from '@foramen/dicom';
import { displayNameOf, personNameOf } from '../records/person-name.ts';
import { find, type Peer, SOP } from './client.ts';

/** What is asked for; what is left out is anything. */
export interface WorklistWish {
  /** `YYYYMMDD`, or a range of two with `-` between (PS3.4 C.2.2.2.5). */
  readonly date?: string;
  readonly modality?: string;
  readonly station?: string;
}

/** A step that is planned for somebody. Null where the worklist says nothing. */
export interface PlannedStep {
  readonly patientId: string | null;
  readonly name: string;
  readonly birthDate: string | null;
  readonly accession: string | null;
  readonly studyUid: string | null;
  readonly modality: string | null;
  readonly station: string | null;
  /** `YYYY-MM-DDThh:mm`, or the day alone. */
  readonly start: string | null;
  readonly step: string | null;
}

/**
 * What a modality worklist (PS3.4 K) has planned, in the order of time.
 *
 * @throws AssociationError when the peer cannot be reached, refuses, or does not answer this kind of query
 */
export async function plannedSteps(
  peer: Peer,
  callingAe: string,
  wish: WorklistWish,
): Promise<readonly PlannedStep[]> {
  const identifier = dataSet({
    AccessionNumber: null,
    PatientName: null,
    PatientID: null,
    PatientBirthDate: null,
    PatientSex: null,
    StudyInstanceUID: null,
    RequestedProcedureDescription: null,
    RequestedProcedureID: null,
    ScheduledProcedureStepSequence: [
      dataSet({
        Modality: wish.modality ?? null,
        ScheduledStationAETitle: wish.station ?? null,
        ScheduledProcedureStepStartDate: wish.date ?? null,
        ScheduledProcedureStepStartTime: null,
        ScheduledProcedureStepDescription: null,
        ScheduledProcedureStepID: null,
      }),
    ],
  });
  const found = await find(peer, callingAe, SOP.worklist, identifier);
  return found
    .flatMap((entry) => {
      const steps = items(entry, 'ScheduledProcedureStepSequence');
      return steps.length === 0 ? [plannedOf(entry, undefined)] : steps.map((step) => plannedOf(entry, step));
    })
    .sort((a, b) => (a.start ?? '9').localeCompare(b.start ?? '9') || a.name.localeCompare(b.name));
}

type Keyword = Parameters<typeof text>[1];

function plannedOf(entry: DataSet, step: DataSet | undefined): PlannedStep {
  const of = (set: DataSet | undefined, keyword: Keyword): string | null => {
    const value = set === undefined ? undefined : text(set, keyword)?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const day = of(step, 'ScheduledProcedureStepStartDate');
  const time = of(step, 'ScheduledProcedureStepStartTime');
  return {
    patientId: of(entry, 'PatientID'),
    name: displayNameOf(personNameOf(of(entry, 'PatientName') ?? undefined)),
    birthDate: isoDate(of(entry, 'PatientBirthDate')),
    accession: of(entry, 'AccessionNumber'),
    studyUid: of(entry, 'StudyInstanceUID'),
    modality: of(step, 'Modality'),
    station: of(step, 'ScheduledStationAETitle'),
    start: startOf(isoDate(day), time),
    step: of(step, 'ScheduledProcedureStepDescription') ?? of(entry, 'RequestedProcedureDescription'),
  };
}

function isoDate(value: string | null): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(value ?? '');
  return parts === null ? null : `${parts[1]}-${parts[2]}-${parts[3]}`;
}

function startOf(day: string | null, time: string | null): string | null {
  const clock = /^(\d\d)(\d\d)/.exec(time ?? '');
  return day === null || clock === null ? day : `${day}T${clock[1]}:${clock[2]}`;
}
