import type { Language } from '../judgement/reader.tsx';
import { CONSENT_TEXT, type ConsentScope, OWN_ACCESSES, OWN_CONSENTS } from './consents.ts';

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
  },
};
