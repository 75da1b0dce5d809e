import { createConnection, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import {
  associateRequest,
  COMMAND,
  dataSet,
  decodeCommand,
  decodePdu,
  encodeDataSet,
  encodePdu,
  messagePdus,
  number,
  type Pdu,
  PduStream,
  SOP_CLASS,
  TRANSFER_SYNTAX,
  uidFromSeed,
} from '@foramen/dicom';

/**
 * A C-STORE sender that costs as little as one can: a message is encoded once, and only the identity of the object is written over before it is
 * sent again. The next object goes out when the one before was answered, as the protocol has it. Prints one JSON line: objects, seconds of the
 * whole, seconds of processor of the sender, and answers that were not success.
 *
 *   node bench/ingest/sender.ts --port 11112 --to FORAMEN --count 300 --run 7
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    to: { type: 'string', default: 'FORAMEN' },
    from: { type: 'string', default: 'STORESCU' },
    count: { type: 'string', default: '300' },
    /** Tells runs apart: another study, other objects. */
    run: { type: 'string', default: '1' },
  },
});
const count = Number(values.count);
const SIDE = 512;

/** Of a length that does not change, so that it can be written over. */
const sopUid = (n: number): string => `1.2.826.0.1.3680043.10.1234.${1e8 + Number(values.run)}.${1e8 + n}`;

function template(maxLength: number): { message: Buffer; places: readonly number[] } {
  const pixels = new Uint16Array(SIDE * SIDE);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7) % 4096;
  const data = encodeDataSet(
    dataSet({
      SpecificCharacterSet: 'ISO_IR 100',
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: sopUid(0),
      StudyInstanceUID: uidFromSeed(`bench/${values.run}`),
      SeriesInstanceUID: uidFromSeed(`bench/${values.run}/series`),
      StudyDate: '20260301',
      StudyDescription: 'L-Wirbelsäule',
      Modality: 'MR',
      PatientName: 'Vogt^Anna',
      PatientID: 'BENCH',
      PatientBirthDate: '19800517',
      PatientSex: 'F',
      SeriesNumber: 3,
      InstanceNumber: 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIDE,
      Columns: SIDE,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: pixels,
    }),
    { explicit: true },
  );
  const message = Buffer.concat([
    ...messagePdus(
      {
        contextId: 1,
        command: {
          AffectedSOPClassUID: SOP_CLASS.mr,
          CommandField: COMMAND.storeRequest,
          MessageID: 1,
          Priority: 0,
          AffectedSOPInstanceUID: sopUid(0),
        },
        data,
      },
      maxLength,
    ),
  ]);
  const places: number[] = [];
  for (let at = message.indexOf(sopUid(0)); at >= 0; at = message.indexOf(sopUid(0), at + 1)) places.push(at);
  return { message, places };
}

async function* pdus(socket: Socket): AsyncGenerator<Pdu> {
  const stream = new PduStream();
  for await (const chunk of socket) {
    for (const unit of stream.units(chunk as Buffer)) {
      const pdu = unit.ok ? decodePdu(unit.value) : unit;
      if (!pdu.ok) throw new Error(pdu.problems[0].what);
      yield pdu.value;
    }
  }
}

const socket = createConnection({ host: '127.0.0.1', port: Number(values.port), noDelay: true });
const answers = pdus(socket);
const next = async (): Promise<Pdu> => {
  const { value, done } = await answers.next();
  if (done === true) throw new Error('the connection ended');
  return value;
};
socket.write(
  encodePdu(
    associateRequest({
      callingAe: values.from,
      calledAe: values.to,
      maxLength: 16_384,
      contexts: [{ abstractSyntax: SOP_CLASS.mr, transferSyntaxes: [TRANSFER_SYNTAX.explicitLittle] }],
    }),
  ),
);
const accepted = await next();
if (accepted.kind !== 'associate-accept') throw new Error(`no association: ${accepted.kind}`);
const { message, places } = template(accepted.user.maxLength);
let refused = 0;
const used = process.cpuUsage();
const began = performance.now();
for (let n = 0; n < count; n++) {
  const uid = sopUid(n);
  for (const at of places) message.write(uid, at, 'latin1');
  socket.write(message);
  const answer = await next();
  const value = answer.kind === 'data' ? answer.values[0] : undefined;
  const response = value === undefined ? undefined : decodeCommand(value.data);
  if (response?.ok !== true || number(response.value, 'Status') !== 0) refused++;
}
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(used);
socket.write(encodePdu({ kind: 'release-request' }));
await next().catch(() => undefined);
socket.destroy();
process.stdout.write(`${JSON.stringify({ count, seconds, processor: (user + system) / 1e6, refused })}\n`);
