import { appendFileSync } from 'node:fs';
import pg from 'pg';
import { expect } from 'vitest';

/** Which PostgreSQL the tests of each file really spoke to, a line each time: `npm run test:postgres15` sets the file and reads it. */
const list = process.env.FORAMEN_TEST_VERSIONS;

interface Reported {
  readonly parameterName: string;
  readonly parameterValue: string;
}
if (list !== undefined) {
  const { connect } = pg.Client.prototype;
  pg.Client.prototype.connect = function (this: pg.Client, ...asked: unknown[]) {
    const { connection } = this as unknown as { connection: NodeJS.EventEmitter };
    connection.on('parameterStatus', ({ parameterName, parameterValue }: Reported) => {
      if (parameterName === 'server_version')
        appendFileSync(list, `${JSON.stringify([expect.getState().testPath, parameterValue])}\n`);
    });
    return (connect as (...given: unknown[]) => unknown).apply(this, asked);
  } as typeof connect;
}
