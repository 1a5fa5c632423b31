import type { MessageEvent, MessagePortMain as RealPort } from 'electron';
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** A port of the main process over a real port of Node: an emitter that keeps what comes until it is started. */
export class MessagePortMain extends EventEmitter implements Pick<RealPort, 'close' | 'postMessage' | 'start'> {
  readonly raw: MessagePort;

  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
    raw.on('close', () => this.emit('close'));
  }

  start(): void {
    this.raw.on('message', (data: unknown) => {
      this.emit('message', { data, ports: [] } satisfies MessageEvent);
    });
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    this.raw.postMessage(message, rawPorts(transfer));
  }

  close(): void {
    this.raw.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** The ports beneath; Electron's main process can hand over ports and nothing else. */
export function rawPorts(transfer: readonly object[]): MessagePort[] {
  return transfer.map((port) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError('Only a MessagePortMain can be transferred.');
    return port.raw;
  });
}
