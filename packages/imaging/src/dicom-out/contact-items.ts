import type { DataSet } from '@foramen/dicom';
import type { ContactEvidence, ContactGrade, LevelFindings, Side } from '@foramen/spine';
import { dcm, own } from './coded-concept.ts';
import { codeItem, numberItem, textItem } from './content-item.ts';
import { LATERALITY, SIDE_CODE, UNIT } from './finding-codes.ts';

const GRADES = ['none', 'contact', 'deviation', 'compression'] as const satisfies readonly ContactGrade[];

interface Contact {
  /** Begins the codes: `sac`, or `root-S1`. */
  readonly code: string;
  readonly of: string;
  readonly grade: ContactGrade;
  readonly p: number;
  readonly read?: ContactEvidence;
  readonly side?: Side;
}

/**
 * Contact of disc tissue with the dural sac and with each root: grade (Pfirrmann 2004), its probability, and where it was read from a picture the
 * probability of every grade, the free distance and the reason. What was not assessed is a comment with what is missing.
 */
export function contactItems(level: LevelFindings): readonly DataSet[] {
  const sac = level.sacContact;
  return [
    ...(sac === undefined
      ? []
      : 'abstained' in sac
        ? [notAssessed('dural sac', sac.abstained)]
        : contact({ code: 'sac', of: 'dural sac', grade: sac.grade, p: sac.p, read: sac.read })),
    ...(level.rootContacts ?? []).flatMap((one) =>
      contact({
        code: `root-${one.root}`,
        of: `${one.path ? `${one.path} ` : ''}root ${one.root}`,
        grade: one.grade,
        p: one.p,
        side: one.side,
        ...(one.read ? { read: one.read } : {}),
      }),
    ),
    ...(level.rootsNotAssessed ?? []).map((one) =>
      notAssessed(`${one.path} root ${one.root}, ${one.side}`, one.abstained),
    ),
  ];
}

function contact({ code, of, grade, p, read, side }: Contact): readonly DataSet[] {
  const modifiers = side === undefined ? [] : [codeItem('HAS CONCEPT MOD', LATERALITY, SIDE_CODE[side])];
  const name = `Contact of disc tissue with ${of}`;
  return [
    codeItem('CONTAINS', own(code, name), own(`contact-${grade.slice(0, 6)}`, WORD[grade]), modifiers),
    numberItem(own(`p-${code}`, `Probability of that: ${of}`), p, UNIT.one, modifiers),
    ...(read === undefined
      ? []
      : [
          ...read.byGrade.map((each, n) =>
            numberItem(
              own(`p-${code}-${n}`, `Probability of ${GRADES[n]}: ${of}`),
              each,
              UNIT.one,
              modifiers,
            ),
          ),
          numberItem(
            own(`free-${code}`, `Free distance of disc tissue to ${of}`),
            read.clearanceMm,
            UNIT.mm,
            modifiers,
          ),
          comment(
            `${name}${side === undefined ? '' : ` (${side})`}, ${read.planes.join(' and ')}: ${read.because}`,
          ),
        ]),
  ];
}

const WORD: Readonly<Record<ContactGrade, string>> = {
  none: 'No contact',
  contact: 'Contact without displacement',
  deviation: 'Displaced by disc tissue',
  compression: 'Compressed by disc tissue',
};

function notAssessed(of: string, why: string): DataSet {
  return comment(`Contact with ${of} not assessed: ${why}`);
}

function comment(value: string): DataSet {
  return textItem('CONTAINS', dcm('121106', 'Comment'), value);
}
