import { explain } from '@foramen/care';
import type { Reason, Statement } from '@foramen/spine';
import { useSiteEvidence } from '../evidence/site-evidence.ts';
import { Link } from '../frame/router.tsx';

interface ExplainedReasonsProps {
  readonly because: readonly Reason[];
  readonly reader?: 'clinician' | 'patient';
  readonly language?: string;
}

const KIND = { fact: 'Fact', evidence: 'Evidence', rule: 'Rule' } as const;
const HECHO = { fact: 'Dato', evidence: 'Fuente', rule: 'Regla' } as const;

/**
 * The chain behind a statement, in words for its reader: the clinician sees each record with its citation and whether it was checked,
 * the patient the facts and the sources.
 */
export function ExplainedReasons({ because, reader = 'clinician', language = 'en' }: ExplainedReasonsProps) {
  const statement: Statement = {
    key: '',
    text: '',
    strength: 'insufficient',
    because: because as Statement['because'],
  };
  const names = language === 'es' ? HECHO : KIND;
  const { base } = useSiteEvidence();
  const all = explain(statement, reader, { language, evidence: base }).because;
  // Several records of one study are one source to a patient.
  const reasons =
    reader === 'clinician' ? all : all.filter((one, n) => all.findIndex((o) => o.text === one.text) === n);
  return (
    <ul className="fo-reasons">
      {reasons.map((reason) => (
        <li key={`${reason.ref} ${reason.text}`}>
          <span className="fo-reason-kind">{names[reason.kind]}</span>
          <span>
            <span {...(reader === 'patient' && reason.kind === 'evidence' ? { lang: 'en' } : {})}>
              {reason.text}
            </span>{' '}
            {reader === 'clinician' &&
              (reason.kind === 'evidence' ? (
                <Link className="fo-path" to={`/evidence?id=${encodeURIComponent(reason.ref)}`}>
                  {reason.ref}
                </Link>
              ) : (
                <code className="fo-path">{reason.ref}</code>
              ))}
            {base.overridden.has(reason.ref) ? (
              <span className="fo-chip" data-tone="warn">
                {language === 'es' ? 'cifra propia del centro' : "the site's own figure"}
              </span>
            ) : (
              reason.verified === false && (
                <span className="fo-chip" data-tone="warn">
                  {reason.assumed === true
                    ? language === 'es'
                      ? 'cifra nuestra, sin medir'
                      : 'our own figure, not measured'
                    : language === 'es'
                      ? 'sin comprobar'
                      : 'not checked in print'}
                </span>
              )
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
