import type { CorridorOnSlice, DrawnDistance } from '@foramen/imaging';
import type { LevelLandmarks, LevelMeasures, PixelPoint } from '@foramen/spine';
import type { LayerView } from './slice-view.tsx';

/** Screen place of a pixel position, whose first pixel's centre is 0. */
const placeOf = ({ toScreen }: LayerView, p: PixelPoint) => toScreen(p[0] + 0.5, p[1] + 0.5);

function Stroke(props: {
  readonly view: LayerView;
  readonly from: PixelPoint;
  readonly to: PixelPoint;
  readonly className: string;
}) {
  const [a, b] = [placeOf(props.view, props.from), placeOf(props.view, props.to)];
  return <line className={props.className} x1={a[0]} y1={a[1]} x2={b[0]} y2={b[1]} />;
}

/** A place pointed at, shown where the other plane shows it too. */
export function CursorLayer({ view, at }: { readonly view: LayerView; readonly at: PixelPoint }) {
  const [x, y] = placeOf(view, at);
  return (
    <path className="fo-cursor" d={`M${x - 13} ${y}h9M${x + 4} ${y}h9M${x} ${y - 13}v9M${x} ${y + 4}v9`} />
  );
}

/** Between which points the chosen level's measures were taken. */
export function LandmarkLayer(props: {
  readonly view: LayerView;
  readonly points: LevelLandmarks;
  readonly measures: LevelMeasures;
}) {
  const { view, points, measures } = props;
  const [ua, up] = points.upper;
  const [la, lp] = points.lower;
  const mid = (a: PixelPoint, b: PixelPoint): PixelPoint => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const written = (
    at: PixelPoint,
    value: number | undefined,
    dx: number,
    anchor: 'start' | 'end',
    dy = 0,
  ) => {
    if (value === undefined) return null;
    const [x, y] = placeOf(view, at);
    return (
      <text className="fo-taken-text" x={x + dx} y={y + dy} textAnchor={anchor}>
        {value.toFixed(1)}
      </text>
    );
  };
  return (
    <g>
      <Stroke view={view} from={ua} to={up} className="fo-taken-plate" />
      <Stroke view={view} from={la} to={lp} className="fo-taken-plate" />
      <Stroke view={view} from={ua} to={la} className="fo-taken" />
      <Stroke view={view} from={up} to={lp} className="fo-taken" />
      {/* Below the level's own name. */}
      {written(mid(ua, la), measures.heightAnteriorMm, -6, 'end', 14)}
      {written(mid(up, lp), measures.heightPosteriorMm, 6, 'start')}
      {points.canal !== null && (
        <>
          <Stroke view={view} from={points.canal[0]} to={points.canal[1]} className="fo-taken-canal" />
          {written(points.canal[1], measures.canalApMm, 8, 'start')}
        </>
      )}
      {points.apex !== null && (measures.herniationApMm ?? measures.bulgeMm ?? 0) >= 1 && (
        <circle
          className="fo-taken-apex"
          cx={placeOf(view, points.apex)[0]}
          cy={placeOf(view, points.apex)[1]}
          r={3.5}
        />
      )}
    </g>
  );
}

const HAZARD_NAME = { root: 'root', sac: 'sac', bone: 'facet' } as const;

const clearanceText = (d: Pick<DrawnDistance, 'mm' | 'uncertaintyMm'>): string =>
  `${d.mm.toFixed(1)} ± ${d.uncertaintyMm.toFixed(1)} mm`;

/** Room that the longest name of a clearance takes. */
const NAME_PX = 140;

/** A way for needle or tube: whole as a dashed line, solid where it runs in this slice; its window, target and clearances. */
export function CorridorLayer(props: {
  readonly view: LayerView;
  readonly drawn: CorridorOnSlice;
  readonly slice: number;
}) {
  const { view, drawn, slice } = props;
  const [x, y] = placeOf(view, drawn.target);
  const inPlane = Math.abs(drawn.targetOff) <= 0.5;
  const window = drawn.window.map((p) => placeOf(view, p).join(',')).join(' ');
  const entry = drawn.entry === null ? null : placeOf(view, drawn.entry);
  // The places lie within millimetres of each other: their names stand in a column beside them, top to bottom as they lie.
  const near = drawn.distances
    .filter((d) => Math.abs(d.slice - slice) <= 1)
    .sort((a, b) => a.at[1] - b.at[1]);
  const across = [x, ...near.map((d) => placeOf(view, d.at)[0])];
  const right = Math.max(...across) + 34;
  const fits = right + NAME_PX < view.width;
  const column = fits ? right : Math.min(...across) - 34;
  return (
    <g className="fo-corridor">
      {drawn.window.length > 0 && <polygon className="fo-way-window" points={window} />}
      <Stroke view={view} from={drawn.way[0]} to={drawn.way[1]} className="fo-way-whole" />
      {drawn.inSlice !== null && (
        <Stroke view={view} from={drawn.inSlice[0]} to={drawn.inSlice[1]} className="fo-way" />
      )}
      {near.map((d, n) => {
        const [tx, ty] = placeOf(view, d.at);
        const row = y + (n - (near.length - 1) / 2) * 16;
        return (
          <g key={d.to} data-to={d.to}>
            <Stroke view={view} from={d.from} to={d.at} className="fo-way-distance" />
            <circle className="fo-way-point" cx={tx} cy={ty} r={2.5} />
            <path className="fo-way-leader" d={`M${tx} ${ty}L${fits ? column - 4 : column + 4} ${row}`} />
            <text className="fo-way-text" x={column} y={row} textAnchor={fits ? 'start' : 'end'}>
              {HAZARD_NAME[d.to]} {clearanceText(d)}
            </text>
          </g>
        );
      })}
      <circle className="fo-way-target" data-in={inPlane} cx={x} cy={y} r={5} />
      {entry !== null && (
        <path className="fo-way-entry" d={`M${entry[0] - 5} ${entry[1]}h10M${entry[0]} ${entry[1] - 5}v10`} />
      )}
    </g>
  );
}
