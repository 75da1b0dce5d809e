import { type Intake, intakeSchema, type Problem, type SetAside } from '@foramen/spine';
import type { z } from 'zod';

/** An intake that can be judged, what was wrong with it, and the answers that were set aside. */
interface ReadIntake {
  readonly intake: Intake;
  readonly problems: readonly Problem[];
  readonly setAside: readonly SetAside[];
}

/** What is said of a field that the schema does not know. */
export const UNKNOWN_FIELD = 'is not a field of the intake';

type Path = readonly (string | number)[];

/** Longest list that is read; a real intake has a few dozen entries. */
const LONGEST_LIST = 500;
const DEEPEST = 12;

const isObject = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${key}`),
    'intake',
  );
}

/** A deep copy without nulls (null says "not known"), too long lists or too deep nesting. Null inside `items` stays: a missing item. */
function cleaned(value: unknown, path: Path, problems: Problem[], aside: SetAside[]): unknown {
  if (path.length > DEEPEST) {
    aside.push({ path: pathText(path), value: 'nested too deeply' });
    problems.push(
      problem('too-large', path, 'is nested too deeply', 'Give the intake in the documented shape'),
    );
    return undefined;
  }
  if (Array.isArray(value)) {
    if (value.length > LONGEST_LIST) {
      problems.push(
        problem('too-large', path, `has ${value.length} entries`, `Give at most ${LONGEST_LIST}`),
      );
    }
    const items = path.at(-1) === 'items';
    return value
      .slice(0, LONGEST_LIST)
      .map((v, i) => (v === null && items ? null : cleaned(v, [...path, i], problems, aside)))
      .filter((v) => v !== undefined);
  }
  if (isObject(value)) {
    const out: Record<string, unknown> = {};
    for (const [key, v] of Object.entries(value)) {
      if (key === '__proto__') continue;
      if (v === null) continue;
      const kept = cleaned(v, [...path, key], problems, aside);
      if (kept !== undefined) out[key] = kept;
    }
    return out;
  }
  return value === null ? undefined : value;
}

function problem(code: Problem['code'], path: Path, what: string, help: string): Problem {
  const severity =
    code === 'out-of-range' || code === 'unreadable' || code === 'too-large' ? 'error' : 'warning';
  return { code, severity, where: pathText(path), what, help };
}

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) => (here as Record<string | number, unknown> | undefined)?.[key],
    root,
  );
}

/** Removes a key or an element; of an element the whole entry goes. */
function remove(root: unknown, path: Path): void {
  const parent = at(root, path.slice(0, -1));
  const key = path.at(-1)!;
  if (Array.isArray(parent) && typeof key === 'number') parent.splice(key, 1);
  else if (isObject(parent)) delete parent[key];
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

function describe(issue: z.core.$ZodIssue, value: unknown): Problem {
  const path = issue.path as Path;
  switch (issue.code) {
    case 'too_big':
    case 'too_small': {
      const bound =
        issue.code === 'too_big' ? `at most ${String(issue.maximum)}` : `at least ${String(issue.minimum)}`;
      return problem(
        'out-of-range',
        path,
        `${shown(value)} is impossible; it must be ${bound}`,
        'Correct the value; it is treated as not known',
      );
    }
    case 'invalid_value':
      return problem(
        'unsupported',
        path,
        `${shown(value)} is not a known answer`,
        `Use one of ${issue.values.slice(0, 8).join(', ')}${issue.values.length > 8 ? ', ...' : ''}; it is treated as not known`,
      );
    case 'invalid_format':
      return problem(
        'unreadable',
        path,
        `${shown(value)} is not ${issue.message}`,
        'Correct the value; it is treated as not known',
      );
    default:
      return problem(
        'unreadable',
        path,
        `${shown(value)} cannot be read (${issue.message})`,
        'Correct the value; it is treated as not known',
      );
  }
}

/**
 * Reads an intake document as far as it can be read. An impossible value or unknown code is named, kept in `setAside`
 * and treated as unknown; everything else stays. Returns one problem instead when the document is no intake at all.
 */
export function readIntake(raw: unknown): ReadIntake | Problem {
  if (!isObject(raw)) {
    return {
      code: 'unreadable',
      severity: 'error',
      where: 'intake',
      what: `is ${Array.isArray(raw) ? 'a list' : raw === null ? 'null' : `a ${typeof raw}`}, not an object`,
      help: 'Give one JSON object in the shape foramen.intake/1',
    };
  }
  if (raw.schema !== undefined && raw.schema !== 'foramen.intake/1') {
    return {
      code: 'unsupported',
      severity: 'error',
      where: 'intake.schema',
      what: `${shown(raw.schema)} is not supported`,
      help: 'Use foramen.intake/1 or leave schema out',
    };
  }
  const problems: Problem[] = [];
  const setAside: SetAside[] = [];
  const copy = cleaned(raw, [], problems, setAside);
  for (let round = 0; round < 50; round++) {
    const parsed = intakeSchema.safeParse(copy);
    if (parsed.success) {
      problems.push(...unknownKeys(parsed.data, intakeSchema, []));
      return { intake: parsed.data, problems, setAside };
    }
    // From the back, so that removing an element does not shift one still to be removed.
    const issues = [...parsed.error.issues].reverse();
    const seen = new Set<string>();
    for (const issue of issues) {
      let path = issue.path as Path;
      let value = at(copy, path);
      // A required part is missing: the whole entry cannot be used.
      while (value === undefined && path.length > 0) {
        path = path.slice(0, -1);
        value = at(copy, path);
      }
      const key = pathText(path);
      if (seen.has(key) || path.length === 0) continue;
      seen.add(key);
      problems.push(describe({ ...issue, path: [...path] }, value));
      setAside.push({ path: key, value });
      remove(copy, path);
    }
    if (seen.size === 0) break;
  }
  return {
    code: 'unreadable',
    severity: 'error',
    where: 'intake',
    what: 'cannot be read',
    help: 'Give one JSON object in the shape foramen.intake/1',
  };
}

interface Shaped {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly unwrap?: () => unknown;
}

/** Keys that the schema does not know: kept and read as free text, and reported, because a typo may hide an answer. */
function unknownKeys(value: unknown, schema: unknown, path: Path): Problem[] {
  let type = schema as Shaped;
  while (type.shape === undefined && type.element === undefined && typeof type.unwrap === 'function') {
    type = type.unwrap() as Shaped;
  }
  if (type.shape !== undefined && isObject(value)) {
    const { shape } = type;
    return Object.entries(value).flatMap(([key, v]) =>
      Object.hasOwn(shape, key)
        ? unknownKeys(v, shape[key], [...path, key])
        : [
            problem(
              'unsupported',
              [...path, key],
              UNKNOWN_FIELD,
              'It is kept and read as free text; check the spelling',
            ),
          ],
    );
  }
  if (type.element !== undefined && Array.isArray(value)) {
    return value.flatMap((v, i) => unknownKeys(v, type.element, [...path, i]));
  }
  return [];
}
