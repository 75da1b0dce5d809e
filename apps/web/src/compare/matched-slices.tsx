import { pairDiscs } from '@foramen/imaging';
import type { DiscLevel } from '@foramen/spine';
import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useLoaded } from '../api/use-loaded.ts';
import { Day } from '../frame/day.tsx';
import { Failure } from '../frame/failure.tsx';
import { useTabWords } from '../judgement/reader.tsx';
import type { StudyRecord } from '../record/patient-record.ts';
import type { Picture, PictureSource, Window } from '../record/picture.ts';
import { RESTING, SliceView } from '../viewer/slice-view.tsx';
import { placeOfLevel, placesOf } from '../viewer/structures.ts';
import type { Frame } from '../viewer/view-frame.ts';
import { laidOver, recutTo, showsLevel } from './matched-picture.ts';
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
  const { time } = useTabWords();
  const [loaded] = useLoaded(source.id, source.load);
  const [recut, setRecut] = useState(true);
  const [moved, setMoved] = useState<{ readonly level: DiscLevel; readonly slice: number } | null>(null);
  const [frame, setFrame] = useState<Frame | null>(null);
  const later = loaded.state === 'ready' ? loaded.value : null;
  const own = later === null ? 0 : sliceOf(newest, later, level);
  const slice = moved?.level === level ? moved.slice : own;
  const shared = { frame, onFrame: setFrame };
  const target =
    later === null || !recut
      ? null
      : {
          picture: later,
          own,
          slice,
          role: source.role,
          findings: newest.findings,
          onSlice: (to: number) => setMoved({ level, slice: to }),
        };
  return (
    <div className="fo-stack fo-tight">
      <div className="fo-row">
        <Switch
          size="xs"
          label={time.recutAll}
          checked={recut}
          onChange={(event) => setRecut(event.currentTarget.checked)}
        />
        <span className="fo-quiet fo-small">{recut ? time.together : ''}</span>
      </div>
      <div className="fo-matched">
        {studies.map((study) => {
          const picture = sourceOf(study);
          if (picture === undefined) return null;
          const common = { source: picture, study, level };
          return study === newest ? (
            <Matched
              key={study.id}
              {...common}
              target={null}
              slice={slice}
              onSlice={(to) => setMoved({ level, slice: to })}
              view={shared}
            />
          ) : (
            <Matched key={study.id} {...common} target={target} view={shared} />
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

/** What an earlier study is re-cut to: the newest study's picture, the slice its finding was read from, and the one that is looked at. */
interface Target {
  readonly picture: Picture;
  readonly own: number;
  readonly slice: number;
  readonly role: PictureSource['role'];
  readonly findings: StudyRecord['findings'];
  readonly onSlice: (slice: number) => void;
}

interface MatchedProps {
  readonly source: PictureSource;
  readonly study: StudyRecord;
  readonly level: DiscLevel;
  readonly target: Target | null;
  /** Set for the newest study, whose slice the others follow. */
  readonly slice?: number;
  readonly onSlice?: (slice: number) => void;
  readonly view: { readonly frame: Frame | null; readonly onFrame: (frame: Frame | null) => void };
}

function Matched(props: MatchedProps) {
  const { study: said, time } = useTabWords();
  const { source, study, level, target } = props;
  const [loaded] = useLoaded(source.id, source.load);
  const own = loaded.state === 'ready' ? loaded.value : null;
  const later = target?.picture ?? null;
  // The same disc may carry another name in the earlier study.
  const pairs = useMemo(
    () =>
      study.findings && target?.findings
        ? pairDiscs(study.findings, target.findings).pairs.map(([a, b]) => [a.level, b.level] as const)
        : undefined,
    [study.findings, target?.findings],
  );
  const laid = useMemo(() => {
    if (own === null || later === null) return null;
    const made = laidOver(own, later, level, source.role === target?.role, pairs);
    return made !== null && showsLevel(made, target?.own ?? 0) ? made : null;
  }, [own, later, level, source.role, target?.role, target?.own, pairs]);
  const cut = useMemo(
    () => (laid === null || target === null ? null : recutTo(laid, target.slice)),
    [laid, target],
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
    const onOwn = moved?.level === level ? moved.slice : sliceOf(study, own, level);
    // Pictures on the newest study's grid are looked at together; one on a grid of its own is looked at by itself.
    const together = cut !== null || props.slice !== undefined;
    return (
      <SliceView
        picture={picture}
        slice={cut !== null ? 0 : Math.min(picture.size[2] - 1, props.slice ?? onOwn)}
        onSlice={
          cut !== null
            ? (target?.onSlice ?? (() => {}))
            : (props.onSlice ?? ((next) => setMoved({ level, slice: next })))
        }
        {...(cut !== null && target !== null
          ? { stack: { slice: target.slice, count: target.picture.size[2] } }
          : {})}
        {...(together ? { view: props.view } : {})}
        window={window ?? own.window}
        onWindow={setWindow}
        tool={RESTING}
        overlay={OVERLAY}
        selected={place?.structure.label ?? null}
        onPick={() => {}}
        describe={(structure) => structure.name}
        reference={null}
        focus={
          place === undefined || cut !== null
            ? null
            : { key: `${own.id} ${level}`, at: [place.centre[0], place.centre[1]] }
        }
        heading={level}
      />
    );
  };
  return (
    <figure>
      <div className="fo-pane">{pane()}</div>
      <figcaption className="fo-small fo-quiet">
        {study.date === null ? said.noDate : <Day of={study.date} />}
        {cut !== null
          ? `, ${time.recut}`
          : target !== null && own !== null
            ? laid === null
              ? `, ${time.ownSlice}: ${time.notLaid}`
              : `, ${time.ownSlice}: ${time.notReached}`
            : ''}
      </figcaption>
    </figure>
  );
}
