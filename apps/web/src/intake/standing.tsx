import { buildCase, explain, triage } from '@foramen/care';
import { useDeferredValue, useMemo } from 'react';
import { UrgencyBadge } from '../judgement/urgency.tsx';
import { type Answers, sendable } from './answers.ts';
import type { Language } from './fields.ts';
import { INTAKE_WORDS } from './intake-words.ts';

/**
 * How urgent the answers are as they stand, by the same triage the server runs: whoever answers yes to a danger is told at once, and
 * not after the last page.
 */
export function Standing(props: {
  readonly answers: Answers;
  readonly language: Language;
  readonly reader: 'clinician' | 'patient';
  /** The moment the form was opened, ISO 8601. */
  readonly now: string;
  /** Says nothing until it is urgent. */
  readonly quiet?: boolean;
}) {
  const answers = useDeferredValue(props.answers);
  const judged = useMemo(() => {
    const built = buildCase({ patientId: 'form', now: props.now, intake: sendable(answers) });
    return built.ok ? triage(built.value) : null;
  }, [answers, props.now]);
  if (judged === null || Object.keys(answers).length === 0) return null;
  const words = INTAKE_WORDS[props.language];
  const open = judged.flags.reduce((sum, flag) => sum + flag.ask.length, 0);
  const leading = judged.statements[0];
  const emergency = judged.urgency === 'emergency';
  if (props.quiet === true && !emergency && judged.urgency !== 'urgent') return null;
  return (
    <section
      className="fo-banner fo-standing"
      data-urgency={judged.urgency}
      aria-label={words.soFar}
      role={emergency ? 'alert' : 'status'}
    >
      <div className="fo-banner-head">
        <span className="fo-quiet fo-small">{words.soFar}</span>
        <UrgencyBadge urgency={judged.urgency} language={props.language} />
        {open > 0 && <span className="fo-quiet fo-small">{words.openQuestions(open)}</span>}
      </div>
      {leading !== undefined && <p>{explain(leading, props.reader, { language: props.language }).text}</p>}
      {emergency && props.reader === 'patient' && <p>{words.emergency}</p>}
    </section>
  );
}
