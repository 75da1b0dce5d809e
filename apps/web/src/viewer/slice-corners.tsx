import type { Picture, Window } from '../record/picture.ts';
import { edgesOf, slicePlace } from './orientation.ts';
import { short } from './slice-canvas.ts';

interface SliceCornersProps {
  readonly picture: Picture;
  readonly slice: number;
  /** Where the slice stands in the stack that is scrolled. */
  readonly at: number;
  readonly count: number;
  readonly window: Window;
  readonly inverted: boolean;
  /** Of the fitted view, percent. */
  readonly zoom: number;
  /** What is under the pointer. */
  readonly under: string;
}

/** What every reader looks for around a picture: which side is which, slice and place, window and zoom. */
export function SliceCorners(props: SliceCornersProps) {
  const { picture, window } = props;
  const edges = edgesOf(picture);
  const place = slicePlace(picture, props.slice);
  return (
    <>
      {edges !== null &&
        (['left', 'right', 'top', 'bottom'] as const).map((side) => (
          <span key={side} className="fo-edge" data-side={side} aria-hidden="true">
            {edges[side]}
          </span>
        ))}
      <div className="fo-slice-foot">
        <span>
          {props.at + 1} / {props.count}
          {place !== null && <span className="fo-slice-place"> · {place}</span>}
        </span>
        <span className="fo-slice-under">{props.under}</span>
        <span>
          W {short(window.width)} L {short(window.center)}
          {props.inverted ? ' inverted' : ''} · {props.zoom}%
        </span>
      </div>
    </>
  );
}
