/**
 * The prose of letters and reports in plain words, so that every rule and the learned reader hear "an inability to dorsiflex" and "no longer
 * perceives the passage of flatus" as they hear "cannot lift the foot" and "does not notice". Lower case without accents, English and Spanish.
 */
type Rewrite = readonly [RegExp, string];

/** One word for one word. */
const WORDS: Readonly<Record<string, string>> = {
  perceive: 'notice',
  perceives: 'notices',
  perceived: 'noticed',
  perceiving: 'noticing',
  discern: 'notice',
  discerns: 'notices',
  commence: 'start',
  commences: 'starts',
  commenced: 'started',
  commencing: 'starting',
  ceased: 'stopped',
  discomfort: 'pain',
  corticosteroid: 'steroid',
  corticosteroids: 'steroids',
  glucocorticoid: 'steroid',
  glucocorticoids: 'steroids',
  forefoot: 'foot',
  hallux: 'great toe',
  ambulate: 'walk',
  ambulates: 'walks',
  ambulating: 'walking',
  ambulation: 'walking',
  recumbent: 'lying down',
  supine: 'lying down',
  syncope: 'fainted',
  syncopal: 'fainted',
  spouse: 'partner',
  ascend: 'climb',
  ascending: 'climbing',
  descending: 'going down',
  clothing: 'clothes',
  febricula: 'fiebre',
  discomforts: 'pains',
  percibe: 'nota',
  percibo: 'noto',
  percibia: 'notaba',
  percibido: 'notado',
  percibir: 'notar',
  percepcion: 'sensacion',
  percato: 'dio cuenta',
  percata: 'da cuenta',
  percatarse: 'darse cuenta',
  aprecia: 'nota',
  eeii: 'piernas',
  mmii: 'piernas',
  eid: 'pierna derecha',
  eii: 'pierna izquierda',
  deambular: 'caminar',
  deambula: 'camina',
  deambulacion: 'marcha',
  bipedestacion: 'estar de pie',
  hipoestesia: 'perdida de sensibilidad',
  elevar: 'levantar',
  attenuated: 'reduced',
  lessened: 'reduced',
  hypoaesthesia: 'numbness',
  hypoesthesia: 'numbness',
  hypaesthesia: 'numbness',
  hypesthesia: 'numbness',
  hypoaesthetic: 'numb',
  mtx: 'methotrexate',
  rtx: 'rituximab',
  ifx: 'infliximab',
  mmf: 'mycophenolate',
};
const WORD = new RegExp(`\\b(?:${Object.keys(WORDS).join('|')})\\b`, 'g');

const DAYS: Readonly<Record<string, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  weds: 'wednesday',
  thu: 'thursday',
  thur: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};
const DAY = new RegExp(`\\b(on|since|last|this|until|by|from) (${Object.keys(DAYS).join('|')})\\b`, 'g');

const PHRASES: readonly Rewrite[] = [
  // What is watched for is a list, not a finding.
  [
    /\b(looking out for|look out for|watch(?:ing)? (?:out )?for|advice given|safety[- ]?net(?:ted|ting)?(?: advice)?) ?:/g,
    '$1',
  ],
  // "I put 'no' to numbness because it is only round the tail bone" tells of it.
  [
    /\b(?:put|ticked|said|answered|wrote|marked|circled) (?:a )?['"]?no['"]? (?:to|for|at|on|about) (?=[^.;!?\n]{0,60}\b(?:because|but|only|although|however)\b(?! (?:i (?:have|feel)|there (?:is|are)|it is) (?:none|no\b|nothing|not|fine)))/g,
    'was asked about ',
  ],
  // How long it has been so, said in a sentence of its own, belongs to what was said.
  [
    /[.;] ?(?=(?:(?:it|this|that)(?:'s| has| is)? |has |have )?(?:always )?(?:been (?:like )?(?:that|this|so)(?: way)? (?:for|since)|unchanged (?:for|since)|(?:nothing|not) new\b))/g,
    ', ',
  ],
  [/\b(?:has |have |had |an |with |into |increasing |progressive |complete )*inability to\b/g, 'cannot'],
  [/\b(?:is |are |was |were )?incapable of (\w+)ing\b/g, 'cannot $1'],
  [/\b(?:is|are|was|were|has been|have been) no longer able to\b/g, 'can no longer'],
  [/\bhayfever\b/g, 'hay fever'],
  [/\blower (?:limbs|extremities)\b/g, 'legs'],
  [/\blower (?:limb|extremity)\b/g, 'leg'],
  [/\b(?:(?:a|brief|transient|momentary) )*(?:loss of consciousness|loc\b)/g, 'fainted'],
  [/\blost consciousness\b/g, 'fainted'],
  [
    /\b(?:reduction|decline|decrease|drop) (?:in|of) (?:body ?)?weight\b|\bweight (?:reduction|decline|decrease)\b/g,
    'weight loss',
  ],
  [/\b(?:absorbent|incontinence|continence) (?:underwear|products?|garments?|pants)\b/g, 'incontinence pads'],
  [/\b(diminished|reduced|impaired|decreased|no|little|less|lost|poor) awareness of\b/g, '$1 feeling of'],
  [/\bsustained a fall\b/g, 'fell'],
  [/\b(one|two|three|four|five) fifths\b/g, '$1/5'],
  [/\bone\/5\b/g, '1/5'],
  [/\btwo\/5\b/g, '2/5'],
  [/\bthree\/5\b/g, '3/5'],
  [/\bfour\/5\b/g, '4/5'],
  [/\bfive\/5\b/g, '5/5'],
  [
    /\b(power|strength|grade|graded|mrc)([^.;!?\n]{0,20}?)\b([0-5]) (?:out of|over) (?:5|five)\b/g,
    '$1$2$3/5',
  ],
  [/\b(?:extremidades|miembros) inferiores\b/g, 'piernas'],
  [/\b(?:extremidad|miembro) inferior\b/g, 'pierna'],
  [
    /\b(?:presenta|refiere|tiene|con|nota) (?:cierta |mucha |gran |mayor )?dificultad (?:para|en|al)\b/g,
    'le cuesta',
  ],
  [
    /\b(?:le |hasta )?(?:impide|impedirle|impedirme|imposibilita) (?=(?:sub|levant|mov|camin|and|extend|flexion|apoy)\w+)/g,
    'no puede ',
  ],
  [/\b(?:incapacidad|imposibilidad) (?:para|de)(?: la)?\b/g, 'no puede'],
  [
    /\bca\.? (?:de )?(?=(?:prostata|mama|colon|pulmon|recto|vejiga|rinon|gastrico|tiroides)\b)/g,
    'cancer de ',
  ],
];

/** Formal prose in plain words. */
export function plainly(text: string): string {
  return PHRASES.reduce((t, [formal, plain]) => t.replace(formal, plain), text)
    .replace(WORD, (word) => WORDS[word]!)
    .replace(DAY, (_, when: string, day: string) => `${when} ${DAYS[day]}`);
}
