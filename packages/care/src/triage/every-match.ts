const NONE: readonly RegExpExecArray[] = [];

/** Every match of a global pattern. `String.matchAll` copies the pattern on each call, which costs more than most of the hundreds of searches made in a text. */
export function everyMatch(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let found = pattern.exec(text);
  if (found === null) return NONE;
  const all: RegExpExecArray[] = [];
  while (found !== null) {
    all.push(found);
    if (found[0] === '') pattern.lastIndex += 1;
    found = pattern.exec(text);
  }
  return all;
}
