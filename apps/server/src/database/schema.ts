import type {
  Assessment,
  CarePlan,
  GenomicProfile,
  Intake,
  MarkDrawing,
  PatientCase,
  Problem,
  SpineFindings,
} from '@foramen/spine';
import type { ColumnType, Generated } from 'kysely';

/** The tables as kysely sees them; `migrations/` is the truth. */
type Json<T> = ColumnType<T, string, string>;
type Stamp = ColumnType<Date, Date | undefined, Date>;

export type Role = 'clinician' | 'care-team' | 'patient' | 'proxy' | 'researcher' | 'admin' | 'device';
export type JobState = 'queued' | 'running' | 'done' | 'failed';
export type StudySource = 'dicom' | 'nifti' | 'png' | 'mha';

/** What a job is told besides its patient and study. */
export interface JobOrder {
  /** Of a sample person. */
  readonly seed?: number;
  /** Answers or genes are new and no picture: what was read of the pictures stands. */
  readonly onlyFacts?: true;
  /** Higher goes first. */
  readonly priority?: number;
}

export interface Row {
  site_id: string;
  id: string;
}

export interface Schema {
  sites: { id: string; created_at: Stamp; audit_seq: Generated<number>; audit_hash: Generated<string> };
  accounts: Row & {
    login: string;
    name: string;
    role: Role;
    password_hash: string | null;
    patient_id: string | null;
    demo: Generated<boolean>;
    disabled: Generated<boolean>;
    must_change_password: Generated<boolean>;
    failed_attempts: Generated<number>;
    locked_until: Date | null;
    created_at: Stamp;
  };
  sessions: Row & { account_id: string; csrf: string; created_at: Stamp; seen_at: Stamp; expires_at: Date };
  api_tokens: Row & {
    hash: string;
    account_id: string;
    name: string;
    scopes: string[];
    created_by: string;
    created_at: Date;
    expires_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  patients: Row & {
    name: string;
    birth_date: string | null;
    sex: Generated<'female' | 'male' | 'unknown'>;
    /** As DICOM writes it, with all its groups; null where the record was not made from an object. */
    person_name: string | null;
    /** `person_name`, or `name` written so, folded for searching; null in rows of an older backup. */
    name_key: string | null;
    medical_record_number: string | null;
    /** Who gave the number (0010,0021). */
    id_issuer: string | null;
    /** As an object gives it: `sex` has no place for O. */
    sex_code: 'M' | 'F' | 'O' | null;
    sample: Generated<boolean>;
    story: string | null;
    deidentified: Generated<boolean>;
    /** Of the newest judgement; kept by the database. */
    urgency_rank: ColumnType<number, never, never>;
    /** The name in small letters; kept by the database. */
    sort_name: ColumnType<string, never, never>;
    created_at: Stamp;
  };
  relationships: Row & {
    account_id: string;
    patient_id: string;
    kind: 'care-team' | 'proxy' | 'self' | 'break-glass';
    reason: string | null;
    valid_from: Stamp;
    valid_until: Date | null;
    /** Ended by somebody, whatever the clock says. */
    ended: Generated<boolean>;
  };
  consents: Row & {
    patient_id: string;
    scope: 'treatment' | 'genome' | 'research' | 'proxy';
    decision: 'permit' | 'deny';
    recorded_at: Stamp;
    recorded_by: string;
  };
  blobs: Row & { object: string; size: number; created_at: Stamp };
  studies: Row & {
    patient_id: string;
    study_uid: string | null;
    study_date: string | null;
    /** `HHMMSS`, and a fraction where there is one. */
    study_time: string | null;
    /** Study ID (0020,0010): the department's own number. */
    study_label: string | null;
    /** As DICOM writes names: `Family^Given`. */
    referring_physician: string | null;
    referrer_key: string | null;
    description: string | null;
    accession_number: string | null;
    source: StudySource;
    spacing: number[] | null;
    received_from: string | null;
    created_at: Stamp;
    updated_at: Stamp;
    arrived_at: Date | null;
    settled_at: Date | null;
  };
  series: Row & {
    study_id: string;
    series_uid: string;
    number: number | null;
    modality: string | null;
    description: string | null;
    body_part: string | null;
  };
  instances: Row & {
    series_id: string;
    study_id: string;
    sop_uid: string;
    sop_class: string;
    transfer_syntax: string;
    number: number | null;
    rows: number | null;
    columns: number | null;
    frames: Generated<number>;
    blob_id: string;
    metadata: string;
    received_from: string | null;
    created_at: Stamp;
  };
  documents: Row & {
    study_id: string;
    kind: 'report';
    blob_id: string;
    /** The genotype it speaks of. */
    genome_id: Generated<string | null>;
    created_at: Stamp;
  };
  deidentified_copies: Row & {
    source_study_id: string;
    study_id: string;
    options: Json<unknown>;
    made_by: string;
    made_at: Stamp;
  };
  study_files: Row & { study_id: string; name: string; position: number; blob_id: string };
  pictures: Row & {
    study_id: string;
    number: number;
    series_uid: string | null;
    description: string | null;
    modality: string | null;
    role: string | null;
    plane: Generated<string>;
    columns: number;
    rows: number;
    slices: number;
    spacing: number[];
    ijk_to_lps: number[] | null;
    window_center: number | null;
    window_width: number | null;
    key_slice: Generated<number>;
    volume_blob: string;
    labels_blob: string | null;
  };
  findings: Row & { study_id: string; body: Json<SpineFindings>; created_at: Stamp };
  reader_marks: Row & {
    study_id: string;
    mark_id: string;
    revision: number;
    removed: Generated<boolean>;
    body: Json<MarkDrawing>;
    frame_of_reference_uid: string | null;
    account_id: string;
    created_at: Stamp;
  };
  intakes: Row & {
    patient_id: string;
    body: Json<Intake>;
    account_id: Generated<string | null>;
    created_at: Stamp;
  };
  intake_drafts: Row & {
    patient_id: string;
    account_id: string;
    body: Json<Readonly<Record<string, unknown>>>;
    based_on: string | null;
    revision: number;
    updated_at: Date;
  };
  genomes: Row & {
    patient_id: string;
    blob_id: string;
    profile: ColumnType<GenomicProfile | null, string | null, string | null>;
    created_at: Stamp;
  };
  judgements: Row & {
    patient_id: string;
    study_id: string | null;
    patient_case: Json<PatientCase>;
    assessment: Json<Assessment>;
    plan: Json<CarePlan>;
    /** Whose order led to it. */
    account_id: Generated<string | null>;
    job_id: Generated<string | null>;
    /** Taken from plan and assessment by the database. */
    urgency: ColumnType<CarePlan['urgency'] | null, never, never>;
    headline: ColumnType<string | null, never, never>;
    created_at: Stamp;
  };
  plan_acceptances: Row & {
    patient_id: string;
    judgement_id: string;
    revision: number;
    /** False: an acceptance taken back. */
    accepted: boolean;
    account_id: string;
    created_at: Stamp;
  };
  diary_entries: Row & {
    patient_id: string;
    date: string;
    pain: number | null;
    steps: number | null;
    note: string | null;
    revision: Generated<number>;
    account_id: Generated<string | null>;
    created_at: Stamp;
  };
  jobs: Row & {
    kind: string;
    patient_id: string | null;
    study_id: string | null;
    state: Generated<JobState>;
    percent: Generated<number>;
    step: string | null;
    seconds_left: number | null;
    problems: ColumnType<readonly Problem[], string | undefined, string>;
    attempts: Generated<number>;
    created_by: string | null;
    ordered: ColumnType<JobOrder, string | undefined, never>;
    created_at: Stamp;
    started_at: Date | null;
    updated_at: Stamp;
  };
  commitments: Row & {
    caller: string;
    transaction_uid: string;
    wanted: Json<readonly (readonly [sopClass: string, sopUid: string])[]>;
    created_at: Stamp;
    reported_at: Date | null;
  };
  procedure_steps: Row & {
    study_uids: string[];
    status: 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED';
    caller: string;
    objects: Generated<string[]>;
    settled_at: Date | null;
    created_at: Stamp;
    updated_at: Stamp;
  };
  audit: {
    site_id: string;
    seq: number;
    at: Date;
    account_id: string | null;
    role: string | null;
    path: string;
    action: string;
    resource: string;
    resource_id: string | null;
    patient_id: string | null;
    outcome: 'allowed' | 'denied' | 'failed';
    reason: string | null;
    previous: string;
    hash: string;
  };
}
