import { Socket } from 'node:net';

/** What one read takes at most; the buffer is used again for the next one. */
const READ_BYTES = 256 * 1024;

/**
 * A socket that reads into one buffer of its own, so that bulk data costs no allocation. Who sets `bulk` gets each piece as
 * a view that is void when the call returns; otherwise pieces come as `data` events, as from any socket.
 */
export class GulpSocket extends Socket {
  bulk: ((piece: Buffer) => void) | null;

  constructor() {
    super({
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (size, buffer) => {
          // The runtime gives back the buffer it was given.
          const piece = (buffer as Buffer).subarray(0, size);
          if (this.bulk === null) this.emit('data', Buffer.from(piece));
          else this.bulk(piece);
          return true;
        },
      },
    });
    this.bulk = null;
  }
}
