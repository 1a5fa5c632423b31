import type { ClientContext } from '@orpc/client';
import { StandardRPCLink, type StandardLinkClient } from '@orpc/client/standard';
import { ClientPeer } from '@orpc/standard-server-peer';
import { channelError, type ChannelEnd } from './channel-error.ts';
import type { Transport } from './core-link.ts';

/** What carries frames between a page and the core. */
export interface PageChannel {
  readonly isOpen: () => boolean;
  readonly send: (frame: string | ArrayBufferLike | Uint8Array) => void;
  readonly onFrame: (listener: (frame: unknown) => void) => void;
  readonly close: () => void;
  /** Resolves once, when it is closed by the other side. */
  readonly closed: Promise<ChannelEnd>;
}

/** oRPC over a channel. A frame of the core's that is none closes it: nobody can tell whose answer it was to be. */
export function transportOver(channel: PageChannel): Transport {
  const broken = Promise.withResolvers<ChannelEnd>();
  const closed = Promise.race([channel.closed, broken.promise]);
  const peer = new ClientPeer((frame) => {
    if (!channel.isOpen()) throw channelError('core');
    channel.send(frame);
    return Promise.resolve();
  });
  channel.onFrame((frame) => {
    hear(peer, frame).catch(() => {
      broken.resolve('channel');
      channel.close();
    });
  });
  void closed.then(() => peer.close());
  const client: StandardLinkClient<ClientContext> = {
    async call(request) {
      const response = await peer.request(request);
      return { ...response, body: () => Promise.resolve(response.body) };
    },
  };
  return { link: new StandardRPCLink(client, { url: 'http://core' }), closed };
}

async function hear(peer: ClientPeer, frame: unknown): Promise<void> {
  if (typeof frame !== 'string' && !(frame instanceof ArrayBuffer) && !(frame instanceof Uint8Array)) {
    throw new TypeError('A frame is text or bytes.');
  }
  await peer.message(frame);
}
