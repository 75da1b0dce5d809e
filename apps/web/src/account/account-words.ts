import type { Language } from '../frame/frame-language.ts';
import { ROLE_TEXT, type Role } from '../frame/who.ts';

/** What the page of one's own account says; patients read it in the language of their record. */
export interface AccountWords {
  readonly whoYouAre: string;
  readonly name: string;
  readonly login: string;
  readonly role: string;
  readonly may: Readonly<Record<Role, string>>;
  readonly changedBy: (another: boolean) => string;
  readonly programs: string;
  readonly tokens: string;
  readonly never: string;
  readonly password: string;
  readonly noPassword: string;
  readonly change: string;
  readonly button: string;
  readonly present: string;
  readonly next: string;
  readonly nextHelp: string;
  readonly again: string;
  readonly show: (label: string) => string;
  readonly elsewhere: string;
  readonly short: (shortest: number) => string;
  readonly same: string;
  readonly differ: string;
  readonly changed: (endedSessions: number) => string;
  readonly chosenByOther: (name: string) => string;
  readonly choose: string;
  readonly given: string;
}

const EN: AccountWords = {
  whoYouAre: 'Who you are',
  name: 'Name',
  login: 'Login',
  role: 'Role',
  may: ROLE_TEXT,
  changedBy: (another) => `Name and role are changed by ${another ? 'another' : 'an'} administrator.`,
  programs: 'Programs that act in your name have',
  tokens: 'tokens',
  never: ', never your password; they go on when you change it.',
  password: 'Password',
  noPassword: 'This account has no password: the demonstration signs it in by itself.',
  change: 'Change your password',
  button: 'Change the password',
  present: 'Present password',
  next: 'New password',
  nextHelp:
    'At least 12 characters. A few words that have nothing to do with each other are easy to keep and hard to guess.',
  again: 'New password once more',
  show: (label) => `Show what is typed: ${label}`,
  elsewhere:
    'Wherever else you are signed in, you are signed out. Forgotten it? An administrator gives you a first one, which you change when you sign in.',
  short: (shortest) => `The new password needs at least ${shortest} characters.`,
  same: 'The new password is the present one.',
  differ: 'The new password was typed in two different ways.',
  changed: (ended) =>
    ended === 0
      ? 'Password changed. You were signed in nowhere else.'
      : `Password changed. ${ended === 1 ? 'One other session was' : `${ended} other sessions were`} ended; there the new one is asked for.`,
  chosenByOther: (name) =>
    `${name}, the password you signed in with was chosen by somebody else. Choose one that only you know; then you are there.`,
  choose: 'Choose your password',
  given: 'Password you were given',
};

const ES: AccountWords = {
  whoYouAre: 'Quién es usted',
  name: 'Nombre',
  login: 'Usuario',
  role: 'Como',
  may: {
    clinician: 've y trata a los pacientes de su equipo; en una urgencia abre otros, con un motivo',
    'care-team': 'lee a los pacientes de su equipo, sin los genes; escribe cuestionarios y diarios',
    patient: 've su historia, responde el cuestionario, escribe el diario, da y quita permisos',
    proxy: 've la historia de quien le ha nombrado, sin los genes, y escribe el diario',
    researcher: 've historias sin nombre, con permiso para estudios',
    admin: 'cuida las cuentas y el registro de accesos; no ve pacientes',
    device: 'un visor, un escáner o un PACS: solo DICOM, con claves',
  },
  changedBy: (another) =>
    `El nombre y el papel los cambia ${another ? 'otra persona de' : 'la'} administración.`,
  programs: 'Los programas que actúan en su nombre tienen',
  tokens: 'claves',
  never: ', nunca su contraseña; siguen cuando la cambia.',
  password: 'Contraseña',
  noPassword: 'Esta cuenta no tiene contraseña: la demostración entra sola.',
  change: 'Cambiar la contraseña',
  button: 'Cambiarla',
  present: 'Contraseña de ahora',
  next: 'Contraseña nueva',
  nextHelp:
    'Al menos 12 letras o signos. Unas palabras sin nada en común son fáciles de guardar y difíciles de acertar.',
  again: 'La nueva, otra vez',
  show: (label) => `Mostrar lo escrito: ${label}`,
  elsewhere:
    'En los otros sitios donde ha entrado, se sale. ¿La ha olvidado? La administración le da una primera, y usted la cambia al entrar.',
  short: (shortest) => `La contraseña nueva necesita al menos ${shortest} letras o signos.`,
  same: 'La contraseña nueva es la de ahora.',
  differ: 'La contraseña nueva no se escribió igual las dos veces.',
  changed: (ended) =>
    ended === 0
      ? 'Contraseña cambiada. No había entrado en ningún otro sitio.'
      : `Contraseña cambiada. Se ${ended === 1 ? 'cerró otra sesión' : `cerraron otras ${ended} sesiones`}; ahí se pide la nueva.`,
  chosenByOther: (name) =>
    `${name}, la contraseña con la que entró la eligió otra persona. Elija una que solo usted sepa y ya está.`,
  choose: 'Elija su contraseña',
  given: 'Contraseña que le dieron',
};

export const ACCOUNT_WORDS: Readonly<Record<Language, AccountWords>> = { en: EN, es: ES };
