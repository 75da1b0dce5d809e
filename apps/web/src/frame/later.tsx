import { Component, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useFrameWords } from './frame-language.ts';
import { Icon } from './icon.tsx';

/** Before a part of the page that did not come is asked for again. */
const AGAIN_MS = 4000;
/** With a network, a part that fails this often is not there any more: the server has been renewed. */
const MOST_TRIES = 4;

const waiting = new Set<() => void>();
let missed = 0;
function note(by: 1 | -1): void {
  missed += by;
  for (const tell of waiting) tell();
}

/** Asks until the part is there: without a network as long as that takes. @throws what the last try threw, with a network. */
export async function untilThere<T>(load: () => Promise<T>, againMs = AGAIN_MS): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (tries >= MOST_TRIES && navigator.onLine) throw error;
      note(1);
      await new Promise<void>((go) => {
        const timer = setTimeout(go, againMs);
        globalThis.addEventListener?.(
          'online',
          () => {
            clearTimeout(timer);
            go();
          },
          { once: true },
        );
      });
      note(-1);
    }
  }
}

/** A part of the page that is fetched when it is first shown. */
export const later: typeof lazy = (load) => lazy(() => untilThere(load));

/** Stands where a part of the page will be. */
export function Coming() {
  const [away, setAway] = useState(missed > 0);
  const said = useFrameWords();
  useEffect(() => {
    const tell = () => setAway(missed > 0);
    waiting.add(tell);
    return () => void waiting.delete(tell);
  }, []);
  return away ? (
    <div className="fo-failure" role="alert">
      <Icon name="alert" />
      <p>{said.part.away}</p>
    </div>
  ) : (
    <p className="fo-quiet">{said.loading}</p>
  );
}

/** Around what may fail on its own: the rest of the page stays, and says what can be done; `quiet` shows nothing until it is there. */
export class Part extends Component<
  { readonly children: ReactNode; readonly quiet?: boolean },
  { readonly failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    if (!this.state.failed)
      return (
        <Suspense fallback={this.props.quiet === true ? null : <Coming />}>{this.props.children}</Suspense>
      );
    return <Broken />;
  }
}

function Broken(): ReactNode {
  const said = useFrameWords().part;
  return (
    <div className="fo-failure" role="alert">
      <Icon name="alert" />
      <div>
        <p>{said.failed}</p>
        <p>
          <button type="button" className="fo-plain" onClick={() => window.location.reload()}>
            {said.again}
          </button>
        </p>
      </div>
    </div>
  );
}
