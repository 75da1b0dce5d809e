import { FRAME_WORDS } from '../frame/frame-words.ts';
import type { Role } from '../frame/who.ts';
import type { Language } from '../judgement/reader.tsx';
import {
  CONSENT_TEXT,
  type ConsentScope,
  DID_EN,
  type DidWords,
  OWN_ACCESSES,
  OWN_CONSENTS,
} from './consents.ts';

interface ConsentWords {
  readonly consent: string;
  readonly own: string;
  readonly scope: typeof CONSENT_TEXT;
  readonly state: Readonly<Record<'none' | 'permit' | 'deny', string>>;
  readonly give: string;
  readonly withdraw: string;
  readonly giveOf: (name: string) => string;
  readonly withdrawOf: (name: string) => string;
  readonly every: (n: number) => string;
  readonly recordedBy: string;
  readonly seen: string;
  readonly seenHelp: string;
  readonly access: {
    readonly may: string;
    readonly who: string;
    readonly as: string;
    readonly why: string;
    readonly since: string;
    readonly until: string;
    readonly day: string;
    readonly what: string;
    readonly nobody: string;
    readonly kind: Readonly<Record<'care-team' | 'proxy' | 'self' | 'break-glass', string>>;
    readonly role: Readonly<Record<Role, string>>;
    /** Reasons the product itself writes; anybody else's stand as they were written. */
    readonly reason: Readonly<Record<string, string>>;
    readonly you: string;
    readonly device: string;
    readonly byProgram: string;
    readonly emergency: string;
    readonly to: string;
    readonly newest: string;
    readonly older: string;
  };
  readonly did: DidWords;
}

const ES: Readonly<Record<ConsentScope, (typeof CONSENT_TEXT)[ConsentScope]>> = {
  treatment: {
    name: 'Tratamiento',
    open: 'Su equipo puede ver la historia.',
    given: 'Su equipo puede ver la historia.',
    withdrawn: 'Su equipo no ve la historia. En una urgencia se puede abrir, y hay que decir por qué.',
  },
  genome: {
    name: 'Genes',
    open: 'Los médicos que le tratan pueden ver sus genes.',
    given: 'Los médicos que le tratan pueden ver sus genes.',
    withdrawn: 'Solo usted ve sus genes.',
  },
  research: {
    name: 'Investigación',
    open: 'No se da nada para estudios.',
    given: 'Se pueden usar copias sin su nombre para estudios.',
    withdrawn: 'No se da nada para estudios. Las copias de antes no se ven.',
  },
  proxy: {
    name: 'Otra persona',
    open: 'Nadie más ve su historia.',
    given: 'La persona que usted nombra ve su historia, pero no sus genes.',
    withdrawn: 'Nadie más ve su historia.',
  },
};

/** What a patient reads where they decide who may see what. */
export const CONSENT_WORDS: Readonly<Record<Language, ConsentWords>> = {
  en: {
    consent: 'Consent',
    own: OWN_CONSENTS,
    scope: CONSENT_TEXT,
    state: { none: 'not recorded', permit: 'given', deny: 'withdrawn' },
    give: 'Give',
    withdraw: 'Withdraw',
    giveOf: (name) => `Give consent: ${name}`,
    withdrawOf: (name) => `Withdraw consent: ${name}`,
    every: (n) => `Every decision so far (${n})`,
    recordedBy: 'recorded by',
    seen: 'Who has seen my record',
    seenHelp: OWN_ACCESSES,
    access: {
      may: 'Who may see this record',
      who: 'Who',
      as: 'As',
      why: 'Why',
      since: 'Since',
      until: 'Until',
      day: 'Day',
      what: 'What',
      nobody: 'Nobody is on record.',
      kind: { 'care-team': 'care team', proxy: 'proxy', self: 'the patient', 'break-glass': 'emergency' },
      role: FRAME_WORDS.en.role,
      reason: {},
      you: 'You',
      device: 'A device of the clinic',
      byProgram: 'by a program',
      emergency: 'opened in an emergency',
      to: 'to',
      newest: 'Newest',
      older: 'Older',
    },
    did: DID_EN,
  },
  es: {
    consent: 'Permisos',
    own: 'Usted decide y puede cambiar cuando quiera. Lo que decide queda escrito. Vale lo último.',
    scope: ES,
    state: { none: 'sin decidir', permit: 'dado', deny: 'quitado' },
    give: 'Dar',
    withdraw: 'Quitar',
    giveOf: (name) => `Dar permiso: ${name}`,
    withdrawOf: (name) => `Quitar permiso: ${name}`,
    every: (n) => `Todo lo decidido hasta hoy (${n})`,
    recordedBy: 'lo apuntó',
    seen: 'Quién ha visto mi historia',
    seenHelp: 'La lista solo puede crecer. Nadie la cambia sin que se note. Las horas son UTC.',
    access: {
      may: 'Quién puede ver esta historia',
      who: 'Quién',
      as: 'Como',
      why: 'Por qué',
      since: 'Desde',
      until: 'Hasta',
      day: 'Día',
      what: 'Qué',
      nobody: 'No hay nadie apuntado.',
      kind: {
        'care-team': 'su equipo',
        proxy: 'quien usted nombra',
        self: 'usted',
        'break-glass': 'una urgencia',
      },
      role: FRAME_WORDS.es.role,
      reason: { 'made the record': 'abrió la historia', 'own record': 'es su historia' },
      you: 'Usted',
      device: 'Un aparato de la clínica',
      byProgram: 'con un programa',
      emergency: 'se abrió en una urgencia',
      to: 'a',
      newest: 'Lo último',
      older: 'Lo de antes',
    },
    did: {
      thing: {
        patient: 'el nombre y lo principal',
        study: 'las pruebas',
        picture: 'las imágenes',
        findings: 'lo que se ve en ellas',
        judgement: 'la valoración y el plan',
        intake: 'las respuestas',
        diary: 'el diario',
        genome: 'los genes',
        job: 'los análisis',
        consent: 'los permisos',
        team: 'el equipo',
        audit: 'esta lista',
      },
      read: (what) => `vio ${what}`,
      changed: (what) => `cambió ${what}`,
      refused: (n) => (n === 1 ? 'se le negó una vez' : `se le negó ${n} veces`),
    },
  },
};
