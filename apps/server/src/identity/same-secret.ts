import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether somebody sent the secret that is wanted; how long the answer takes says nothing of where they differ, nor how long the secret is. */
export function sameSecret(sent: string | undefined, wanted: string): boolean {
  return timingSafeEqual(digest(sent ?? ''), digest(wanted)) && sent !== undefined;
}
