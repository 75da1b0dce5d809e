import { readFileSync } from 'node:fs';

/** Version of the product, from its one package file. */
export const PRODUCT_VERSION: string = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
