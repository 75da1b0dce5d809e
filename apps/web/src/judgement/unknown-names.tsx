import { catalogueFor } from '@foramen/care';

/** Unknowns of a value-of-information list by their names, in one line. */
export function UnknownNames({
  of,
  reader,
}: {
  readonly of: readonly string[];
  readonly reader: 'clinician' | 'patient';
}) {
  const { terms } = catalogueFor('en');
  return of
    .map((id) => {
      const term = terms[`unknown.${id}`];
      return term === undefined ? id : typeof term === 'string' ? term : term[reader];
    })
    .join(', ');
}
