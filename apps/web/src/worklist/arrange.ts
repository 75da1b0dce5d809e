import type { AnalysisState, PatientSummary } from '../api/shapes.ts';
import { URGENCY_ORDER } from '../judgement/urgency.tsx';

export type Column = 'urgency' | 'name' | 'age' | 'studies' | 'analysis';
export interface Order {
  readonly by: Column;
  readonly down: boolean;
}

const STATES: readonly AnalysisState['state'][] = ['failed', 'running', 'queued', 'none', 'done'];

/** The patients that match, in order: emergencies come first unless another column is asked for; names break ties. */
export function arrange(
  patients: readonly PatientSummary[],
  text: string,
  urgency: string,
  order: Order,
): readonly PatientSummary[] {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (patient: PatientSummary) => {
    if (urgency !== 'all' && patient.urgency !== urgency) return false;
    const hay = [patient.name, patient.headline ?? '', patient.story ?? '', String(patient.ageYears ?? '')]
      .join(' ')
      .toLowerCase();
    return terms.every((term) => hay.includes(term));
  };
  const rank = (patient: PatientSummary) =>
    patient.urgency === null ? URGENCY_ORDER.length : URGENCY_ORDER.indexOf(patient.urgency);
  const value = (a: PatientSummary, b: PatientSummary): number => {
    switch (order.by) {
      case 'urgency':
        return rank(a) - rank(b);
      case 'name':
        return a.name.localeCompare(b.name);
      case 'age':
        return (a.ageYears ?? 999) - (b.ageYears ?? 999);
      case 'studies':
        return (b.latestStudyDate ?? '').localeCompare(a.latestStudyDate ?? '');
      case 'analysis':
        return STATES.indexOf(a.analysis.state) - STATES.indexOf(b.analysis.state);
    }
  };
  return patients
    .filter(matches)
    .sort((a, b) => (order.down ? -1 : 1) * value(a, b) || rank(a) - rank(b) || a.name.localeCompare(b.name));
}
