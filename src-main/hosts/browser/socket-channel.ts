import type { WebSocket } from 'ws';
import type { Channel } from '../../app/desk/serve-channel.ts';

const POLICY_VIOLATION = 1008;

/** More is not kept for a page that does not read, e.g. one that its browser has put to sleep; it can connect again. */
export const WAITING_MAX_BYTES = 64 * 1024 * 1024;

/** A WebSocket as a channel; binary frames come as bytes, text as text. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > WAITING_MAX_BYTES) socket.terminate();
      else socket.send(frame);
    },
    onFrame: (listener) =>
      socket.on('message', (data: Buffer, isBinary) =>
        listener(isBinary ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data.toString('utf8')),
      ),
    onClose: (listener) => socket.on('close', listener),
    close: (reason) => socket.close(POLICY_VIOLATION, reason),
  };
}
