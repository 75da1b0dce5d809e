import { parseArgs } from 'node:util';
import { plannedSteps, readPeers, readSettings, readTls, type WorklistWish } from '@foramen/server';
import type { ServeIo } from './serve.ts';
import { usage } from './serve-operations.ts';

/** `--date`: a day, or two with `..` between. */
function dicomDates(value: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:\.\.(\d{4})-(\d\d)-(\d\d))?$/.exec(value);
  if (parts === null) throw usage('--date wants a day, 2026-03-01, or two, 2026-03-01..2026-03-07');
  const [, y, m, d, toY, toM, toD] = parts;
  return toY === undefined ? `${y}${m}${d}` : `${y}${m}${d}-${toY}${toM}${toD}`;
}

/** `foramen worklist`: what a hospital's modality worklist has planned, a line each, or JSON. */
export async function runWorklist(argv: readonly string[], io: ServeIo): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      peer: { type: 'string' },
      date: { type: 'string' },
      modality: { type: 'string' },
      station: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  if (values.peer === undefined) throw usage('--peer says whom to ask: AE=host:port');
  const settings = readSettings({}, io.env);
  const [peer, more] = readPeers(values.peer, readTls(settings.dicomTls));
  if (peer === undefined || more !== undefined) throw usage('--peer wants one AE=host:port');
  const wish: WorklistWish = {
    ...(values.date === undefined ? {} : { date: dicomDates(values.date) }),
    ...(values.modality === undefined ? {} : { modality: values.modality }),
    ...(values.station === undefined ? {} : { station: values.station }),
  };
  const planned = await plannedSteps(peer, settings.aeTitle, wish);
  if (values.json === true) io.out(`${JSON.stringify(planned, null, 2)}\n`);
  else
    for (const one of planned)
      io.out(
        `${[one.start, one.modality, one.station, one.patientId, one.name, one.birthDate, one.accession, one.step].map((cell) => cell ?? '-').join('\t')}\n`,
      );
  if (planned.length === 0) io.err('nothing is planned that fits\n');
  return 0;
}
