import { type RefObject, useEffect, useRef } from 'react';

/** Scrolled this far, a trackpad has asked for one slice; a notch of a wheel is more than this, pixels. */
const NOTCH_PX = 40;

/** The wheel over an element: slices by notches, zoom (at a place of the element) with Ctrl. The page does not scroll away under it. */
export function useWheel(
  ref: RefObject<HTMLElement | null>,
  does: {
    readonly step: (by: number) => void;
    readonly zoom: (factor: number, x: number, y: number) => void;
  },
): void {
  const scrolled = useRef(0);
  const onWheel = useRef((_event: WheelEvent) => {});
  onWheel.current = (event) => {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey)
      return does.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY);
    // A wheel tells lines or large steps; a trackpad many small ones, which would run through the stack.
    const by = event.deltaMode === 0 ? event.deltaY : event.deltaY * NOTCH_PX;
    scrolled.current = Math.sign(by) === Math.sign(scrolled.current) ? scrolled.current + by : by;
    if (Math.abs(scrolled.current) < NOTCH_PX) return;
    scrolled.current = 0;
    does.step(Math.sign(by));
  };
  // React's wheel handlers are passive; the page must not scroll away under the picture.
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const hear = (event: WheelEvent) => onWheel.current(event);
    element.addEventListener('wheel', hear, { passive: false });
    return () => element.removeEventListener('wheel', hear);
  }, [ref]);
}
