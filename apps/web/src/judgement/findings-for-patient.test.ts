import type { Assessment, LevelContext } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { findingsForPatient } from './findings-for-patient.ts';

const entry = (level: string, finding: string, prevalenceWithoutPain: number | null) =>
  ({ level, finding, prevalenceWithoutPain }) as unknown as LevelContext;
const of = (condition: string, level: string | undefined, context: readonly LevelContext[]) =>
  findingsForPatient({ differential: [{ condition, level }], context } as unknown as Assessment).map(
    (f) => `${f.level} ${f.finding}`,
  );

describe('what a patient is told of the scan', () => {
  const scan = [
    entry('L5-S1', 'disc-degeneration', 0.8),
    entry('L5-S1', 'height-loss', 0.6),
    entry('L5-S1', 'bulge', 0.6),
    entry('L5-S1', 'signal-loss', 0.7),
    entry('L5-S1', 'protrusion', 0.3),
    entry('L4-L5', 'extrusion', null),
    entry('L4-L5', 'disc-degeneration', 0.8),
  ];

  it('begins with the finding of the likeliest cause at its level, though no figure is known of it', () => {
    expect(of('herniation', 'L4-L5', scan)[0]).toBe('L4-L5 extrusion');
    expect(of('herniation', 'L5-S1', scan)[0]).toBe('L5-S1 protrusion');
    expect(of('herniation', undefined, scan)[0]).toBe('L5-S1 protrusion');
  });

  it('tells each usual finding once and four in all, and of a cause that no picture shows only these', () => {
    expect(of('hip', undefined, scan)).toEqual([
      'L5-S1 disc-degeneration',
      'L5-S1 height-loss',
      'L5-S1 bulge',
      'L5-S1 signal-loss',
    ]);
    expect(of('herniation', 'L4-L5', scan)).toHaveLength(4);
    expect(of('facet', undefined, [])).toEqual([]);
  });
});
