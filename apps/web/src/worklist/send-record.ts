import { kindOf, mayBeArray } from '../analyse/sort-files.ts';
import { sendBytes, sendForm, sendJson } from '../api/client.ts';

type Kind = ReturnType<typeof kindOf>;

/** Enough of a file to tell raw data of an array from other text. */
const HEAD_BYTES = 8192;

async function byKind(files: readonly File[]): Promise<ReadonlyMap<Kind, readonly File[]>> {
  const sorted = new Map<Kind, File[]>();
  for (const file of files) {
    const head = mayBeArray(file.name) ? await file.slice(0, HEAD_BYTES).arrayBuffer() : new ArrayBuffer(0);
    const kind = kindOf(file.name, new Uint8Array(head));
    const same = sorted.get(kind);
    if (same) same.push(file);
    else sorted.set(kind, [file]);
  }
  return sorted;
}

/** The one file of a kind; two of them would be two patients. */
function oneOf(sorted: ReadonlyMap<Kind, readonly File[]>, kind: 'genome' | 'intake'): File | null {
  const [first, second] = sorted.get(kind) ?? [];
  if (second !== undefined)
    throw new Error(
      `${second.name} is a second ${kind === 'genome' ? 'variant' : 'intake'} file: import one patient at a time`,
    );
  return first ?? null;
}

/**
 * Stores files in the record of a new patient: who first, then intake and genome, then the study, so that the one analysis that starts
 * last sees everything. An intake that is no JSON is refused before anything is stored. `made` hears of the record as soon as it exists; when
 * something after that fails, the next attempt gives it back as `known`, and nobody is there twice.
 */
export async function sendRecord(
  files: readonly File[],
  name: string,
  known: string | null,
  made: (patientId: string) => void,
): Promise<void> {
  const sorted = await byKind(files);
  const pictures = sorted.get('picture') ?? [];
  const genome = oneOf(sorted, 'genome');
  const intake = oneOf(sorted, 'intake');
  const answers = intake === null ? null : parsed(intake.name, await intake.text());
  let patientId = known;
  if (patientId === null && (name !== '' || answers !== null || genome !== null)) {
    const person = answers?.person;
    const patient = await sendJson<{ readonly id: string }>('POST', '/api/patients', {
      name: name === '' ? 'Unnamed patient' : name,
      ...(person?.sex === undefined ? {} : { sex: person.sex }),
      ...(person?.birthDate === undefined ? {} : { birthDate: person.birthDate }),
    });
    patientId = patient.id;
    made(patientId);
  }
  if (patientId !== null) {
    const base = `/api/patients/${encodeURIComponent(patientId)}`;
    if (answers !== null) await sendJson('PUT', `${base}/intake`, answers);
    if (genome !== null) await sendBytes('PUT', `${base}/genome`, genome, 'text/plain');
  }
  if (pictures.length === 0) return;
  const form = new FormData();
  if (patientId !== null) form.append('patientId', patientId);
  for (const file of pictures) form.append('files', file, file.name);
  await sendForm('/api/studies', form);
}

interface Answers {
  readonly person?: { readonly sex?: string; readonly birthDate?: string };
}

function parsed(name: string, text: string): Answers {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Answers;
    }
  } catch {
    // Said below.
  }
  throw new Error(`${name} is not an intake document`);
}
