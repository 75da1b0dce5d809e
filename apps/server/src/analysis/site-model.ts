import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type NnunetPlan, type RunSiteModel, readNnunetPlan } from '@foramen/imaging';
import { fail, ok, type Problem, type Result } from '@foramen/spine';

/** A site's own network with its plan, loaded. */
export interface SiteModel {
  readonly plan: NnunetPlan;
  readonly run: RunSiteModel;
  /** Lower-case hex SHA-256 of the network file. */
  readonly sha256: string;
  release(): Promise<void>;
}

function bad(code: Problem['code'], where: string, what: string, help: string): Result<never> {
  return fail({ code, severity: 'error', where, what, help });
}

const HELP = 'Give a folder with plans.json, dataset.json and one .onnx file';

/**
 * Loads `plans.json`, `dataset.json` and the one `.onnx` file of a folder. Where a folder holds several networks, the one that carries the
 * configuration's name is taken.
 */
export async function loadSiteModel(dir: string, configuration?: string): Promise<Result<SiteModel>> {
  if (!existsSync(dir) || !statSync(dir).isDirectory())
    return bad('not-found', dir, 'there is no such folder', HELP);
  const documents: unknown[] = [];
  for (const name of ['plans.json', 'dataset.json']) {
    const path = join(dir, name);
    if (!existsSync(path)) return bad('missing', path, 'the file is not there', HELP);
    try {
      documents.push(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      return bad('unreadable', path, `not JSON (${(error as Error).message})`, HELP);
    }
  }
  const networks = readdirSync(dir).filter((name) => /\.onnx$/i.test(name));
  const named = networks.filter((name) => configuration !== undefined && name.includes(configuration));
  const file = networks.length === 1 ? networks[0] : named[0];
  if (file === undefined || named.length > 1)
    return bad(
      'missing',
      dir,
      networks.length === 0
        ? 'there is no .onnx file'
        : `there are ${networks.length} networks (${networks.join(', ')})`,
      networks.length === 0 ? HELP : 'Name one with --configuration, or keep one .onnx file in the folder',
    );
  const path = join(dir, file);
  const ort = await import('onnxruntime-node');
  let session: Awaited<ReturnType<typeof ort.InferenceSession.create>>;
  try {
    session = await ort.InferenceSession.create(path, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  } catch (error) {
    return bad('unreadable', path, `not a network that runs here (${firstLine(error)})`, HELP);
  }
  const [input] = session.inputMetadata;
  const [output] = session.outputNames;
  const rank = input?.isTensor === true ? input.shape.length : 0;
  if (
    input === undefined ||
    output === undefined ||
    session.inputNames.length !== 1 ||
    rank < 4 ||
    rank > 5
  ) {
    await session.release();
    return bad(
      'unsupported',
      path,
      `the network takes ${session.inputNames.length} inputs, the first of ${rank} axes`,
      'Give a network with one input of batch, channel and two or three axes',
    );
  }
  const plan = readNnunetPlan(documents[0], documents[1], {
    ...(configuration === undefined ? {} : { configuration }),
    dimensions: rank === 5 ? 3 : 2,
  });
  if (!plan.ok || plan.value.dimensions !== rank - 2) {
    await session.release();
    if (plan.ok)
      return bad(
        'contradiction',
        path,
        `the network has ${rank - 2} dimensions and the configuration ${plan.value.configuration} ${plan.value.dimensions}`,
        'Name the right one with --configuration',
      );
    const [first] = plan.problems;
    return fail({ ...first, where: join(dir, first.where) });
  }
  const wide = input.isTensor ? input.shape[1] : undefined;
  if (typeof wide === 'number' && wide !== plan.value.inputs.length) {
    await session.release();
    return bad(
      'contradiction',
      path,
      `the network reads ${wide} pictures and dataset.json names ${plan.value.inputs.length}`,
      'Give dataset.json as nnU-Net wrote it beside the network',
    );
  }
  return ok(
    {
      plan: plan.value,
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      run: async ({ data, dims }) => {
        const results = await session.run({ [input.name]: new ort.Tensor('float32', data, [...dims]) });
        const found = results[output];
        if (found === undefined) throw new Error(`there is no output ${output}`);
        const values = found.data;
        return {
          data:
            values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number>, Number),
          dims: found.dims,
        };
      },
      release: () => session.release(),
    },
    plan.warnings.map((w) => ({ ...w, where: join(dir, w.where) })),
  );
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
