import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { AppError, isAppError } from '../../src-shared/errors/app-error.ts';
import { channelError, unreadableAnswer, type ChannelEnd } from './channel-error.ts';
import { fromWireError, type WireError } from '../../src-shared/errors/wire.ts';

/** A connection to the core over whatever carries it. */
export interface CoreConnection {
  readonly core: CoreClient;
  /** Resolves once, when the channel is gone, with why. */
  readonly closed: Promise<ChannelEnd>;
}

/** What a transport gives: oRPC's link, and a promise that it is gone. */
export interface Transport {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<ChannelEnd>;
}

/**
 * The core behind a transport. Every failure comes as an {@link AppError}; calls on a channel that is gone reject at once,
 * and so do those that were under way.
 */
export function coreOver({ link, closed }: Transport): CoreConnection {
  const state: { end: ChannelEnd | null } = { end: null };
  const gone = closed.then((end) => {
    state.end = end;
    return end;
  });
  const lost = gone.then((end): never => {
    throw channelError(end);
  });
  lost.catch(() => undefined);
  const guarded: ClientLink<ClientContext> = {
    async call(path, input, options: ClientOptions<ClientContext>) {
      if (state.end !== null) throw channelError(state.end);
      try {
        const output = await Promise.race([link.call(path, input, options), lost]);
        return isStream(output) ? translated(output, { path, lost }) : output;
      } catch (error) {
        throw readable(error, { path, signal: options.signal });
      }
    },
  };
  return { core: createORPCClient(guarded), closed: gone };
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* translated(
  source: AsyncIterable<unknown>,
  { path, lost }: { readonly path: readonly string[]; readonly lost: Promise<never> },
): AsyncGenerator {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), lost]);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    throw readable(error, { path, signal: undefined });
  } finally {
    // A stream that is left early is ended on the other side as well; a dead channel cannot hear it.
    void iterator.return?.().catch(() => undefined);
  }
}

function readable(
  error: unknown,
  { path, signal }: { readonly path: readonly string[]; readonly signal: AbortSignal | undefined },
): unknown {
  if (isAppError(error)) return error;
  if (signal?.aborted === true) {
    return new AppError('RUN/CANCELLED', { message: 'It was cancelled.' });
  }
  if (hasWire(error)) return fromWireError(error.data);
  // The link gives up what was under way when its channel ends, in words of its own.
  if (error instanceof Error && error.name === 'AbortError') return channelError('core');
  return unreadableAnswer(path, error);
}

function hasWire(error: unknown): error is { readonly data: WireError } {
  if (typeof error !== 'object' || error === null || !('data' in error)) return false;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'kind' in data;
}
