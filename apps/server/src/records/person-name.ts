/** Letters of a person name that are kept: three groups of 64 (PS3.5, 6.2), and what makers put beyond. */
const LONGEST = 400;

/**
 * A person name as an object gives it, all components and groups, without what is empty at the end of each group.
 *
 * @returns null where nothing is left
 */
export function personNameOf(value: string | undefined): string | null {
  const name = (value ?? '')
    .replace(/\0/g, '')
    .slice(0, LONGEST)
    .split('=')
    .map((group) => group.trim().replace(/[\^\s]+$/, ''))
    .join('=')
    .replace(/=+$/, '');
  return name === '' ? null : name;
}

/** What a page shows where nobody gave a name. */
export const NO_NAME = 'No name';

/** Marks that turn or hide what stands beside them on a page (Unicode UAX 9), and control characters: kept as sent, never shown. */
const TURNS_LINES = /[\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029\u2060\ufeff]/gu;

/** `Vogt^Anna^^Dr.` reads as "Anna Vogt"; where the first group says nothing, the next that does. */
export function displayNameOf(value: string | null): string {
  const shown = (value ?? '').replace(TURNS_LINES, '');
  const group = shown.split('=').find((g) => /[^^\s]/.test(g)) ?? '';
  const [family, given] = group.split('^').map((part) => part.trim());
  const name = [given, family].filter((part) => part !== undefined && part !== '').join(' ');
  return name === '' ? NO_NAME : name.slice(0, 200);
}

/** A name that was typed ("Anna Vogt") as DICOM writes it: its first word is taken for the given name. */
export function writtenName(display: string): string {
  const [given, ...family] = display.split(' ');
  return family.length === 0 ? display : `${family.join(' ')}^${given}`;
}

/**
 * A name for comparing: case does not count in any script (PS3.4, C.2.2.2.1 leaves that to us), accents do. Made here and not by the database, whose
 * letters depend on how it was set up. A Greek sigma is one letter wherever it stands.
 */
export const foldedName = (name: string): string =>
  name.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');

/** The words of a name, folded, of all components and groups. */
export function nameWords(name: string | null): ReadonlySet<string> {
  return new Set(
    foldedName(name ?? '')
      .split(/[\s^=,.'-]+/)
      .filter((word) => word !== ''),
  );
}
