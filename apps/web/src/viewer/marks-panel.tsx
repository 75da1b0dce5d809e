import { crestHeight } from '@foramen/imaging';
import type { CrestReference, MarkDrawing } from '@foramen/spine';
import { moment } from '../frame/figures.ts';
import { labelOf } from './marks.ts';
import type { Mark, MarksStore } from './marks-store.ts';
import './marks.css';

const KIND: Readonly<Record<MarkDrawing['kind'], string>> = {
  length: 'Length',
  angle: 'Angle',
  area: 'Area',
  crest: 'Iliac crest',
};

interface MarksPanelProps {
  readonly store: MarksStore;
  /** The disc against which a crest is read. */
  readonly crest: CrestReference | null;
  readonly onShow: (mark: Mark) => void;
  /** Address of the measures as a DICOM structured report; null where there is none. */
  readonly dicom: string | null;
}

/** Everything readers measured on this study, with author, moment and note; what was taken away can be brought back. */
export function MarksPanel({ store, crest, onShow, dicom }: MarksPanelProps) {
  const here = store.marks.filter((mark) => !mark.removed);
  const gone = store.marks.filter((mark) => mark.removed);
  if (store.marks.length === 0 && store.problem === null) return null;
  return (
    <section className="fo-panel fo-pad fo-marks" aria-label="Measured by readers">
      <div className="fo-row">
        <h2>Measured by readers</h2>
        {dicom !== null && here.some((mark) => mark.stored !== null) && (
          <a className="fo-small" href={dicom} download>
            as DICOM report
          </a>
        )}
      </div>
      {store.problem !== null && (
        <p className="fo-abstained">Measures kept earlier could not be loaded: {store.problem}.</p>
      )}
      {here.map((mark) => (
        <Row key={mark.key} mark={mark} store={store} crest={crest} onShow={onShow} />
      ))}
      {gone.length > 0 && (
        <details className="fo-more">
          <summary>{gone.length} taken away</summary>
          {gone.map((mark) => (
            <p key={mark.key} className="fo-small fo-quiet">
              {KIND[mark.drawing.kind]} {valueOfMark(mark.drawing, crest)}, {mark.drawing.title}
              {mark.stored === null ? '' : `, by ${mark.stored.author} ${moment(mark.stored.at)}`}{' '}
              <button type="button" className="fo-plain" onClick={() => void store.remove(mark.key, false)}>
                bring back
              </button>
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

function Row(props: Omit<MarksPanelProps, 'dicom'> & { readonly mark: Mark }) {
  const { mark, store, crest } = props;
  const { drawing, stored, state } = mark;
  const name = `${KIND[drawing.kind]} ${valueOfMark(drawing, crest)}`;
  return (
    <div className="fo-mark-row">
      <button type="button" className="fo-plain fo-mark-name" onClick={() => props.onShow(mark)}>
        {name}
      </button>
      <span className="fo-small fo-quiet">
        {drawing.level === null ? '' : `${drawing.level} · `}
        {drawing.title}, slice {drawing.slice + 1}
      </span>
      <input
        className="fo-mark-note"
        aria-label={`Note on ${name}`}
        placeholder="Note"
        maxLength={500}
        defaultValue={drawing.note}
        onBlur={(event) => {
          const note = event.currentTarget.value.trim();
          if (note !== drawing.note) void store.change(mark.key, { ...drawing, note });
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <span className="fo-small fo-quiet" data-state={state}>
        {state === 'saving' && 'being kept…'}
        {state === 'kept' && stored !== null && (
          <>
            {stored.author}, {moment(stored.at)}
            {stored.revision > 1 ? `, changed ${stored.revision - 1}×` : ''}
          </>
        )}
        {state === 'here' && (mark.problem ?? 'kept in this page only')}
        {state === 'failed' && (
          <>
            <span className="fo-abstained">not kept: {mark.problem}</span>{' '}
            <button type="button" className="fo-plain" onClick={() => void store.retry(mark.key)}>
              try again
            </button>
          </>
        )}
      </span>
      <button
        type="button"
        className="fo-plain"
        aria-label={`Take away: ${name}`}
        onClick={() => void store.remove(mark.key, true)}
      >
        take away
      </button>
    </div>
  );
}

function valueOfMark(drawing: MarkDrawing, crest: CrestReference | null): string {
  const at = drawing.lps?.[0];
  if (drawing.kind !== 'crest') return labelOf(drawing);
  if (crest === null || at === undefined) return '';
  const { aboveDiscMm, uncertaintyMm } = crestHeight(crest, at);
  return `${at[0] > crest.centre[0] ? 'left' : 'right'}: ${aboveDiscMm.toFixed(0)} ± ${uncertaintyMm.toFixed(0)} mm over the disc`;
}
