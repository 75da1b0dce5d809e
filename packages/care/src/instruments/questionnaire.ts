import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { Instrument } from './instrument.ts';
import { INSTRUMENTS } from './score.ts';

/** FHIR R4 Questionnaire, the parts that are used here, as plain JSON. */
interface FhirQuestionnaireItem {
  readonly linkId: string;
  readonly prefix: string;
  readonly text?: string;
  readonly type: 'choice' | 'decimal';
  readonly required: boolean;
  readonly repeats: false;
  readonly answerOption?: readonly { readonly valueInteger: number }[];
  readonly extension?: readonly { readonly url: string; readonly valueDecimal: number }[];
}
interface FhirQuestionnaire {
  readonly resourceType: 'Questionnaire';
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly title: string;
  readonly status: 'active';
  readonly experimental: false;
  readonly subjectType: readonly ['Patient'];
  readonly copyright: string;
  readonly description: string;
  readonly item: readonly FhirQuestionnaireItem[];
}

const MIN = 'http://hl7.org/fhir/StructureDefinition/minValue';
const MAX = 'http://hl7.org/fhir/StructureDefinition/maxValue';
const CANONICAL = 'urn:foramen:questionnaire';

interface QuestionnaireOptions {
  /** Item texts in order, from the clinic's own licensed copy. None is shipped. */
  readonly itemText?: readonly string[];
  readonly base?: EvidenceBase;
}

/** Items that the scoring rule lets be missing. */
const OPTIONAL_ITEMS = new Set(['odi', 'rmdq', 'dn4', 'promis-29', 'promis-29-v2.0', 'promis-29-v2.1']);

/** `odi-3` is item 3; the same id stands in the answers. */
export const linkIdOf = (instrument: string, item: number): string => `${instrument}-${item}`;

/**
 * One instrument as a FHIR R4 Questionnaire: link ids and numeric answer options in the instrument's order, so that the
 * answers score without a mapping. Item texts are the owners' and are left out unless the clinic gives its own.
 */
export function questionnaireOf(
  instrument: Instrument,
  options: QuestionnaireOptions = {},
): FhirQuestionnaire {
  const described = recordOf('instrument', `instrument/${instrument.id}`, options.base ?? EVIDENCE);
  return {
    resourceType: 'Questionnaire',
    id: instrument.id,
    url: `${CANONICAL}:${instrument.id}`,
    version: '1.0.0',
    name: instrument.id.replace(/(?:^|-)([a-z0-9])/g, (_, c: string) => c.toUpperCase()),
    title: described.name,
    status: 'active',
    experimental: false,
    subjectType: ['Patient'],
    copyright: `Item ${described.licence}`,
    description: `${described.scoring}. Missing items: ${described.missingRule}.`,
    item: instrument.ranges.map(([low, high], i) => {
      const text = options.itemText?.[i];
      const common = {
        linkId: linkIdOf(instrument.id, i + 1),
        prefix: String(i + 1),
        ...(text === undefined ? {} : { text }),
        required: !OPTIONAL_ITEMS.has(instrument.id),
        repeats: false as const,
      };
      // A rating that may lie between whole numbers is typed in; everything else is chosen.
      return instrument.decimal && high - low >= 10
        ? {
            ...common,
            type: 'decimal' as const,
            extension: [
              { url: MIN, valueDecimal: low },
              { url: MAX, valueDecimal: high },
            ],
          }
        : {
            ...common,
            type: 'choice' as const,
            answerOption: Array.from({ length: high - low + 1 }, (_, k) => ({ valueInteger: low + k })),
          };
    }),
  };
}

/** Every instrument as a Questionnaire. */
export function allQuestionnaires(base: EvidenceBase = EVIDENCE): readonly FhirQuestionnaire[] {
  return INSTRUMENTS.map((i) => questionnaireOf(i, { base }));
}

interface AnsweredItem {
  readonly linkId?: unknown;
  readonly answer?: readonly { readonly valueInteger?: number; readonly valueDecimal?: number }[];
}

/**
 * Answers of a QuestionnaireResponse in the instrument's order; an item without an answer is null. Nested groups are not
 * looked into: the questionnaires made here are flat.
 */
export function answersOf(
  instrument: Instrument,
  response: { readonly item?: readonly AnsweredItem[] },
): readonly (number | null)[] {
  const given = new Map((response.item ?? []).map((i) => [i.linkId, i.answer?.[0]]));
  return instrument.ranges.map((_, i) => {
    const answer = given.get(linkIdOf(instrument.id, i + 1));
    return answer?.valueInteger ?? answer?.valueDecimal ?? null;
  });
}
