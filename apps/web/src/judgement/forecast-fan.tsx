import type { Forecast } from '@foramen/spine';
import { amount, percent } from '../frame/figures.ts';
import { useTabWords } from './reader.tsx';
import { Reasoned } from './statement.tsx';

const WIDTH = 190;
const HEIGHT = 64;
const LEFT = 4;

/** What is expected over time for one outcome: the mean as a line, where most people like this one end up as a band. */
export function ForecastFan({ forecast }: { readonly forecast: Forecast }) {
  const { forecast: said, figure } = useTabWords();
  const points = forecast.points;
  const last = points.at(-1);
  if (last === undefined) return null;
  const probability =
    forecast.outcome === 'reoperation' ||
    forecast.outcome === 'harm' ||
    forecast.outcome === 'return-to-work';
  const asText = (value: number) =>
    figure(probability && forecast.unit.includes('prob') ? percent(value) : amount(value));
  const summary = `${said.outcome[forecast.outcome]}: ${points
    .map(
      (p) =>
        `${said.weeks(p.weeks)} ${asText(p.mean)} (${asText(p.interval[0])} ${said.to} ${asText(p.interval[1])})`,
    )
    .join('; ')}`;
  const weeks = Math.max(1, last.weeks);
  const low = Math.min(0, ...points.map((p) => p.interval[0]));
  const high = Math.max(...points.map((p) => p.interval[1]), low + 1e-6);
  const x = (w: number) => LEFT + (Math.sqrt(w) / Math.sqrt(weeks)) * (WIDTH - LEFT - 4);
  const y = (v: number) => 4 + (1 - (v - low) / (high - low)) * (HEIGHT - 8);
  const band = [
    ...points.map((p) => `${x(p.weeks)},${y(p.interval[1])}`),
    ...[...points].reverse().map((p) => `${x(p.weeks)},${y(p.interval[0])}`),
  ].join(' ');
  return (
    <figure className="fo-fan">
      <figcaption>
        {said.outcome[forecast.outcome]}{' '}
        <span className="fo-quiet">
          {probability && forecast.unit.includes('prob') ? '' : said.scale(forecast.unit)}
        </span>
      </figcaption>
      <svg width={WIDTH} height={HEIGHT + 14} role="img" aria-label={summary}>
        <title>{summary}</title>
        <line className="fo-fan-axis" x1={LEFT} x2={WIDTH} y1={y(low)} y2={y(low)} />
        {points.length > 1 ? (
          <>
            <polygon className="fo-fan-band" points={band} />
            <polyline
              className="fo-fan-line"
              points={points.map((p) => `${x(p.weeks)},${y(p.mean)}`).join(' ')}
            />
          </>
        ) : (
          <line
            className="fo-fan-span"
            x1={WIDTH - 8}
            x2={WIDTH - 8}
            y1={y(last.interval[0])}
            y2={y(last.interval[1])}
          />
        )}
        {points.map((p) => (
          <circle
            key={p.weeks}
            className="fo-fan-dot"
            cx={points.length > 1 ? x(p.weeks) : WIDTH - 8}
            cy={y(p.mean)}
            r="2.2"
          />
        ))}
        {points.map((p, n) =>
          n === 0 || n === points.length - 1 || points.length < 5 ? (
            <text
              key={p.weeks}
              x={points.length > 1 ? x(p.weeks) : WIDTH - 8}
              y={HEIGHT + 11}
              data-end={n === points.length - 1}
            >
              {said.weeks(p.weeks)}
            </text>
          ) : null,
        )}
      </svg>
      <div className="fo-small">
        <strong>{asText(last.mean)}</strong>{' '}
        <span className="fo-quiet">
          ({asText(last.interval[0])} {said.to} {asText(last.interval[1])}) {said.at(last.weeks)}
          {forecast.baseline === undefined ? '' : `; ${said.now(asText(forecast.baseline))}`}
          {last.beyondWaiting === undefined || forecast.option === 'waiting'
            ? ''
            : `; ${said[last.beyondWaiting <= 0 ? 'better' : 'worse'](figure(amount(Math.abs(last.beyondWaiting))))}`}
        </span>
      </div>
      <Reasoned because={forecast.because}>
        <span className="fo-small" title={forecast.modelCard}>
          {said.model}
          {forecast.comparator === undefined || forecast.comparator === 'not-applicable'
            ? ''
            : `; ${said.against[forecast.comparator]}`}
          {forecast.unlikeTrials > 0.3 ? `; ${said.unlike}` : ''}
        </span>
      </Reasoned>
    </figure>
  );
}
