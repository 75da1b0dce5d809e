import { isoDay } from '@foramen/spine';
import { useLanguage } from '../judgement/reader.tsx';
import { day, moment } from './figures.ts';

/** A day in the language of the page, with the machine's own date beside it; a text that is no date stays as it is. */
export function Day({ of }: { readonly of: string }) {
  const language = useLanguage();
  const iso = isoDay(of);
  return iso === null ? of : <time dateTime={iso}>{day(of, language)}</time>;
}

/** A moment, which is kept in UTC and says so. */
export function Moment({ of }: { readonly of: string }) {
  const language = useLanguage();
  return <time dateTime={of}>{moment(of, language)} UTC</time>;
}
