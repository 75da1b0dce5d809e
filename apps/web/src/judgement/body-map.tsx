import type { Intake, PainRegion } from '@foramen/spine';
import { words } from '../frame/figures.ts';

type Spot = {
  readonly view: 'front' | 'back';
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
};

/** Where each region lies on a figure of 60 x 150 seen from the front or the back, on the figure's right half (x from the middle). */
const SPOTS: Readonly<Record<PainRegion, Spot>> = {
  'low-back': { view: 'back', x: 5, y: 58, rx: 6, ry: 6 },
  buttock: { view: 'back', x: 6, y: 72, rx: 6, ry: 6 },
  groin: { view: 'front', x: 5, y: 72, rx: 4, ry: 4 },
  'anterior-thigh': { view: 'front', x: 8, y: 88, rx: 4, ry: 9 },
  'medial-thigh': { view: 'front', x: 3.5, y: 86, rx: 2.6, ry: 8 },
  'lateral-thigh': { view: 'front', x: 12, y: 88, rx: 2.4, ry: 9 },
  'posterior-thigh': { view: 'back', x: 8, y: 90, rx: 4.4, ry: 9 },
  knee: { view: 'front', x: 8, y: 104, rx: 4, ry: 4 },
  'medial-leg': { view: 'front', x: 5, y: 119, rx: 2.4, ry: 9 },
  'lateral-leg': { view: 'front', x: 10.4, y: 119, rx: 2.4, ry: 9 },
  'posterior-calf': { view: 'back', x: 8, y: 118, rx: 4, ry: 9 },
  'dorsum-foot': { view: 'front', x: 9, y: 140, rx: 3.4, ry: 4 },
  'great-toe': { view: 'front', x: 7, y: 146, rx: 1.8, ry: 2.4 },
  'lateral-foot': { view: 'front', x: 12, y: 143, rx: 1.8, ry: 4 },
  sole: { view: 'back', x: 8.5, y: 143, rx: 3.6, ry: 4 },
  perineum: { view: 'back', x: 0, y: 78, rx: 3.4, ry: 3 },
};

const FIGURE =
  'M30 4a7 7 0 0 1 0 14 7 7 0 0 1 0-14ZM26.5 18v4c-6 1-10.5 3-11.5 9l-4 27 3.5 1 5-21 1.5 18-2 18 1.5 33 1.5 38h6.5l1-38 .9-26h1.2l.9 26 1 38h6.5l1.5-38 1.5-33-2-18 1.5-18 5 21 3.5-1-4-27c-1-6-5.5-8-11.5-9v-4Z';

interface Mark {
  readonly region: PainRegion;
  readonly side: string;
  readonly kind: 'pain' | 'numbness';
}

function marksOf(intake: Intake): readonly Mark[] {
  const symptoms = intake.symptoms;
  return [
    ...(symptoms?.regions ?? []).map((r) => ({
      region: r.region,
      side: r.side ?? 'unknown',
      kind: 'pain' as const,
    })),
    ...(symptoms?.numbness ?? []).map((r) => ({
      region: r.region,
      side: r.side ?? 'unknown',
      kind: 'numbness' as const,
    })),
  ];
}

/** Where the patient says it hurts or is numb. The patient's right is on the left in front, as when facing them. */
export function BodyMap({
  intake,
  language = 'en',
}: {
  readonly intake: Intake;
  readonly language?: 'en' | 'es';
}) {
  const said = SAID[language];
  const marks = marksOf(intake);
  if (marks.length === 0) return null;
  const text = marks
    .map(
      (m) => `${words(m.kind)}: ${m.region.replaceAll('-', ' ')}${m.side === 'unknown' ? '' : `, ${m.side}`}`,
    )
    .join('; ');
  return (
    <figure className="fo-body">
      <svg width="186" height="176" viewBox="0 0 140 166" role="img" aria-label={text}>
        <title>{text}</title>
        {(['front', 'back'] as const).map((view, column) => (
          <g key={view} transform={`translate(${column * 76} 0)`}>
            <path className="fo-body-figure" d={FIGURE} />
            {marks
              .filter((mark) => SPOTS[mark.region].view === view)
              .flatMap((mark) => {
                const spot = SPOTS[mark.region];
                const sides =
                  mark.side === 'left' || mark.side === 'right'
                    ? [mark.side]
                    : mark.side === 'midline'
                      ? ['midline']
                      : ['left', 'right'];
                return sides.map((side) => {
                  const sign = side === 'midline' ? 0 : (side === 'left') === (view === 'front') ? 1 : -1;
                  return (
                    <ellipse
                      key={`${mark.region} ${mark.kind} ${side}`}
                      className={`fo-body-${mark.kind}`}
                      cx={30 + sign * spot.x}
                      cy={spot.y}
                      rx={spot.rx}
                      ry={spot.ry}
                    />
                  );
                });
              })}
            <text x="30" y="162">
              {said[view]}
            </text>
            <text x={view === 'front' ? 4 : 56} y="40">
              {said.right}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="fo-small fo-quiet">
        <span className="fo-body-key" data-kind="pain" /> {said.pain}{' '}
        <span className="fo-body-key" data-kind="numbness" /> {said.numbness}
      </figcaption>
    </figure>
  );
}

/** Letters and words of the figure. */
const SAID = {
  en: { front: 'Front', back: 'Back', right: 'R', pain: 'pain', numbness: 'numbness' },
  es: { front: 'Delante', back: 'Detrás', right: 'D', pain: 'dolor', numbness: 'adormecimiento' },
} as const;
