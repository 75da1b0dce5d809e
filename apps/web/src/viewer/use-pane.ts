import { useEffect, useMemo, useState } from 'react';
import { useLoaded } from '../api/use-loaded.ts';
import type { Picture, PictureSource, Window } from '../record/picture.ts';
import { type Place, placesOf } from './structures.ts';

/** One series as it is looked at: its picture once loaded, the slice and the window. */
export interface PaneState {
  readonly source: PictureSource | null;
  readonly ready: { readonly picture: Picture; readonly places: ReadonlyMap<number, Place> } | null;
  readonly failed: unknown;
  readonly slice: number;
  readonly setSlice: (slice: number) => void;
  readonly window: Window | null;
  readonly setWindow: (window: Window | null) => void;
}

export function usePane(source: PictureSource | null): PaneState {
  const [loaded] = useLoaded(source?.id ?? '', async (signal) =>
    source === null ? null : (source.loadInParts ?? source.load)(signal),
  );
  const picture = loaded.state === 'ready' ? loaded.value : null;
  const arriving = picture?.arriving;
  const [, setArrived] = useState(0);
  useEffect(() => arriving?.heard(() => setArrived((n) => n + 1)), [arriving]);
  const whole = arriving?.whole() ?? true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what slices that came later hold is counted once all are there
  const places = useMemo(() => (picture === null ? null : placesOf(picture)), [picture, whole]);
  const [slice, setSlice] = useState(0);
  useEffect(() => arriving?.want(slice), [arriving, slice]);
  const [window, setWindow] = useState<Window | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new series starts at its key slice with its own window
  useEffect(() => {
    if (picture === null) return;
    setSlice(picture.keySlice);
    setWindow(null);
  }, [picture?.id]);
  return {
    source,
    ready: picture === null || places === null ? null : { picture, places },
    failed: loaded.state === 'failed' ? loaded.error : null,
    slice: picture === null ? 0 : Math.min(slice, picture.size[2] - 1),
    setSlice,
    window,
    setWindow,
  };
}

/** T2 first: it is what levels are located and discs graded on. */
export function firstOf(sources: readonly PictureSource[]): PictureSource | null {
  return sources.find((source) => source.role?.endsWith('T2')) ?? sources[0] ?? null;
}
