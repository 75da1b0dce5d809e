/** Whether a text holds a pattern anywhere. Every sign found in a text asks this of the whole text, so that the answer is kept for it. */
export function saidAnywhere(pattern: RegExp): (text: string) => boolean {
  let last: { readonly text: string; readonly found: boolean } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, found: pattern.test(text) };
    return last.found;
  };
}
