import { corridorOnSlice, sliceOfTarget } from '@foramen/imaging';
import type { Corridor, CorridorAnswer, DiscLevel, LevelFindings, MarkDrawing, Vec3 } from '@foramen/spine';
import { type ReactNode, useEffect, useState } from 'react';
import { later, Part } from '../frame/later.tsx';
import type { Picture, PictureSource } from '../record/picture.ts';
import { crestMarks } from './crest-marks.ts';
import { drawingOn, madeOn, type Point, sliceOn } from './marks.ts';
import { MarksLayer } from './marks-layer.tsx';
import { MarksPanel } from './marks-panel.tsx';
import { type Mark, useMarks } from './marks-store.ts';
import { PlainBar } from './plain-bar.tsx';
import { covers, lpsAt, referenceLine, voxelAt } from './reference-line.ts';
import type { OverlayChoice } from './slice-pixels.ts';
import type { LayerView } from './slice-view.tsx';
import { beside, gridOf, within } from './stack-step.ts';
import { placeOfLevel, type Structure } from './structures.ts';
import { useCine } from './use-cine.ts';
import { firstOf, type PaneState, usePane } from './use-pane.ts';
import { ViewerBar } from './viewer-bar.tsx';
import { ViewerHelp } from './viewer-help.tsx';
import { CorridorLayer, CursorLayer, LandmarkLayer } from './viewer-layers.tsx';
import { ViewerPane } from './viewer-pane.tsx';
import { DRAG, LOOKING_KEYS, REST, TOOL_KEYS, type Tool } from './viewer-tools.ts';
import { PRESETS, type Preset } from './window-presets.ts';
import './viewer.css';

const CorridorPanel = later(() => import('./corridor-panel.tsx').then((m) => ({ default: m.CorridorPanel })));

/** An earlier study that can be hung beside this one. */
export interface PriorStudy {
  readonly id: string;
  readonly title: string;
  readonly source: PictureSource;
  readonly sliceOf: (level: DiscLevel) => number | null;
}

interface StudyViewerProps {
  readonly studyId: string;
  /** Of the study on the server; null where there is none. */
  readonly address: string | null;
  readonly sources: readonly PictureSource[];
  readonly levels: readonly LevelFindings[];
  /** Whether the levels are named: where they are not, names are left off the picture at first. */
  readonly named: boolean;
  readonly corridors: readonly CorridorAnswer[];
  readonly priors: readonly PriorStudy[];
  readonly selected: DiscLevel | null;
  readonly onSelect: (level: DiscLevel) => void;
  /** Slice of the finding of a level in a series, where the reading says one. */
  readonly sliceOf: (level: DiscLevel) => number | null;
  readonly describe: (structure: Structure) => string;
  /** For whoever only looks: no tools, no corridors, no measures. */
  readonly plain?: boolean;
}

const START: OverlayChoice = {
  shown: true,
  opacity: 0.28,
  outlines: true,
  names: true,
  hiddenKinds: new Set(),
  hiddenLabels: new Set(),
};

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
  const [overlay, setOverlay] = useState<OverlayChoice>({ ...START, names: props.named });
  const [tool, setTool] = useState<Tool>(REST);
  const [preset, setPreset] = useState<Preset>('start');
  const [inverted, setInverted] = useState(false);
  const [fitKey, setFitKey] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [large, setLarge] = useState(false);
  const [help, setHelp] = useState(false);
  const marks = useMarks(props.studyId, props.address);
  /** An angle whose second line is still to be drawn. */
  const [open, setOpen] = useState<MarkDrawing | null>(null);
  const [shownMark, setShownMark] = useState<Mark | null>(null);
  const [cursor, setCursor] = useState<Vec3 | null>(null);
  const [showCorridors, setShowCorridors] = useState(false);
  const [corridor, setCorridor] = useState<Corridor | null>(null);
  const left = usePane(sagittal);
  const right = usePane(axial);
  const before = usePane(prior?.source ?? null);
  const panesOf = { left, right, before };
  /** The pane that was last looked at is the one that plays. */
  const [looked, setLooked] = useState<keyof typeof panesOf>('left');
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
    // The slice a level was read on is one of a sagittal series.
    const read = left.ready.picture.plane === 'coronal' ? null : props.sliceOf(selected);
    left.setSlice(read ?? place.bestSlice);
    axialTo(lpsAt(left.ready.picture, place.centre));
  }, [selected, left.ready?.picture.id, right.ready?.picture.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the earlier study follows the level, then is scrolled beside this one
  useEffect(() => {
    const at = placed(before);
    if (selected === null || at === undefined) return;
    before.setSlice(prior?.sliceOf(selected) ?? at.bestSlice);
  }, [selected, before.ready?.picture.id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when a measure is asked for or its series arrives, not on every slice
  useEffect(() => {
    if (shownMark === null) return;
    for (const at of [left, right]) {
      const slice = at.ready === null ? null : sliceOn(shownMark.drawing, at.ready.picture);
      if (slice !== null && at.ready !== null) at.setSlice(within(at.ready.picture, slice));
    }
  }, [shownMark, left.ready?.picture.id, right.ready?.picture.id]);

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
  useCine(playing, () => {
    const now = panesOf[looked].ready === null ? left : panesOf[looked];
    if (now.ready !== null) scrolled(now)((now.slice + 1) % now.ready.picture.size[2]);
  });
  const windows = (to: Preset) => {
    for (const one of [left, right, before]) one.setWindow(null);
    setPreset(to);
  };
  const pointed = (pane: PaneState, at: readonly [number, number]) => {
    const picture = pane.ready?.picture;
    const lps = picture === undefined ? null : lpsAt(picture, [at[0] - 0.5, at[1] - 0.5, pane.slice]);
    if (lps === null || pane === before) return;
    if (tool === 'crest') {
      markCrest(drawingOn(picture!, pane.slice, 'crest', [at], crestLevel));
      setTool(REST);
      return;
    }
    setCursor(lps);
    if (pane === left) axialTo(lps);
    else if (left.ready !== null) {
      const there = voxelAt(left.ready.picture, lps);
      if (there !== null) left.setSlice(within(left.ready.picture, there[2]));
    }
  };
  const { level: crestLevel, crest, crests, mark: markCrest } = crestMarks(props.corridors, marks);
  const drawn = (picture: Picture, slice: number, points: readonly Point[]) => {
    const draw = (kind: MarkDrawing['kind'], all: readonly Point[]) =>
      drawingOn(picture, slice, kind, all, selected);
    if (tool === 'length' || (tool === 'area' && points.length > 2)) void marks.draw(draw(tool, points));
    if (tool !== 'angle') return;
    // An angle that was left open on another slice can no longer be closed.
    const first = open !== null && madeOn(open, picture) && open.slice === slice ? open.points : null;
    if (first === null) setOpen(draw('angle', points));
    else {
      setOpen(null);
      void marks.draw(draw('angle', [...first, ...points]));
    }
  };
  /** Brings the series and slice of a measure into view; a series of several stacks, by the one that holds the place. */
  const showMark = (mark: Mark) => {
    const [at] = mark.drawing.lps ?? [];
    const holding = (list: readonly PictureSource[]) => {
      const made = list.filter((source) => madeOn(mark.drawing, source));
      return made.find((source) => at !== undefined && covers(source.place, at)) ?? made[0];
    };
    setSagittalId(holding(sagittals)?.id ?? sagittalId);
    setAxialId(holding(axials)?.id ?? axialId);
    setShownMark(mark);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const onPicture = event.target instanceof Element && event.target.closest('.fo-slice') !== null;
    // Measuring and planning are the clinician's; whoever only looks has no key for them.
    if (props.plain === true && !LOOKING_KEYS.has(key)) return;
    if (key === 'o') setOverlay((now) => ({ ...now, shown: !now.shown }));
    if (key === 'n') setOverlay((now) => ({ ...now, names: !now.names }));
    if (key === 'k' && props.corridors.length > 0) setShowCorridors(!showCorridors);
    if (key === 'p' && props.priors[0] !== undefined)
      setPriorId(priorId === null ? props.priors[0].id : null);
    if (key === 'i') setInverted(!inverted);
    if (key === 'f') setLarge(!large);
    if (key === '?') setHelp(true);
    const chosen = PRESETS[Number(key) - 1];
    if (onPicture && chosen !== undefined) windows(chosen.value);
    if (onPicture && key === ' ') {
      event.preventDefault();
      setPlaying(!playing);
    }
    if (key === 'escape') {
      setCursor(null);
      setOpen(null);
      setTool(REST);
      setPlaying(false);
      setLarge(false);
    }
    if (key === 'delete' || key === 'backspace') {
      const last = marks.marks.findLast((mark) => !mark.removed);
      if (open !== null) setOpen(null);
      else if (last !== undefined) void marks.remove(last.key, true);
    }
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
        {pane !== before && (
          <MarksLayer
            view={view}
            marks={marks.marks}
            open={open}
            picture={picture}
            slice={pane.slice}
            onChange={(key, drawing) => void marks.change(key, drawing)}
          />
        )}
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
      preset={preset}
      inverted={inverted}
      fitKey={fitKey}
      onFocus={() => setLooked(at === left ? 'left' : at === right ? 'right' : 'before')}
      overlay={overlay}
      onSlice={(slice) => {
        setPlaying(false);
        scrolled(at)(slice);
      }}
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
      onDraw={(points) => at !== before && drawn(at.ready!.picture, at.slice, points)}
      onPoint={(where) => pointed(at, where)}
    />
  );
  const hasLabels = left.ready?.picture.labels != null || right.ready?.picture.labels != null;
  const panes = [left.source, before.source, right.source].filter((source) => source !== null).length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for whichever picture has the focus inside
    <div className="fo-viewer" data-large={large} onKeyDown={keys}>
      {props.plain === true ? (
        <PlainBar
          overlay={hasLabels ? overlay.shown : null}
          onOverlay={(shown) => setOverlay({ ...overlay, shown })}
          playing={playing}
          onPlay={() => setPlaying(!playing)}
          large={large}
          onLarge={() => setLarge(!large)}
        />
      ) : (
        <ViewerBar
          tool={tool}
          onTool={setTool}
          preset={[left, right, before].every((one) => one.window === null) ? preset : null}
          onPreset={windows}
          inverted={inverted}
          onInvert={() => setInverted(!inverted)}
          playing={playing}
          onPlay={() => setPlaying(!playing)}
          large={large}
          onLarge={() => setLarge(!large)}
          onReset={() => {
            windows('start');
            setInverted(false);
            setFitKey(fitKey + 1);
          }}
          onHelp={() => setHelp(true)}
          overlay={overlay}
          onOverlay={setOverlay}
          hasLabels={hasLabels}
          places={[...(left.ready?.places.values() ?? [])]}
          corridors={props.corridors.length === 0 ? null : showCorridors}
          onCorridors={setShowCorridors}
          priors={props.priors}
          prior={prior?.id ?? null}
          onPrior={setPriorId}
        />
      )}
      <div className="fo-panes" data-panes={panes}>
        {pane(left, sagittals, setSagittalId, right)}
        {prior !== null && pane(before, [], () => {}, null, `${prior.title}, earlier`)}
        {pane(right, axials, setAxialId, left)}
      </div>
      {showCorridors && (
        <Part>
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
        </Part>
      )}
      {props.plain !== true && (
        <MarksPanel
          store={marks}
          crest={crest}
          onShow={showMark}
          dicom={props.address === null ? null : `${props.address}/reader-measurements.dcm`}
        />
      )}
      <ViewerHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
