import { catalogueFor } from '@foramen/care';
import { capital } from '../frame/figures.ts';
import type { Language } from './aid-words.ts';

/** The option's name as a patient says it. */
export function optionName(id: string, fallback: string, language: Language): string {
  const found = catalogueFor(language).terms[`option.${id}`];
  const text = found === undefined ? fallback : typeof found === 'string' ? found : found.patient;
  return text === '' ? fallback : capital(text);
}
