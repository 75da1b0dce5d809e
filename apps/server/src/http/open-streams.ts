/** How many streams of events may be open at once. A browser opens one a tab. */
const LIMITS = {
  /** Of one session or token; a further one ends the oldest. */
  perSession: 8,
  /** Of one address, whoever is signed in there; a further one is refused. A clinic behind one address has fewer workstations. */
  perAddress: 256,
};

export interface OpenStreams {
  /**
   * Takes a place for a stream. `crowdedOut` is called when newer ones of the same session have taken it.
   *
   * @returns gives the place back; undefined when the address has none left, and nobody is crowded out then.
   */
  readonly enter: (session: string, address: string, crowdedOut: () => void) => (() => void) | undefined;
  readonly count: () => number;
}

/** Streams are held open by the server, so whoever opens them without end must take places from nobody but themselves. */
export function openStreams(limits: typeof LIMITS = LIMITS): OpenStreams {
  const addresses = new Map<string, number>();
  /** In the order they were opened. */
  const sessions = new Map<string, Set<() => void>>();
  let count = 0;
  return {
    count: () => count,
    enter(session, address, crowdedOut) {
      const own = sessions.get(session) ?? new Set();
      const full = own.size >= limits.perSession;
      const there = addresses.get(address) ?? 0;
      // One that replaces another of the same session and address takes no further place; from elsewhere it does, for a moment.
      if (there >= limits.perAddress + (full ? 1 : 0)) return undefined;
      sessions.set(session, own);
      own.add(crowdedOut);
      addresses.set(address, there + 1);
      count++;
      let left = false;
      const leave = (): void => {
        if (left) return;
        left = true;
        count--;
        own.delete(crowdedOut);
        if (own.size === 0 && sessions.get(session) === own) sessions.delete(session);
        const remaining = (addresses.get(address) ?? 1) - 1;
        if (remaining <= 0) addresses.delete(address);
        else addresses.set(address, remaining);
      };
      if (full) {
        const [oldest] = own;
        oldest?.();
      }
      return leave;
    },
  };
}
