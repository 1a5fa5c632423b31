/** Who sent something: a page's contents, and the frame in it; null: the frame is gone. */
export interface Sender {
  readonly sender: object;
  readonly senderFrame: object | null;
}

type Handler = (event: Sender, ...args: unknown[]) => unknown;

const listeners = new Map<string, Handler[]>();
const handlers = new Map<string, Handler>();

/** The main process's end of the channels. */
export const ipcMain = {
  on(channel: string, listener: Handler): void {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
  },
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },

  /** For tests: a message arrives, sent by anyone. */
  arrive(channel: string, from: Sender, args: readonly unknown[]): void {
    for (const listener of listeners.get(channel) ?? []) listener(from, ...args);
  },
  /** For tests: a question arrives, asked by anyone. */
  async ask(channel: string, from: Sender, args: readonly unknown[]): Promise<unknown> {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(from, ...args));
  },
  /** For tests: every channel that somebody listens on. */
  channels(): readonly string[] {
    return [...listeners.keys(), ...handlers.keys()];
  },
};
