import { corridorRoom, crestHeight } from '@foramen/imaging';
import {
  type Corridor,
  type CorridorAbstained,
  type CorridorAnswer,
  type CorridorHazard,
  type DiscLevel,
  isCorridor,
} from '@foramen/spine';
import { Select } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { Mark } from './marks-store.ts';
import './corridor.css';

const CORRIDOR_NAME: Readonly<Record<CorridorAnswer['kind'], string>> = {
  kambin: "Kambin's triangle",
  transforaminal: 'Transforaminal, under the pedicle',
  interlaminar: 'Interlaminar',
  tubular: 'Paramedian tube',
  pedicle: 'Pedicle axis',
  'l5s1-transforaminal': 'Lateral way past the iliac crest',
};

const HAZARDS: readonly { readonly to: CorridorHazard; readonly name: string }[] = [
  { to: 'root', name: 'Exiting root (place assumed)' },
  { to: 'sac', name: 'Dural sac' },
  { to: 'bone', name: 'Facet and arch' },
];

interface CorridorPanelProps {
  readonly all: readonly CorridorAnswer[];
  readonly level: DiscLevel | null;
  readonly onLevel: (level: DiscLevel) => void;
  readonly shown: Corridor | null;
  readonly onShow: (corridor: Corridor | null) => void;
  /** Tops of the iliac crests that were marked. */
  readonly crests: readonly Mark[];
  readonly marking: boolean;
  readonly onMark: () => void;
  /** Titles of the series that can be shown. */
  readonly titles: readonly string[];
}

const keyOf = (c: CorridorAnswer): string => `${c.kind} ${c.level} ${c.vertebra ?? ''} ${c.side}`;

const nameOf = (c: CorridorAnswer): string =>
  `${CORRIDOR_NAME[c.kind]}${c.vertebra === undefined ? '' : ` ${c.vertebra}`}${c.side === 'midline' ? '' : `, ${c.side}`}`;

/** The ways to one level, what each keeps clear of, and why the others are not given. */
export function CorridorPanel(props: CorridorPanelProps) {
  const { all, shown, onShow } = props;
  const levels = useMemo(() => [...new Set(all.map((c) => c.level))], [all]);
  const level =
    props.level !== null && levels.includes(props.level) ? props.level : (shown?.level ?? levels[0]);
  const here = all.filter((c) => c.level === level);
  const ways = here.filter(isCorridor);
  const missing = here.filter((c): c is CorridorAbstained => !isCorridor(c));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another level starts with its first way; choosing a way is not undone
  useEffect(() => {
    if (shown?.level !== level) onShow(ways.find((way) => way.fits) ?? ways[0] ?? null);
  }, [level]);
  const current = ways.find((way) => shown !== null && keyOf(way) === keyOf(shown)) ?? null;
  const crest = missing.find((c) => c.kind === 'l5s1-transforaminal');
  return (
    <section className="fo-panel fo-pad fo-ways" aria-label="Corridors">
      <div className="fo-row">
        <h2>Corridors</h2>
        <Select
          size="xs"
          aria-label="Level of the corridors"
          className="fo-ways-level"
          allowDeselect={false}
          data={levels}
          value={level ?? null}
          onChange={(value) => value !== null && props.onLevel(value as DiscLevel)}
        />
        <strong className="fo-ways-warning">Planning geometry, not navigation.</strong>
        <span className="fo-quiet fo-small">
          Measured supine on diagnostic slices, distances less a margin of 2 mm: it shows what may fit, and
          guides no instrument.
        </span>
      </div>
      <div className="fo-ways-grid">
        <fieldset className="fo-bare">
          <legend className="fo-quiet fo-small">Ways that could be measured</legend>
          {ways.length === 0 && <p className="fo-quiet">None at this level.</p>}
          {ways.map((way) => (
            <label key={keyOf(way)} className="fo-way-choice">
              <input type="radio" name="corridor" checked={current === way} onChange={() => onShow(way)} />
              <span>{nameOf(way)}</span>
              <Room of={way} />
            </label>
          ))}
        </fieldset>
        {current !== null && <Numbers way={current} />}
      </div>
      {missing.some((c) => c !== crest) && (
        <details className="fo-more">
          <summary>{missing.filter((c) => c !== crest).length} not given</summary>
          <ul className="fo-small">
            {missing
              .filter((c) => c !== crest)
              .map((c) => (
                <li key={keyOf(c)}>
                  {nameOf(c)}: {c.abstained}
                </li>
              ))}
          </ul>
        </details>
      )}
      {crest !== undefined && <Crest {...props} answer={crest} />}
    </section>
  );
}

const ROOM = {
  room: { text: 'room', tone: 'good' },
  doubtful: { text: 'room in doubt', tone: 'warn' },
  narrow: { text: 'too narrow', tone: 'warn' },
} as const;

function Room({ of }: { readonly of: Corridor }) {
  const { text, tone } = ROOM[corridorRoom(of)];
  return (
    <span className="fo-chip" data-tone={tone}>
      {text}
    </span>
  );
}

function Numbers({ way }: { readonly way: Corridor }) {
  const rows = HAZARDS.flatMap(({ to, name }) => {
    const mm = way.clearanceMm[to];
    const within = way.uncertaintyMm[to];
    if (mm === null || within === null) return [];
    return [{ to, mm, within, name: to === 'bone' && way.kind === 'pedicle' ? 'Pedicle wall' : name }];
  });
  return (
    <div>
      <div className="fo-scroll">
        <table className="fo-table fo-ways-table">
          <thead>
            <tr>
              <th>From the axis to</th>
              <th className="fo-num">mm, less margin</th>
              <th className="fo-num fo-wide-only">95% interval</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ to, name, mm, within }) => (
              <tr key={to} data-to={to}>
                <td>
                  <i className="fo-way-key" data-to={to} aria-hidden="true" /> {name}
                </td>
                <td className="fo-num">
                  <strong>{mm.toFixed(1)}</strong> ± {within.toFixed(1)}
                </td>
                <td className="fo-num fo-quiet fo-wide-only">
                  {(mm - within).toFixed(1)} to {(mm + within).toFixed(1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="fo-ways-facts">
        <Fact name="Widest instrument" value={`${way.widestMm.toFixed(1)} mm`} />
        <Fact
          name="Skin to target"
          value={way.lengthMm === null ? 'skin not in view' : `${way.lengthMm.toFixed(0)} mm`}
        />
        <Fact
          name="Entry from the midline"
          value={way.entryOffsetMm === null ? 'not in view' : `${way.entryOffsetMm.toFixed(0)} mm`}
        />
        <Fact
          name="Angle"
          value={`${way.convergenceDeg.toFixed(0)}° to the sagittal, ${Math.abs(way.tiltDeg).toFixed(0)}° ${way.tiltDeg >= 0 ? 'from above' : 'from below'}`}
        />
        {way.windowAreaMm2 !== null && (
          <Fact
            name={way.kind === 'kambin' ? 'Safe triangle' : 'Window'}
            value={`${way.windowAreaMm2.toFixed(0)} mm²`}
          />
        )}
      </dl>
      <ul className="fo-small fo-quiet">
        {way.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Height of the iliac crest over L5-S1: where a series shows it a reader marks its top, elsewhere it is not assessed. */
function Crest(props: CorridorPanelProps & { readonly answer: CorridorAbstained }) {
  const { answer, crests } = props;
  const { crest, discSpaceMm } = answer;
  const seen = crest !== undefined && crest.seenOn.length > 0;
  return (
    <div className="fo-crest">
      <h3>Lateral way to {answer.level}</h3>
      {discSpaceMm !== undefined && (
        <p>
          Disc space {discSpaceMm.anterior.toFixed(1)} mm in front, {discSpaceMm.middle.toFixed(1)} in the
          middle, {discSpaceMm.posterior.toFixed(1)} behind.
        </p>
      )}
      {crests.length === 0 && (
        <p>
          <strong>Iliac crest: not assessed.</strong> {answer.abstained.replace(/^./, (c) => c.toUpperCase())}
          .
        </p>
      )}
      {crest !== undefined &&
        crests.map((mark) => {
          const at = mark.drawing.lps?.[0];
          if (at === undefined) return null;
          const read = crestHeight(crest, at);
          return (
            <p key={mark.key}>
              <strong>
                Iliac crest, {at[0] > crest.centre[0] ? 'left' : 'right'}: {read.aboveDiscMm.toFixed(0)} ±{' '}
                {read.uncertaintyMm.toFixed(0)} mm
              </strong>{' '}
              over the middle of the disc, {WHERE[read.at]}. Marked by{' '}
              {mark.stored === null ? 'the reader' : mark.stored.author}, {read.besideMm.toFixed(0)} mm beside
              it
              {mark.state === 'kept'
                ? ''
                : mark.state === 'saving'
                  ? '; being kept'
                  : '; kept in this page only'}
              .
            </p>
          );
        })}
      {seen && (
        <button type="button" className="fo-plain" aria-pressed={props.marking} onClick={props.onMark}>
          {props.marking ? 'Click on the top of the crest…' : 'Mark the top of the crest'}
        </button>
      )}
    </div>
  );
}

const WHERE = {
  'below the disc': 'below the disc',
  'beside the disc': 'beside the disc',
  'lower half': 'beside the lower half of the vertebra above',
  'upper half': 'beside the upper half of the vertebra above',
  'above the vertebra': 'above the vertebra above it',
} as const;
