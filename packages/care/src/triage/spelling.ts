/**
 * Red-flag words as they should be spelled. A long word one slip away from one of these (a letter too many, too few, wrong or swapped; two
 * slips from nine letters on) is read as it, so that "incontinance" and "protate cancer" are heard. Lower case without accents.
 */
const KNOWN =
  `abscess absceso anaesthesia anesthesia anestesia aneurysm aneurisma antibiotics antibioticos anticoagulant apixaban bladder
bilateral breast cancer carcinoma catheter cauda chemotherapy chills colorectal confused constipated corticoides cortisone debilidad dentist
dialysis diabetes dormido dormida embarrassing endocarditis entumecido entumecida entrepierna epidural equina erection erections ereccion
escalofrios faeces feverish fiebre fracture genitals genitales haemodialysis heroin heroina hesitancy immunosuppressed incontinence
incontinencia incontinent infection infeccion infected injection intercourse leukaemia leukemia linfoma lymphoma malignant mastectomy
melanoma metastasis metastases mieloma myeloma numbness operation orinar orina orgasm osteoporosis osteoporotic paralysed paralysis paralisis
perineum perineal prednisolone prednisone prostate prostata progressive pulsating quadriceps radiotherapy retencion retention rigors saddle
scaffold scaffolding sensation sensacion sensibilidad septicaemia sepsis shingles shivering shivers spastic steroids stumbling surgery
temperature temperatura thighs tingling tiritona transplant tripping tuberculosis tumour tumor urgency urinate urinating urination urinary
urine vagina vejiga warfarin weakness weaker weight rivaroxaban`
    .split(/\s+/)
    .filter((w) => w.length >= 5);

/** Real words that lie one slip from a red-flag word and mean something else. */
const REAL = new Set(
  `temperatures carcinoid pulsatile leucemia mastectomia cortisona prednisona trasplante trasplantado trasplantada dialisis operacion operaciones inyeccion
inyecciones cateter erecciones metastatic insertion insertions progressing anaesthetic anesthetic antibiotic shivery urinario urinaria infectado
infectada fractura fracturas cancel cancels canter dancer cancers chill chilli breasts breath beast thigh things sights tights infections injections operations operating
operate weights height eight urines marine saddles sadder paddle ladder bladders fevers fewer number numbers bumpiness dumbness lumpiness
inflation inflicted inflict inflicting singles reception wright intention intentions intentional execution executions inspection inspected confessed invention weaver
inception injunction induction weighs heroic heroine chilly chiles trapping eruption eruptions infested tipping constituted operative electrons
fractured fractures surgeon surgeries surgical steroid tumours tumors rations retentions cortisol aspirin urinals debilita
diabetic dentists dental denting confuse confusing confusion constipation sensations sensational election elections direction directions
ejection rejection orbital urgently agency tripping dripping gripping stripping weaken weakens weakened wealth orin orino orinal sensible
orinado vejigas dormidos dormidas dormir dormid espastic infecting infectious infect inject injected injecting infecciones malignancy
paralyse paralytic mesa catheters progression progressed progress transplanted transplants bilaterally vaginal vaginas urinal thinks things
infarct infarcts infarction infarctions infarcted infarto infartos infartado infarction infusion infusions quadrupled tingle tingles tingled genital perineo prostatic fiebres temperate osteoarthritis unsteady shiver`.split(
    /\s+/,
  ),
);

const BY_LETTER = new Map<string, string[]>();
for (const word of KNOWN) {
  const list = BY_LETTER.get(word[0]!);
  if (list === undefined) BY_LETTER.set(word[0]!, [word]);
  else list.push(word);
}
const EXACT = new Set(KNOWN);

/** Slips between two words (insertion, deletion, change, swap of neighbours), or more than `most`. */
function slips(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d = Math.min(d, before[j - 2]! + 1);
      row.push(d);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** A word as a red-flag word where it is one of those misspelled; every other word as it is. */
function corrected(word: string): string {
  if (word.length < 6 || EXACT.has(word) || REAL.has(word)) return word;
  const most = word.length >= 9 ? 2 : 1;
  let best: string | undefined;
  let least = most + 1;
  for (const known of BY_LETTER.get(word[0]!) ?? []) {
    // An inflected form of a known word is no slip.
    if (word.startsWith(known)) continue;
    const d = slips(word, known, most);
    if (d < least) {
      best = known;
      least = d;
    }
  }
  return best ?? word;
}

/** Text with its misspelled red-flag words put right. */
export function spelled(text: string): string {
  return text.replace(/[a-z]{6,}/g, corrected);
}
