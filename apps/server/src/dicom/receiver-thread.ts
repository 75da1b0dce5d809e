import { parentPort, workerData } from 'node:worker_threads';
import type { ReceiverSettings, ToReceiver } from './link.ts';
import { Receiver } from './receiver.ts';

if (parentPort === null) throw new Error('runs as a thread of the DICOM node');
const port = parentPort;
const receiver = new Receiver(workerData as ReceiverSettings, (message) => port.postMessage(message));
port.on('message', (message: ToReceiver) => receiver.hear(message));
receiver.listen();
