import { corridorOnSlice, sliceOfTarget } from '@foramen/imaging';
import type { Corridor, CorridorAnswer, DiscLevel, LevelFindings, Vec3 } from '@foramen/spine';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Picture, PictureSource } from '../record/picture.ts';
import { type Mark, withLine } from './marks.ts';
import { covers, lpsAt, referenceLine, voxelAt } from './reference-line.ts';
import type { OverlayChoice } from './slice-pixels.ts';
import type { DragTool, LayerView } from './slice-view.tsx';
import { placeOfLevel, type Structure } from './structures.ts';
import { firstOf, type PaneState, usePane } from './use-pane.ts';
import { type Tool, ViewerBar } from './viewer-bar.tsx';
import { CorridorLayer, CursorLayer, LandmarkLayer, MarksLayer } from './viewer-layers.tsx';
import { ViewerPane } from './viewer-pane.tsx';
import './viewer.css';

const CorridorPanel = lazy(() => import('./corridor-panel.tsx').then((m) => ({ default: m.CorridorPanel })));

/** An earlier study that can be hung beside this one. */
export interface PriorStudy {
  readonly id: string;
  readonly title: string;
  readonly source: PictureSource;
  readonly sliceOf: (level: DiscLevel) => number | null;
}

interface StudyViewerProps {
  readonly sources: readonly PictureSource[];
  readonly levels: readonly LevelFindings[];
  readonly corridors: readonly CorridorAnswer[];
  readonly priors: readonly PriorStudy[];
  readonly selected: DiscLevel | null;
  readonly onSelect: (level: DiscLevel) => void;
  /** Slice of the finding of a level in a series, where the reading says one. */
  readonly sliceOf: (level: DiscLevel) => number | null;
  readonly describe: (structure: Structure) => string;
}

const START: OverlayChoice = {
  shown: true,
  opacity: 0.28,
  outlines: true,
  names: true,
  hiddenKinds: new Set(),
  hiddenLabels: new Set(),
};
const DRAG: Readonly<Record<Tool, DragTool>> = {
  window: 'window',
  pan: 'pan',
  length: 'line',
  angle: 'line',
  crest: 'point',
};
const TOOL_KEYS: Readonly<Record<string, Tool>> = { w: 'window', v: 'pan', l: 'length', a: 'angle' };

/**
 * The study as slices: a sagittal series, where there is one an axial series beside it, and an earlier study when it is asked for. Each shows
 * where the other lies; a place pointed at in one is shown in the other.
 */
export function StudyViewer(props: StudyViewerProps) {
  const sagittals = props.sources.filter((source) => source.plane !== 'axial');
  const axials = props.sources.filter((source) => source.plane === 'axial');
  const [sagittalId, setSagittalId] = useState<string | null>(null);
  const [axialId, setAxialId] = useState<string | null>(null);
  const [priorId, setPriorId] = useState<string | null>(null);
  const sagittal = sagittals.find((source) => source.id === sagittalId) ?? firstOf(sagittals);
  const axial = axials.find((source) => source.id === axialId) ?? firstOf(axials);
  const prior = props.priors.find((study) => study.id === priorId) ?? null;
  const [overlay, setOverlay] = useState(START);
  const [tool, setTool] = useState<Tool>('window');
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const [cursor, setCursor] = useState<Vec3 | null>(null);
  const [showCorridors, setShowCorridors] = useState(false);
  const [corridor, setCorridor] = useState<Corridor | null>(null);
  const [crests, setCrests] = useState<readonly Vec3[]>([]);
  const left = usePane(sagittal);
  const right = usePane(axial);
  const before = usePane(prior?.source ?? null);
  const { selected } = props;
  const placed = (pane: PaneState) =>
    selected === null || pane.ready === null ? undefined : placeOfLevel(pane.ready.places, selected);
  const place = placed(left);

  /** Brings the axial pane to a place; axial slices are often acquired disc by disc, so to the stack that holds it. */
  const axialTo = (lps: Vec3 | null) => {
    if (lps === null || right.ready === null) return;
    if (axial !== null && !covers(axial.place, lps)) {
      const holding = axials.find((source) => covers(source.place, lps));
      if (holding !== undefined) setAxialId(holding.id);
    }
    const at = voxelAt(right.ready.picture, lps);
    if (at !== null) right.setSlice(within(right.ready.picture, at[2]));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when a level is chosen or a series arrives, not on every slice
  useEffect(() => {
    if (selected === null || place === undefined || left.ready === null) return;
    left.setSlice(props.sliceOf(selected) ?? place.bestSlice);
    axialTo(lpsAt(left.ready.picture, place.centre));
  }, [selected, left.ready?.picture.id, right.ready?.picture.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the earlier study follows the level, then is scrolled beside this one
  useEffect(() => {
    const at = placed(before);
    if (selected === null || at === undefined) return;
    before.setSlice(prior?.sliceOf(selected) ?? at.bestSlice);
  }, [selected, before.ready?.picture.id]);

  const show = (way: Corridor | null) => {
    setCorridor(way);
    if (way === null) return;
    if (left.ready !== null) left.setSlice(sliceOfTarget(gridOf(left.ready.picture), way) ?? left.slice);
    axialTo(way.target);
  };
  const pick = (structure: Structure) => {
    if (structure.level !== undefined) props.onSelect(structure.level);
  };
  const scrolled = (pane: PaneState) => (slice: number) => {
    if (pane === left && before.ready !== null && left.ready !== null)
      before.setSlice(
        within(
          before.ready.picture,
          before.slice + beside(left.ready.picture, before.ready.picture, slice - left.slice),
        ),
      );
    pane.setSlice(slice);
  };
  const pointed = (pane: PaneState, at: readonly [number, number]) => {
    const picture = pane.ready?.picture;
    const lps = picture === undefined ? null : lpsAt(picture, [at[0] - 0.5, at[1] - 0.5, pane.slice]);
    if (lps === null || pane === before) return;
    if (tool === 'crest') {
      setCrests((now) => [...now.filter((one) => one[0] > 0 !== lps[0] > 0), lps]);
      setTool('window');
      return;
    }
    setCursor(lps);
    if (pane === left) axialTo(lps);
    else if (left.ready !== null) {
      const there = voxelAt(left.ready.picture, lps);
      if (there !== null) left.setSlice(within(left.ready.picture, there[2]));
    }
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'o') setOverlay((now) => ({ ...now, shown: !now.shown }));
    if (key === 'n') setOverlay((now) => ({ ...now, names: !now.names }));
    if (key === 'k' && props.corridors.length > 0) setShowCorridors(!showCorridors);
    if (key === 'p' && props.priors[0] !== undefined)
      setPriorId(priorId === null ? props.priors[0].id : null);
    if (key === 'escape') {
      setCursor(null);
      setTool('window');
    }
    if (key === 'delete' || key === 'backspace') setMarks(marks.slice(0, -1));
    if (TOOL_KEYS[key] !== undefined) setTool(key === 'w' && tool === 'window' ? 'pan' : TOOL_KEYS[key]);
  };
  const layer = (pane: PaneState) => (view: LayerView) => {
    const picture = pane.ready?.picture;
    if (picture === undefined) return null;
    const level = props.levels.find((l) => l.level === selected);
    const there = cursor === null || pane === before ? null : voxelAt(picture, cursor);
    const own = pane.source?.id === props.sources[0]?.id;
    return (
      <>
        {own && overlay.shown && level?.landmarks?.slice === pane.slice && (
          <LandmarkLayer view={view} points={level.landmarks} measures={level.measures} />
        )}
        {showCorridors && corridor !== null && pane !== before && picture.ijkToLps !== null && (
          <CorridorLayer
            view={view}
            drawn={corridorOnSlice(gridOf(picture), corridor, pane.slice)}
            slice={pane.slice}
          />
        )}
        {there !== null && Math.abs(there[2] - pane.slice) <= 0.75 && (
          <CursorLayer view={view} at={[there[0], there[1]]} />
        )}
        {showCorridors &&
          pane !== before &&
          crests.map((crest) => {
            const at = voxelAt(picture, crest);
            return at !== null && Math.abs(at[2] - pane.slice) <= 0.75 ? (
              <CursorLayer key={crest.join()} view={view} at={[at[0], at[1]]} />
            ) : null;
          })}
        <MarksLayer view={view} marks={marks} picture={picture} slice={pane.slice} />
      </>
    );
  };
  /** What a pane centres on: the way that is shown, else the chosen level. */
  const focusOf = (at: PaneState) => {
    const picture = at.ready?.picture;
    if (picture === undefined) return null;
    if (showCorridors && corridor !== null && at !== before && corridor.level === selected) {
      const target = voxelAt(picture, corridor.target);
      const key = `${picture.id} ${corridor.kind} ${corridor.level} ${corridor.side}`;
      return target === null ? null : { key, at: [target[0] + 0.5, target[1] + 0.5] as const };
    }
    const there = at === right ? undefined : placed(at);
    return there === undefined
      ? null
      : { key: `${picture.id} ${selected}`, at: [there.centre[0], there.centre[1]] as const };
  };
  const pane = (
    at: PaneState,
    list: readonly PictureSource[],
    choose: (id: string) => void,
    other: PaneState | null,
    title?: string,
  ): ReactNode => (
    <ViewerPane
      pane={at}
      list={list}
      onChoose={choose}
      {...(title === undefined ? {} : { title })}
      tool={DRAG[tool]}
      overlay={overlay}
      onSlice={scrolled(at)}
      onPick={pick}
      describe={props.describe}
      reference={
        other === null || other.ready === null || at.ready === null
          ? null
          : referenceLine(at.ready.picture, at.slice, other.ready.picture, other.slice)
      }
      place={placed(at)}
      focus={focusOf(at)}
      layer={layer(at)}
      onLine={(line) =>
        setMarks((now) =>
          withLine(
            now,
            tool === 'angle' ? 'angle' : 'length',
            { picture: at.ready!.picture.id, slice: at.slice },
            line,
          ),
        )
      }
      onPoint={(where) => pointed(at, where)}
    />
  );
  const panes = [left.source, before.source, right.source].filter((source) => source !== null).length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for whichever picture has the focus inside
    <div className="fo-viewer" onKeyDown={keys}>
      <ViewerBar
        tool={tool}
        onTool={setTool}
        onReset={() => {
          for (const one of [left, right, before]) one.setWindow(null);
        }}
        marks={marks.length}
        onClear={() => setMarks([])}
        overlay={overlay}
        onOverlay={setOverlay}
        hasLabels={left.ready?.picture.labels != null || right.ready?.picture.labels != null}
        places={[...(left.ready?.places.values() ?? [])]}
        corridors={props.corridors.length === 0 ? null : showCorridors}
        onCorridors={setShowCorridors}
        priors={props.priors}
        prior={prior?.id ?? null}
        onPrior={setPriorId}
      />
      <div className="fo-panes" data-panes={panes}>
        {pane(left, sagittals, setSagittalId, right)}
        {prior !== null && pane(before, [], () => {}, null, `${prior.title}, earlier`)}
        {pane(right, axials, setAxialId, left)}
      </div>
      {showCorridors && (
        <Suspense fallback={<p className="fo-quiet">Loading…</p>}>
          <CorridorPanel
            all={props.corridors}
            level={selected}
            onLevel={props.onSelect}
            shown={corridor}
            onShow={show}
            crests={crests}
            marking={tool === 'crest'}
            onMark={() => setTool('crest')}
            titles={props.sources.map((source) => source.title)}
          />
        </Suspense>
      )}
      <p className="fo-viewer-keys">
        Wheel or <kbd>↑</kbd> <kbd>↓</kbd> slice · drag or <kbd>Shift</kbd> arrows window · <kbd>Shift</kbd>{' '}
        drag or <kbd>Alt</kbd> arrows move · <kbd>Ctrl</kbd> wheel or <kbd>+</kbd> <kbd>−</kbd> zoom ·{' '}
        <kbd>0</kbd> fit · click a place to see it in the other plane · <kbd>L</kbd> length · <kbd>A</kbd>{' '}
        angle · <kbd>O</kbd> overlay · <kbd>N</kbd> names
        {props.corridors.length > 0 && (
          <>
            {' '}
            · <kbd>K</kbd> corridors
          </>
        )}
        {props.priors.length > 0 && (
          <>
            {' '}
            · <kbd>P</kbd> earlier study
          </>
        )}{' '}
        · double click a disc to choose its level
      </p>
    </div>
  );
}

/** A picture's grid as the imaging room knows it; only ever asked of a picture with geometry. */
function gridOf(picture: Picture) {
  return { size: picture.size, ijkToLps: picture.ijkToLps! };
}

function within(picture: Picture, slice: number): number {
  return Math.max(0, Math.min(picture.size[2] - 1, Math.round(slice)));
}

/** Slices of `other` that lie as far to the same side as `by` slices of `shown`. */
function beside(shown: Picture, other: Picture, by: number): number {
  const step = (p: Picture) => (p.ijkToLps === null ? p.spacing[2] : p.ijkToLps[2]);
  const [own, theirs] = [step(shown), step(other)];
  return Math.abs(theirs) < 1e-6 ? by : Math.round((by * own) / theirs);
}
