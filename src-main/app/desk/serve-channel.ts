import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import type { Desk } from './desk.ts';
import type { DeskContext } from './procedure.ts';
import { router } from './router.ts';

/** A frame as it is sent: text, or bytes where a call carries a file. */
export type Frame = string | ArrayBufferLike | Uint8Array;

/** One connection to a page, over whatever carries it. */
export interface Channel {
  send(frame: Frame): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  close(reason: string): void;
}

/** A larger frame is refused unread. */
export const FRAME_MAX_BYTES = 8 * 1024 * 1024;

/**
 * Answers the contract's calls on a channel until it closes; running calls are aborted then. A frame that is none closes
 * the channel and nothing else: a page cannot end the core.
 */
export function serveChannel(channel: Channel, desk: Desk): void {
  const peer = new ServerPeer((frame) => {
    channel.send(frame);
    return Promise.resolve();
  });
  const handler = new StandardRPCHandler<DeskContext>(router, {});
  const answer = createServerPeerHandleRequestFn(handler, { context: { desk } });
  const refuse = (): void => {
    channel.close('A frame could not be read.');
    peer.close();
  };
  channel.onFrame((frame) => {
    const size = sizeOf(frame);
    if (size === null || size > FRAME_MAX_BYTES) return refuse();
    peer.message(frame as Frame, answer).catch(refuse);
  });
  channel.onClose(() => peer.close());
}

function sizeOf(frame: unknown): number | null {
  if (typeof frame === 'string') return frame.length;
  if (frame instanceof ArrayBuffer || ArrayBuffer.isView(frame)) return frame.byteLength;
  return null;
}
