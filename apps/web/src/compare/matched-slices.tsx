import type { DiscLevel } from '@foramen/spine';
import { useMemo, useState } from 'react';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure } from '../frame/failure.tsx';
import { day } from '../frame/figures.ts';
import type { StudyRecord } from '../record/patient-record.ts';
import type { PictureSource, Window } from '../record/picture.ts';
import { SliceView } from '../viewer/slice-view.tsx';
import { placeOfLevel, placesOf } from '../viewer/structures.ts';
import '../viewer/viewer.css';

const OVERLAY = {
  shown: true,
  opacity: 0,
  outlines: false,
  names: true,
  hiddenKinds: new Set<never>(),
  hiddenLabels: new Set<never>(),
} as const;

/** The same level in every study, each on the slice its finding was read from. */
export function MatchedSlices(props: {
  readonly studies: readonly StudyRecord[];
  readonly level: DiscLevel;
}) {
  return (
    <div className="fo-matched">
      {props.studies.map((study) => {
        const source =
          study.pictures.find(
            (picture) => picture.plane === 'sagittal' && picture.role?.endsWith('T2') === true,
          ) ?? study.pictures.find((picture) => picture.plane === 'sagittal');
        return source === undefined ? null : (
          <figure key={study.id}>
            <div className="fo-pane">
              <Matched source={source} study={study} level={props.level} />
            </div>
            <figcaption className="fo-small fo-quiet">
              {study.date === null ? 'No date' : day(study.date)}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
}

function Matched(props: {
  readonly source: PictureSource;
  readonly study: StudyRecord;
  readonly level: DiscLevel;
}) {
  const { source, study, level } = props;
  const [loaded] = useLoaded(source.id, source.load);
  const picture = loaded.state === 'ready' ? loaded.value : null;
  const places = useMemo(() => (picture === null ? null : placesOf(picture)), [picture]);
  const [moved, setMoved] = useState<{ readonly level: DiscLevel; readonly slice: number } | null>(null);
  const [window, setWindow] = useState<Window | null>(null);
  if (loaded.state === 'failed') return <Failure error={loaded.error} />;
  if (picture === null || places === null) return <div className="fo-pane-wait">Loading…</div>;
  const place = placeOfLevel(places, level);
  const found =
    study.findings?.levels.find((l) => l.level === level)?.because.slice ??
    place?.bestSlice ??
    picture.keySlice;
  const slice = Math.min(picture.size[2] - 1, moved?.level === level ? moved.slice : found);
  return (
    <SliceView
      picture={picture}
      slice={slice}
      onSlice={(next) => setMoved({ level, slice: next })}
      window={window ?? picture.window}
      onWindow={setWindow}
      tool="window"
      overlay={OVERLAY}
      selected={place?.structure.label ?? null}
      onPick={() => {}}
      describe={(structure) => structure.name}
      reference={null}
      focus={
        place === undefined ? null : { key: `${picture.id} ${level}`, at: [place.centre[0], place.centre[1]] }
      }
      heading={level}
    />
  );
}
