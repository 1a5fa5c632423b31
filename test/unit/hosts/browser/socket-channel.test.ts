import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { socketChannel, WAITING_MAX_BYTES } from '../../../../src-main/hosts/browser/socket-channel.ts';

class HeldSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  send(frame: unknown): void {
    this.sent.push(frame);
  }
  terminate(): void {
    this.readyState = 3;
  }
}

describe('the channel of a socket', () => {
  it('keeps no more for a page that does not read than a page can ask for at once', () => {
    const socket = new HeldSocket();
    const channel = socketChannel(socket as unknown as WebSocket);
    channel.send('one');
    socket.bufferedAmount = WAITING_MAX_BYTES + 1;
    channel.send('two');
    channel.send('three');
    expect(socket.sent).toEqual(['one']);
    expect(socket.readyState).toBe(3);
  });
});
