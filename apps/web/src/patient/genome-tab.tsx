import { ACTION_LOOK, needsRow, sayOnce, sortReasons, unsettledBy } from '@foramen/report/genome';
import type { DrugAction, DrugActionKind, GenomicProfile } from '@foramen/spine';
import { guidanceName, shownPhenotype } from '@foramen/spine/genome';
import { Switch } from '@mantine/core';
import { Fragment, useState } from 'react';
import { capital } from '../frame/figures.ts';
import { WideTable } from '../frame/wide-table.tsx';

const ORDER: readonly DrugActionKind[] = [
  'avoid',
  'alternative',
  'reduce',
  'increase',
  'start-low',
  'monitor',
  'untested',
  'standard',
  'no-recommendation',
];
const TONE: Readonly<Partial<Record<DrugActionKind, string>>> = {
  avoid: 'avoid',
  alternative: 'avoid',
  reduce: 'adjust',
  increase: 'adjust',
  'start-low': 'adjust',
  monitor: 'review',
};

/** Drugs that every guideline treats alike, for the same reasons, are one row: the volatile anaesthetics, say. */
function alike(drugs: readonly OfOneDrug[]): readonly (readonly [names: readonly string[], of: OfOneDrug])[] {
  const rows = new Map<string, [string[], OfOneDrug]>();
  for (const of of drugs) {
    const key = JSON.stringify(of.map(({ drug: _, ...rest }) => rest));
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [[of[0].drug], of]);
    else row[0].push(of[0].drug);
  }
  return [...rows.values()];
}

type OfOneDrug = readonly [DrugAction, ...DrugAction[]];

/** One entry a drug, its most cautious guideline first; the drug with the most cautious advice comes first. */
function byDrug(all: readonly DrugAction[]): readonly OfOneDrug[] {
  const drugs = new Map<string, [DrugAction, ...DrugAction[]]>();
  for (const one of [...all].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action))) {
    const known = drugs.get(one.drug);
    if (known === undefined) drugs.set(one.drug, [one]);
    else known.push(one);
  }
  return [...drugs.values()].sort(
    ([a], [b]) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action) || a.drug.localeCompare(b.drug),
  );
}

const PART = {
  opioid: 'Opioid',
  nsaid: 'NSAID',
  antiemetic: 'Antiemetic',
  anaesthetic: 'Anaesthetic',
  'local-anaesthetic': 'Local anaesthetic',
  'blood-thinner': 'Blood thinner',
} as const;

export function GenomeTab({ genome }: { readonly genome: GenomicProfile }) {
  const [all, setAll] = useState(false);
  const drugs = byDrug(genome.drugs);
  const shown = all ? drugs : byDrug(genome.drugs.filter(needsRow));
  const unsettled = drugs.flatMap((one) => {
    const why = unsettledBy(one);
    return why.length === 0 ? [] : [[one[0].drug, why.join(', ')] as const];
  });
  const refused = genome.markers.filter((marker) => marker.verdict === 'refused');
  const called = Object.entries(genome.genes).filter(([, result]) => result.uncalled === undefined);
  const uncalled = new Map<string, string[]>();
  for (const [gene, result] of Object.entries(genome.genes)) {
    if (result.uncalled === undefined) continue;
    uncalled.set(result.uncalled, [...(uncalled.get(result.uncalled) ?? []), gene]);
  }
  return (
    <div className="fo-columns">
      <div>
        <section className="fo-panel fo-section">
          <div className="fo-row fo-pad">
            <h2>What this genotype says about drugs</h2>
            <span className="fo-grow" />
            <Switch
              size="xs"
              label={`All ${drugs.length} drugs`}
              checked={all}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
          </div>
          {shown.length === 0 ? (
            <p className="fo-pad fo-quiet">No drug that was looked at needs a change because of a gene.</p>
          ) : (
            <div className="fo-scroll">
              <table className="fo-table fo-drugs">
                <thead>
                  <tr>
                    <th>Drug</th>
                    <th>Action</th>
                    <th>Advice</th>
                    <th>Guideline</th>
                  </tr>
                </thead>
                <tbody>
                  {alike(shown).map(([names, of]) => (
                    <Drug key={of[0].drug} names={names} of={of} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {unsettled.length > 0 && (
            <p className="fo-pad fo-small">
              <span className="fo-chip" data-tone="warn">
                provisional
              </span>{' '}
              No change by what was read, which is not all that counts:{' '}
              {sayOnce(unsettled, 'sentence').join('; ')}.
            </p>
          )}
        </section>
        {genome.perioperative !== undefined && genome.perioperative.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Around an operation</h2>
            {genome.perioperative.map((item) => (
              <div className="fo-concordance" key={item.role}>
                <strong>{PART[item.role]}</strong>
                <div>
                  {item.prefer.length > 0 && (
                    <div>
                      <span className="fo-advice" data-advice="prefer">
                        Use
                      </span>{' '}
                      {item.prefer.join(', ')}
                    </div>
                  )}
                  {item.avoid.length > 0 && (
                    <div>
                      <span className="fo-advice" data-advice="avoid">
                        Leave
                      </span>{' '}
                      {item.avoid.join(', ')}
                    </div>
                  )}
                  {item.because.length > 0 && (
                    <div className="fo-small fo-quiet">{item.because.join('; ')}</div>
                  )}
                </div>
              </div>
            ))}
          </section>
        )}
      </div>
      <div>
        <section className="fo-panel fo-section">
          <h2 className="fo-pad">Genes</h2>
          <WideTable label="Genes">
            <table className="fo-table">
              <thead>
                <tr>
                  <th>Gene</th>
                  <th>Diplotype</th>
                  <th>Phenotype</th>
                </tr>
              </thead>
              <tbody>
                {called.map(([gene, result]) => (
                  <tr key={gene}>
                    <td>
                      <strong>{gene}</strong>
                    </td>
                    <td>
                      <Breakable text={fewOf(result.diplotypes)} />
                      {result.source === 'outside' && <div className="fo-quiet fo-small">called outside</div>}
                    </td>
                    <td>
                      {shownPhenotype(result)}
                      {result.activityScore !== null && (
                        <span className="fo-quiet"> · activity {result.activityScore}</span>
                      )}
                      {result.phenotypeWithDrugs !== undefined && (
                        <div className="fo-small">with present drugs: {result.phenotypeWithDrugs}</div>
                      )}
                      {result.structure !== undefined && !result.structure.assessed && (
                        <div className="fo-small fo-quiet">{result.structure.text}</div>
                      )}
                      {(result.notes.length > 0 || result.missingPositions.length > 0) && (
                        <details className="fo-more">
                          <summary>
                            {result.missingPositions.length > 0
                              ? `${result.missingPositions.length} positions missing`
                              : 'Notes'}
                          </summary>
                          <ul className="fo-small">
                            {result.notes.map((note) => (
                              <li key={note}>{note}</li>
                            ))}
                            {result.missingPositions.length > 0 && (
                              <li>{result.missingPositions.join(', ')}</li>
                            )}
                          </ul>
                        </details>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          {uncalled.size > 0 && (
            <div className="fo-pad fo-stack fo-tight">
              <h3>Not called</h3>
              {[...uncalled].map(([why, genes]) => (
                <p className="fo-small" key={why}>
                  <strong>{genes.join(', ')}</strong>: {why}
                </p>
              ))}
            </div>
          )}
        </section>
        {genome.markers.length > 0 && (
          <section className="fo-panel fo-pad fo-section">
            <h2>Markers of pain and degeneration</h2>
            <p className="fo-quiet fo-small">
              Research grade. They never change a plan on their own. Refused ones are listed too, because
              panels are sold on them.
            </p>
            {genome.markers
              .filter((marker) => marker.verdict !== 'refused')
              .map((marker) => (
                <Marker key={marker.marker} marker={marker} />
              ))}
            {refused.length > 0 && (
              <details className="fo-more">
                <summary>{refused.length} refused, with the numbers that refuse them</summary>
                {refused.map((marker) => (
                  <Marker key={marker.marker} marker={marker} />
                ))}
              </details>
            )}
          </section>
        )}
        {genome.ledger !== undefined && genome.ledger.length > 0 && (
          <details className="fo-more">
            <summary>Tables this was read with</summary>
            <ul className="fo-small">
              {genome.ledger.map((entry) => (
                <li key={entry.what}>
                  {entry.what}: {entry.source}, {entry.version} ({entry.dated})
                  {entry.secondHand !== undefined && `; second-hand: ${entry.secondHand}`}
                </li>
              ))}
            </ul>
          </details>
        )}
        <p className="fo-quiet fo-small">
          Sample {genome.sample}, {genome.assembly}. A gene that could not be called is never shown as normal.
        </p>
      </div>
    </div>
  );
}

/** A diplotype of long names may be broken between its two alleles, nowhere else. */
function Breakable({ text }: { readonly text: string }) {
  const [first = '', ...rest] = text.split('/');
  return (
    <>
      {first}
      {rest.map((part, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have an order and no other name
        <Fragment key={n}>
          /<wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** Diplotypes that fit equally well; a long list is named by its first few. */
function fewOf(diplotypes: readonly string[]): string {
  if (diplotypes.length === 0) return '—';
  const rest = diplotypes.length - 3;
  return diplotypes.slice(0, 3).join(' or ') + (rest > 0 ? ` or ${rest} more` : '');
}

function Marker({ marker }: { readonly marker: GenomicProfile['markers'][number] }) {
  return (
    <div className="fo-concordance">
      <div>
        <strong>{marker.marker}</strong>
        <div className="fo-small fo-quiet">{capital(marker.verdict)}</div>
      </div>
      <div>
        {marker.genotype !== undefined && <span className="fo-chip">{marker.genotype}</span>} {marker.text}
        {marker.effect !== undefined && <span className="fo-quiet"> {marker.effect}</span>}
        <div className="fo-small fo-quiet">{marker.sources.join('; ')}</div>
      </div>
    </div>
  );
}

/** Where a guideline differs from the one above it is seen without opening it: `DPWG: reduce`. */
function others(list: readonly DrugAction[]): string {
  return list.map((one) => `${guidanceName(one)}: ${ACTION_LOOK[one.action].word.toLowerCase()}`).join(' · ');
}

/** One drug, or several alike: its most cautious guideline in full, what the others say in a line that opens. */
function Drug({ names, of: [drug, ...rest] }: { readonly names: readonly string[]; readonly of: OfOneDrug }) {
  const { person, care } = sortReasons(drug.because);
  return (
    <tr>
      <td>
        <strong>{names.join(', ')}</strong>
        <div className="fo-small fo-quiet">{drug.genes.join(', ')}</div>
      </td>
      <td>
        <span className="fo-advice" data-advice={TONE[drug.action]}>
          {ACTION_LOOK[drug.action].word}
        </span>
        <div className="fo-small fo-quiet">{drug.strength === 'none' ? '' : drug.strength}</div>
        {drug.provisional !== undefined && (
          <span className="fo-chip" data-tone="warn" title={drug.provisional}>
            provisional
          </span>
        )}
      </td>
      <td>
        {drug.doseText ?? drug.because[0]}
        {drug.dependsOn !== undefined && <div className="fo-small">Only if {drug.dependsOn}</div>}
        {person.length > 0 && <div className="fo-small">This person: {person.join('; ')}</div>}
        {drug.alternatives.length > 0 && (
          <div className="fo-small fo-quiet">
            Instead: {[drug.alternatives.join(', '), ...care].join('; ')}
          </div>
        )}
        <details className="fo-more">
          <summary>Why</summary>
          <ul className="fo-small">
            {drug.because.map((why) => (
              <li key={why}>{why}</li>
            ))}
          </ul>
        </details>
        {rest.length > 0 && (
          <details className="fo-more">
            <summary>{others(rest)}</summary>
            <ul className="fo-small">
              {rest.map((one) => (
                <li
                  key={`${one.guideline ?? ''} ${one.genes.join()} ${one.population ?? ''} ${one.indication ?? ''}`}
                >
                  <b>{ACTION_LOOK[one.action].word}</b>
                  {one.provisional === undefined ? '' : ' (provisional)'}: {one.doseText ?? one.because[0]}.{' '}
                  {one.because.join('; ')}.
                  <div className="fo-quiet">
                    <SourceText drug={one} />
                  </div>
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
      <td className="fo-small fo-quiet">
        <SourceText drug={drug} />
      </td>
    </tr>
  );
}

function SourceText({ drug }: { readonly drug: DrugAction }) {
  return (
    <>
      {drug.sources.join(', ')}
      {drug.population !== undefined && <div>For {drug.population}</div>}
      {drug.verified === false && <div>Second-hand: check it at its source before relying on it</div>}
    </>
  );
}
