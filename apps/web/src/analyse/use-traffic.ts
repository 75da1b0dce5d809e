import { useEffect, useState } from 'react';

/** What the page fetches for itself: code, decoders, model files, its icon. These requests have no body and no query. */
const STATIC = /^\/(assets\/|models\/|favicon\.svg$|api\/(events|session)$)/;

/**
 * How many requests that could carry data this page has made while `watching`: counted from the browser's own record of what was
 * fetched. Model files and code come from this site by GET and carry nothing; anything else would show here.
 */
export function useTraffic(watching: boolean): number {
  const [sent, setSent] = useState(0);
  useEffect(() => {
    if (!watching || typeof PerformanceObserver === 'undefined') return;
    setSent(0);
    const observer = new PerformanceObserver((list) => {
      const carrying = list.getEntries().filter((entry) => {
        const url = new URL(entry.name, window.location.href);
        if (url.protocol === 'blob:' || url.protocol === 'data:') return false;
        const ours = url.origin === window.location.origin && url.search === '';
        return !(ours && STATIC.test(url.pathname));
      });
      if (carrying.length > 0) setSent((n) => n + carrying.length);
    });
    observer.observe({ type: 'resource' });
    return () => observer.disconnect();
  }, [watching]);
  return sent;
}
