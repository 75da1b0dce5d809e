import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { keyring } from '../../apps/server/src/blobs/keyring.ts';
import { FileBlobStore } from '../../apps/server/src/blobs/store.ts';
import { dataSetStart, sendAll } from '../../apps/server/src/dicom/sender.ts';
import { encodePng } from '../../apps/server/src/pictures/png.ts';
import { testObject } from '../../apps/server/src/testing/objects.ts';
import { SAMPLE_SIZE, trainingSamples } from '../../packages/phantom/src/index.ts';
import type { Clinician, Product } from './product.ts';
import type { Phase, Tally, Way } from './tally.ts';

/** What was acknowledged, and by what it is known again: data sets by SOP instance, files by study, days of the diary by their steps. */
export interface Kept {
  readonly objects: Map<string, string>;
  readonly uploads: Map<string, string>;
  readonly answers: Set<number>;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Without the file's head, which over C-STORE the receiver writes. */
export const withoutHead = (bytes: Uint8Array): Uint8Array => bytes.subarray(dataSetStart(bytes));

/** Between one thing sent and the next of the same way. */
const PAUSE_MS: Readonly<Record<Way, number>> = { 'C-STORE': 5, STOW: 5, upload: 1_200, answer: 20 };

/** How far from the middle of the body a slice may lie. */
const MIDDLE_MM = 12;

/** Sends by all four ways at once, each thing after the answer to the one before. */
export class Load {
  readonly kept: Kept = { objects: new Map(), uploads: new Map(), answers: new Set() };
  readonly #product: Product;
  readonly #clinician: Clinician;
  readonly #tally: Tally;
  readonly #scanner: FileBlobStore;
  readonly #sent: Record<Way, number> = { 'C-STORE': 0, STOW: 0, upload: 0, answer: 0 };
  // Their analyses are under way when the disk runs full, and none may fail: only slices that cut the vertebrae.
  readonly #slices = [...trainingSamples('full disk', 8)]
    .filter(({ truth }) => Math.abs(truth.offsetMm) < MIDDLE_MM)
    .map(({ image }) => image);
  #phase: Phase = 'room';

  /** `scannerDir`: where objects lie before they go out by C-STORE, not on the small disk. */
  constructor(product: Product, clinician: Clinician, tally: Tally, scannerDir: string) {
    this.#product = product;
    this.#clinician = clinician;
    this.#tally = tally;
    this.#scanner = new FileBlobStore(scannerDir, keyring([randomBytes(32).toString('base64')]));
  }

  async during(phase: Phase, seconds: number): Promise<void> {
    this.#phase = phase;
    const until = Date.now() + seconds * 1_000;
    const keep = async (way: Way, send: (n: number) => Promise<void>): Promise<void> => {
      while (Date.now() < until) {
        await send(this.#sent[way]++);
        await delay(PAUSE_MS[way]);
      }
    };
    await Promise.all([
      keep('C-STORE', (n) => this.#store(n)),
      keep('STOW', (n) => this.#stow(n)),
      keep('upload', (n) => this.#upload(n)),
      keep('answer', (n) => this.#answer(n)),
    ]);
  }

  /** Asks `times` for a new analysis of what was uploaded; how often that was taken. */
  async analysesAgain(times: number): Promise<number> {
    const studies = [...this.kept.uploads.keys()];
    let taken = 0;
    for (let n = 0; n < times; n++) {
      const reply = await this.#fetch('POST', `/api/studies/${studies[n % studies.length]}/analysis`);
      if (reply.status === 202) taken++;
      await reply.body?.cancel();
    }
    return taken;
  }

  async #store(n: number): Promise<void> {
    const made = testObject({ study: `c${n >> 5}`, patient: 'FULL-C', instance: n & 31, side: 512 });
    const { object } = await this.#scanner.put(made.bytes);
    const item = {
      sopClass: '1.2.840.10008.5.1.4.1.1.4',
      sopUid: made.sopUid,
      transferSyntax: '1.2.840.10008.1.2.1',
      object,
    };
    const to = { aeTitle: 'FORAMEN', host: '127.0.0.1', port: this.#product.dicomPort };
    try {
      const result = await sendAll(to, 'SCANNER', this.#scanner, [item]);
      this.#note('C-STORE', result.failed === 0 ? 'stored' : 'refused');
      if (result.failed === 0) this.kept.objects.set(made.sopUid, sha256(withoutHead(made.bytes)));
    } catch {
      this.#note('C-STORE', 'no association');
    }
    await this.#scanner.remove(object);
  }

  #stow(n: number): Promise<void> {
    const made = testObject({ study: `s${n >> 5}`, patient: 'FULL-S', instance: n & 31, side: 512 });
    const body = Buffer.concat([
      Buffer.from('--part\r\nContent-Type: application/dicom\r\n\r\n'),
      made.bytes,
      Buffer.from('\r\n--part--\r\n'),
    ]);
    const type = 'multipart/related; type="application/dicom"; boundary=part';
    return this.#answered('STOW', this.#fetch('POST', '/dicomweb/studies', body, type), async (reply) => {
      this.kept.objects.set(made.sopUid, sha256(withoutHead(made.bytes)));
      await reply.arrayBuffer();
    });
  }

  #upload(n: number): Promise<void> {
    const slice = Uint8Array.from(this.#slices[n % this.#slices.length]!);
    // No two alike, so that each is an object of its own.
    slice.set(randomBytes(64));
    const png = encodePng(SAMPLE_SIZE, SAMPLE_SIZE, 1, slice);
    const form = new FormData();
    form.append('files', new File([new Uint8Array(png)], `upload ${n}.png`));
    return this.#answered('upload', this.#fetch('POST', '/api/studies', form), async (reply) => {
      const { studyId } = (await reply.json()) as { studyId: string };
      this.kept.uploads.set(studyId, sha256(png));
    });
  }

  #answer(n: number): Promise<void> {
    const path = `/api/patients/${this.#clinician.patientId}/diary/2026-01-01`;
    const body = JSON.stringify({ pain: n % 11, steps: n, note: null });
    return this.#answered('answer', this.#fetch('PUT', path, body, 'application/json'), async (reply) => {
      this.kept.answers.add(n);
      await reply.arrayBuffer();
    });
  }

  #fetch(method: string, path: string, body: RequestInit['body'] = null, type?: string): Promise<Response> {
    return fetch(`${this.#product.url}${path}`, {
      method,
      headers: { ...this.#clinician.headers, ...(type !== undefined && { 'content-type': type }) },
      body,
    });
  }

  async #answered(
    way: Way,
    asked: Promise<Response>,
    took: (reply: Response) => Promise<void>,
  ): Promise<void> {
    try {
      const reply = await asked;
      this.#note(way, String(reply.status));
      if (reply.ok) await took(reply);
      else await reply.body?.cancel();
    } catch (error) {
      // A refusal before the body was read may meet a sender that is still sending.
      const code = (error as { cause?: { code?: string } }).cause?.code ?? 'connection closed';
      this.#note(way, `cut off (${code})`);
    }
  }

  #note(way: Way, outcome: string): void {
    this.#tally.note(this.#phase, way, outcome);
  }
}
