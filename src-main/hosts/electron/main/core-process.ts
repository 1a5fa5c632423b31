import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { fromCore, type FromCore, type StartCore, type ToCore } from '../bridge/core-messages.ts';

/** How long the core may take to end by itself. */
const END_MS = 5000;

export interface CoreEvents {
  /** What it says, read against the schema. */
  readonly onMessage: (message: FromCore) => void;
  /** It ended, and nobody had asked for that. */
  readonly onLost: () => void;
}

/** The core's process: started when a page needs it, and again after it was lost. */
export class CoreProcess {
  readonly #entry: string;
  readonly #start: () => Omit<StartCore, 'kind'>;
  readonly #events: CoreEvents;
  #child: UtilityProcess | null = null;

  constructor(entry: string, start: () => Omit<StartCore, 'kind'>, events: CoreEvents) {
    this.#entry = entry;
    this.#start = start;
    this.#events = events;
  }

  get isThere(): boolean {
    return this.#child !== null;
  }

  /** A new channel to the core; the answer is the page's end of it. */
  connect(): MessagePortMain {
    this.#child ??= this.#fork();
    const { port1, port2 } = new MessageChannelMain();
    tell(this.#child, { kind: 'page' }, [port1]);
    return port2;
  }

  /** Ends it: by itself where it can, by force after a while. */
  async end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const impatience = setTimeout(() => child.kill(), END_MS);
    tell(child, { kind: 'end' });
    await gone;
    clearTimeout(impatience);
  }

  #fork(): UtilityProcess {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'waybill-core', stdio: 'inherit' });
    child.on('message', (message: unknown) => {
      const read = fromCore.safeParse(message);
      if (read.success && this.#child === child) this.#events.onMessage(read.data);
    });
    child.once('exit', () => {
      // One that was told to end, or was followed by another, is no loss.
      if (this.#child !== child) return;
      this.#child = null;
      this.#events.onLost();
    });
    tell(child, { kind: 'start', ...this.#start() });
    return child;
  }
}

function tell(child: UtilityProcess, message: ToCore, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports);
}
