import { readFileSync } from 'node:fs';

/** Of the whole product: written into results, reports and jobs. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
