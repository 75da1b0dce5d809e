import type { Language } from './frame-language.ts';
import { ROLE_NAME, type Role } from './who.ts';

/** What stands around every page: the bar, the account, what went wrong, and adding files to a record. */
export interface FrameWords {
  readonly toContent: string;
  readonly demo: string;
  readonly demoIs: string;
  readonly main: string;
  readonly worklist: string;
  readonly own: string;
  readonly accounts: string;
  readonly trail: string;
  readonly analyse: string;
  /** Left out on a telephone. */
  readonly analyseRest: string;
  readonly evidence: string;
  readonly light: string;
  readonly dark: string;
  readonly account: (name: string) => string;
  readonly yourAccount: string;
  readonly tokens: string;
  readonly signOut: string;
  readonly role: Readonly<Record<Role, string>>;
  /** What a window is called, by the first part of its address. */
  readonly titles: Readonly<Record<string, string>>;
  readonly notFound: {
    readonly title: string;
    readonly none: string;
    readonly notYours: string;
    readonly back: string;
  };
  readonly loading: string;
  readonly loadingRecord: string;
  readonly back: string;
  readonly close: string;
  readonly signIn: { readonly ended: string; readonly login: string; readonly password: string } & {
    readonly show: string;
    readonly enter: string;
    readonly wrong: string;
  };
  readonly wrong: {
    readonly ended: string;
    readonly forbidden: string;
    readonly gone: string;
    readonly large: string;
    readonly server: string;
    readonly away: string;
    readonly offline: string;
    readonly nameless: string;
    /** Before what the server says in English; empty where that is the page's language. */
    readonly asSaid: string;
  };
  readonly part: { readonly away: string; readonly failed: string; readonly again: string };
  readonly add: {
    readonly files: string;
    readonly to: (name: string) => string;
    readonly drop: string;
    readonly dropHint: string;
    readonly chooseFiles: string;
    readonly chooseFolder: string;
    readonly chosen: (n: number) => string;
    readonly remove: string;
    readonly store: string;
    readonly stays: string;
  };
}

const EN: FrameWords = {
  toContent: 'To the content',
  demo: 'Demonstration: every person here is generated. This server listens on this computer only.',
  demoIs: 'Demonstration',
  main: 'Main',
  worklist: 'Worklist',
  own: 'My record',
  accounts: 'Accounts',
  trail: 'Audit trail',
  analyse: 'Analyse',
  analyseRest: ' a study here',
  evidence: 'Evidence',
  light: 'Light colours',
  dark: 'Dark colours',
  account: (name) => `Account: ${name}`,
  yourAccount: 'Your account',
  tokens: 'Tokens for programs',
  signOut: 'Sign out',
  role: ROLE_NAME,
  titles: {
    analyse: 'Analyse a study here',
    evidence: 'Evidence base',
    patients: 'Record',
    accounts: 'Accounts',
    account: 'Your account',
    tokens: 'Tokens',
    trail: 'Audit trail',
  },
  notFound: {
    title: 'Not found',
    none: 'There is no page here.',
    notYours: 'There is no page here for this account.',
    back: 'Back to the start',
  },
  loading: 'Loading…',
  loadingRecord: 'Loading the record…',
  back: 'Back to the worklist',
  close: 'Close',
  signIn: {
    ended: 'Your session has ended. Sign in again: what you entered is still there.',
    login: 'Login',
    password: 'Password',
    show: 'Show what is typed',
    enter: 'Sign in',
    wrong: 'That login and password do not belong together.',
  },
  wrong: {
    ended: 'Your session has ended. Sign in again.',
    forbidden: 'You may not see this record.',
    gone: 'This record is not there, or it is not yours to see.',
    large: 'That is more than this server takes at once. Send less, or in parts.',
    server: 'The server could not do it just now. Try again in a moment.',
    away: 'The server cannot be reached. Check that it runs, then try again.',
    offline: 'This computer is offline. Try again when the network is back.',
    nameless: 'Something failed that has no name.',
    asSaid: '',
  },
  part: {
    away: 'This part of the page has not come: the server cannot be reached. It is asked for again by itself.',
    failed: 'This part of the page could not be shown. What was kept is safe on the server.',
    again: 'Load the page again',
  },
  add: {
    files: 'Add files',
    to: (name) => `Add to the record of ${name}`,
    drop: 'Drop a DICOM folder or a zip of one, a NIfTI, MHA or PNG file',
    dropHint:
      'With them, where there are any: a variant file (.vcf, .vcf.gz) or raw data of 23andMe or AncestryDNA (.txt, .zip), and an intake (.json)',
    chooseFiles: 'Choose files',
    chooseFolder: 'Choose a folder',
    chosen: (n) => `${n} ${n === 1 ? 'file' : 'files'}`,
    remove: 'Remove',
    store: 'Store and analyse',
    stays: 'What is there already stays. A newer variant file or intake is used instead of the one before.',
  },
};

const ES: FrameWords = {
  toContent: 'Ir al contenido',
  demo: 'Demostración: aquí todas las personas son inventadas. Este servidor solo atiende a este equipo.',
  demoIs: 'Demostración',
  main: 'Principal',
  worklist: 'Pacientes',
  own: 'Mi historia',
  accounts: 'Cuentas',
  trail: 'Registro de accesos',
  analyse: 'Analizar',
  analyseRest: ' una prueba aquí',
  evidence: 'Fuentes',
  light: 'Colores claros',
  dark: 'Colores oscuros',
  account: (name) => `Cuenta: ${name}`,
  yourAccount: 'Su cuenta',
  tokens: 'Claves para programas',
  signOut: 'Salir',
  role: {
    clinician: 'Médico',
    'care-team': 'Equipo',
    patient: 'Paciente',
    proxy: 'Otra persona',
    researcher: 'Estudios',
    admin: 'Administración',
    device: 'Aparato',
  },
  titles: {
    analyse: 'Analizar una prueba aquí',
    evidence: 'Evidencia',
    patients: 'Historia',
    accounts: 'Cuentas',
    account: 'Su cuenta',
    tokens: 'Claves para programas',
    trail: 'Registro de accesos',
  },
  notFound: {
    title: 'No encontrado',
    none: 'Aquí no hay ninguna página.',
    notYours: 'Aquí no hay ninguna página para esta cuenta.',
    back: 'Volver al inicio',
  },
  loading: 'Cargando…',
  loadingRecord: 'Cargando la historia…',
  back: 'Volver a la lista',
  close: 'Cerrar',
  signIn: {
    ended: 'Su sesión ha terminado. Entre otra vez: lo que escribió sigue ahí.',
    login: 'Usuario',
    password: 'Contraseña',
    show: 'Mostrar lo escrito',
    enter: 'Entrar',
    wrong: 'Ese usuario y esa contraseña no van juntos.',
  },
  wrong: {
    ended: 'Su sesión ha terminado. Entre otra vez.',
    forbidden: 'No puede ver esta historia.',
    gone: 'Esta historia no está, o no es suya.',
    large: 'Es más de lo que el servidor acepta de una vez. Envíe menos, o por partes.',
    server: 'El servidor no pudo hacerlo ahora. Pruebe otra vez en un momento.',
    away: 'No hay conexión con el servidor. Pruebe otra vez en un momento.',
    offline: 'Este equipo está sin red. Pruebe otra vez cuando vuelva.',
    nameless: 'Algo ha fallado.',
    asSaid: 'No se pudo hacer. El servidor lo explica así, en inglés:',
  },
  part: {
    away: 'Esta parte de la página no ha llegado: no hay conexión con el servidor. Se pide otra vez por sí sola.',
    failed: 'Esta parte de la página no se pudo mostrar. Lo que se guardó está a salvo en el servidor.',
    again: 'Cargar la página otra vez',
  },
  add: {
    files: 'Añadir archivos',
    to: (name) => `Añadir a la historia de ${name}`,
    drop: 'Suelte aquí una carpeta DICOM o un zip de ella, o un archivo NIfTI, MHA o PNG',
    dropHint:
      'Con ellos, si los hay: un archivo de variantes (.vcf, .vcf.gz) o los datos de 23andMe o AncestryDNA (.txt, .zip), y un cuestionario (.json)',
    chooseFiles: 'Elegir archivos',
    chooseFolder: 'Elegir una carpeta',
    chosen: (n) => (n === 1 ? 'un archivo' : `${n} archivos`),
    remove: 'Quitar',
    store: 'Guardar y analizar',
    stays:
      'Lo que ya hay se queda. Un archivo de variantes o un cuestionario nuevo vale en lugar del anterior.',
  },
};

export const FRAME_WORDS: Readonly<Record<Language, FrameWords>> = { en: EN, es: ES };
