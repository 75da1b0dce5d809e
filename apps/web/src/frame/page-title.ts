import { useEffect, useSyncExternalStore } from 'react';

let named: string | null = null;
const listeners = new Set<() => void>();

function name(title: string | null): void {
  named = title;
  for (const tell of listeners) tell();
}

/** Names the page more closely than its place does, for the tab and the history: whose record this is, say. Null while that is not known. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    name(title);
    return () => name(null);
  }, [title]);
}

/** What the window is called: as the page names itself, else as its place is called. */
export function useWindowTitle(place: string): void {
  const own = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => named,
    () => named,
  );
  useEffect(() => {
    document.title = `${own ?? place} · Foramen`;
  }, [own, place]);
}
