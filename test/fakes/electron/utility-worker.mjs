// What a utility process is to its own code: `process.parentPort`, and ports that are emitters. Then the code itself runs.
import { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

class Port extends EventEmitter {
  #raw;

  constructor(raw) {
    super();
    this.#raw = raw;
    raw.on('close', () => this.emit('close'));
  }

  start() {
    this.#raw.on('message', (data) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message) {
    this.#raw.postMessage(message);
  }

  close() {
    this.#raw.close();
  }
}

const toParent = new EventEmitter();
toParent.postMessage = (message) => parentPort.postMessage(message);
// Messages wait until somebody listens.
toParent.once('newListener', () => {
  parentPort.on('message', ({ message, ports }) => {
    toParent.emit('message', { data: message, ports: ports.map((raw) => new Port(raw)) });
  });
});
process.parentPort = toParent;

await import(workerData.entry);
