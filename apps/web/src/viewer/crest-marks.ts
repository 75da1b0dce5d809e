import {
  type CorridorAnswer,
  type CrestReference,
  type DiscLevel,
  isCorridor,
  type MarkDrawing,
} from '@foramen/spine';
import type { Mark, MarksStore } from './marks-store.ts';

/** The tops of the iliac crests that readers marked, and the disc their height is read against; null where no slice reaches them. */
export function crestMarks(
  corridors: readonly CorridorAnswer[],
  marks: MarksStore,
): {
  readonly level: DiscLevel | null;
  readonly crest: CrestReference | null;
  readonly crests: readonly Mark[];
  readonly mark: (drawing: MarkDrawing) => void;
} {
  const reference = corridors.find((c) => !isCorridor(c) && c.crest !== undefined);
  const crest = reference === undefined || isCorridor(reference) ? null : (reference.crest ?? null);
  const crests = marks.marks.filter((mark) => mark.drawing.kind === 'crest' && !mark.removed);
  const side = (d: MarkDrawing) => (d.lps?.[0]?.[0] ?? 0) > (crest?.centre[0] ?? 0);
  return {
    level: reference?.level ?? null,
    crest,
    crests,
    // One mark a side: the crest marked anew is the same measure, changed.
    mark: (drawing) => {
      const there = crests.find((mark) => side(mark.drawing) === side(drawing));
      if (there === undefined) void marks.draw(drawing);
      else void marks.change(there.key, { ...drawing, note: there.drawing.note });
    },
  };
}
