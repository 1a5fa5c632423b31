import { Duplex } from 'node:stream';
import type { Channel } from 'ssh2';

/** How much may wait to be read before the server is asked to stop sending. */
const WAITING_BYTES = 256 * 1024;

/**
 * One forwarded connection with the manners of a socket: it ends when either side does, and destroying it ends it at once,
 * with the error that whoever waits is to hear.
 */
export class TunnelStream extends Duplex {
  readonly #channel: Channel;
  #isEnding = false;

  constructor(channel: Channel) {
    super({ allowHalfOpen: false, readableHighWaterMark: WAITING_BYTES });
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.once('end', () => this.#endReading());
    channel.once('close', () => this.#endReading());
    channel.on('error', (error: Error) => this.destroy(error));
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#channel.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#channel.destroy();
    done(error);
  }

  #endReading(): void {
    if (!this.destroyed && !this.#isEnding) this.push(null);
    this.#isEnding = true;
  }
}
