import type { DiscLevel } from '@foramen/spine';
import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useLoaded } from '../api/use-loaded.ts';
import { Failure } from '../frame/failure.tsx';
import { day } from '../frame/figures.ts';
import type { StudyRecord } from '../record/patient-record.ts';
import type { Picture, PictureSource, Window } from '../record/picture.ts';
import { SliceView } from '../viewer/slice-view.tsx';
import { placeOfLevel, placesOf } from '../viewer/structures.ts';
import { matchedPicture } from './matched-picture.ts';
import '../viewer/viewer.css';

const OVERLAY = {
  shown: true,
  opacity: 0,
  outlines: false,
  names: true,
  hiddenKinds: new Set<never>(),
  hiddenLabels: new Set<never>(),
} as const;

/** The sagittal series of a study that levels are shown on. */
function sourceOf(study: StudyRecord): PictureSource | undefined {
  return (
    study.pictures.find((picture) => picture.plane === 'sagittal' && picture.role?.endsWith('T2') === true) ??
    study.pictures.find((picture) => picture.plane === 'sagittal')
  );
}

/** What an earlier study is re-cut to: the newest study's picture and the slice its finding was read from. */
interface Target {
  readonly picture: Picture;
  readonly slice: number;
  readonly role: PictureSource['role'];
}

interface MatchedSlicesProps {
  /** Oldest first. */
  readonly studies: readonly StudyRecord[];
  readonly level: DiscLevel;
}

/** The same level in every study; earlier studies are re-cut to the newest study's slice, or shown on their own slice. */
export function MatchedSlices({ studies, level }: MatchedSlicesProps) {
  const newest = studies.at(-1);
  const source = newest === undefined ? undefined : sourceOf(newest);
  if (newest === undefined || source === undefined) return null;
  return <Panes studies={studies} level={level} newest={newest} source={source} />;
}

function Panes(props: MatchedSlicesProps & { readonly newest: StudyRecord; readonly source: PictureSource }) {
  const { studies, level, newest, source } = props;
  const [loaded] = useLoaded(source.id, source.load);
  const [recut, setRecut] = useState(true);
  const picture = loaded.state === 'ready' ? loaded.value : null;
  const target = useMemo(
    () =>
      picture === null || !recut
        ? null
        : { picture, slice: sliceOf(newest, picture, level), role: source.role },
    [picture, recut, newest, level, source.role],
  );
  return (
    <div className="fo-stack fo-tight">
      <Switch
        size="xs"
        label="Earlier studies re-cut to the newest study's slice"
        checked={recut}
        onChange={(event) => setRecut(event.currentTarget.checked)}
      />
      <div className="fo-matched">
        {studies.map((study) => {
          const own = sourceOf(study);
          return own === undefined ? null : (
            <Matched
              key={study.id}
              source={own}
              study={study}
              level={level}
              target={study === newest ? null : target}
            />
          );
        })}
      </div>
    </div>
  );
}

function sliceOf(study: StudyRecord, picture: Picture, level: DiscLevel): number {
  const found =
    study.findings?.levels.find((l) => l.level === level)?.because.slice ??
    placeOfLevel(placesOf(picture), level)?.bestSlice ??
    picture.keySlice;
  return Math.min(picture.size[2] - 1, found);
}

function Matched(props: {
  readonly source: PictureSource;
  readonly study: StudyRecord;
  readonly level: DiscLevel;
  readonly target: Target | null;
}) {
  const { source, study, level, target } = props;
  const [loaded] = useLoaded(source.id, source.load);
  const own = loaded.state === 'ready' ? loaded.value : null;
  const cut = useMemo(
    () =>
      own === null || target === null
        ? null
        : matchedPicture(own, target.picture, level, target.slice, source.role === target.role),
    [own, target, level, source.role],
  );
  const picture = cut ?? own;
  const places = useMemo(() => (picture === null ? null : placesOf(picture)), [picture]);
  const [moved, setMoved] = useState<{ readonly level: DiscLevel; readonly slice: number } | null>(null);
  const [window, setWindow] = useState<Window | null>(null);
  const pane = () => {
    if (loaded.state === 'failed') return <Failure error={loaded.error} />;
    if (picture === null || places === null || own === null)
      return <div className="fo-pane-wait">Loading…</div>;
    const place = placeOfLevel(places, level);
    const slice =
      cut !== null
        ? 0
        : moved?.level === level
          ? Math.min(picture.size[2] - 1, moved.slice)
          : sliceOf(study, picture, level);
    return (
      <SliceView
        picture={picture}
        slice={slice}
        onSlice={(next) => setMoved({ level, slice: next })}
        window={window ?? own.window}
        onWindow={setWindow}
        tool="window"
        overlay={OVERLAY}
        selected={place?.structure.label ?? null}
        onPick={() => {}}
        describe={(structure) => structure.name}
        reference={null}
        focus={
          place === undefined
            ? null
            : { key: `${picture.id} ${level}`, at: [place.centre[0], place.centre[1]] }
        }
        heading={level}
      />
    );
  };
  return (
    <figure>
      <div className="fo-pane">{pane()}</div>
      <figcaption className="fo-small fo-quiet">
        {study.date === null ? 'No date' : day(study.date)}
        {cut !== null
          ? ', re-cut'
          : target !== null && own !== null
            ? ', on its own slice: the vertebrae could not be laid over each other'
            : ''}
      </figcaption>
    </figure>
  );
}
