import { refuse } from '../problem-error.ts';

/** Forms and documents; what is larger (pictures, genotypes) comes by routes of its own. */
const MAX_JSON_BYTES = 1 << 20;

export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  for await (const chunk of request.body) yield chunk;
}

/**
 * Refuses a body by the length that its sender announces: nobody has to send what will not be taken.
 *
 * @throws ProblemError 413
 */
export function refuseAnnounced(request: Request, most: number, help: string): void {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > most) throw refuse(413, 'too-large', 'body', `larger than ${most >> 20} MB`, help);
}

/**
 * The whole body in memory, of which the sender does not decide how much that is.
 *
 * @throws ProblemError 413 as soon as it is longer than `most` bytes, or says so beforehand.
 */
export async function wholeBody(
  request: Request,
  most: number,
  where: string,
  help: string,
): Promise<Buffer> {
  const tooLarge = () => refuse(413, 'too-large', where, `larger than ${most >> 20} MB`, help);
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws ProblemError 413 when it is longer than a document can be, 400 when it is not JSON. */
export async function jsonBody(request: Request): Promise<unknown> {
  const bytes = await wholeBody(request, MAX_JSON_BYTES, 'body', 'send one document at a time');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw refuse(400, 'unreadable', 'body', 'is not JSON', 'send a JSON document');
  }
}
