import type { GenomicProfile, PerioperativeItem } from '@foramen/spine';
import { sayOnce, splitReasons } from './genome-reasons.ts';
import { dayHtml, escapeHtml as e } from './genome-style.ts';

const ROLE: Readonly<Record<PerioperativeItem['role'], string>> = {
  opioid: 'Opioid',
  nsaid: 'Anti-inflammatory',
  antiemetic: 'Against nausea',
  anaesthetic: 'Anaesthetic and relaxant',
  'local-anaesthetic': 'Local anaesthetic',
  'blood-thinner': 'Platelet inhibitor, where one is needed',
};

function part({ role, prefer, avoid, because }: PerioperativeItem): string {
  const { said, other } = splitReasons(because, [...prefer, ...avoid]);
  // What is said of every drug of the kind is said of all: the sheet has one page.
  const everyOne = `${avoid.join(', ')}: `;
  const lines = sayOnce(said).map((text) =>
    avoid.length > 2 && text.startsWith(everyOne) ? `all of these: ${text.slice(everyOne.length)}` : text,
  );
  const reasons = [...other, ...lines].map((text) => `<li>${e(text)}</li>`).join('');
  const out =
    avoid.length > 0 ? `<div><span class="chip avoid">Avoid</span> ${e(avoid.join(', '))}</div>` : '';
  const use = prefer.length > 0 ? e(prefer.join(', ')) : 'none of the usual ones fits: decide by other facts';
  return `<section><h3>${ROLE[role]}</h3><div><span class="chip ok">Prefer</span> ${use}</div>${out}<ul>${reasons}</ul></section>`;
}

/** Opioid, NSAID, antiemetic, anaesthetic, local anaesthetic and blood thinner on a sheet of its own, which bears whose it is. */
export function operationSheet(profile: GenomicProfile, now: string): string {
  const items = profile.perioperative ?? [];
  if (items.length === 0) return '';
  return `<div class="sheet"><h2>Around an operation</h2><p class="meta">Sample ${e(profile.sample)}, ${dayHtml(now)}. From genes, medicines, age, kidneys, illnesses and allergies as far as they were given; the anaesthetist decides.</p><div class="plan">${items.map(part).join('')}</div></div>`;
}
