/**
 * Text of a file that does not say how it is written: UTF-8, without its byte order mark; where it is none, Windows-1252, in which older programs of Europe and
 * the Americas write, and which every sequence of bytes is.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
