import { useEffect, useRef } from 'react';

/** Slices a second: slow enough to read, fast enough that a root is followed by eye. */
const PER_SECOND = 8;

/** Calls `advance` at a steady pace while `playing`; what it closes over may change between two calls. */
export function useCine(playing: boolean, advance: () => void): void {
  const newest = useRef(advance);
  newest.current = advance;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => newest.current(), 1000 / PER_SECOND);
    return () => clearInterval(timer);
  }, [playing]);
}
