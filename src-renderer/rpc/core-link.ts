import { createORPCClient } from '@orpc/client';
import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { AppError, isAppError } from '../../src-shared/errors/app-error.ts';
import { fromWireError, type WireError } from '../../src-shared/errors/wire.ts';

/** A connection to the core over whatever carries it. */
export interface CoreConnection {
  readonly core: CoreClient;
  /** Resolves once, when the channel is gone. */
  readonly closed: Promise<void>;
}

/** What a transport gives: oRPC's link, and a promise that it is gone. */
export interface Transport {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<void>;
}

/**
 * The core behind a transport. Every failure comes as an {@link AppError}; calls on a channel that is gone reject at once,
 * and so do those that were under way.
 */
export function coreOver({ link, closed }: Transport): CoreConnection {
  const state = { isClosed: false };
  const gone = closed.then(() => {
    state.isClosed = true;
  });
  const lost = gone.then((): never => {
    throw coreLost();
  });
  lost.catch(() => undefined);
  const guarded: ClientLink<ClientContext> = {
    async call(path, input, options: ClientOptions<ClientContext>) {
      if (state.isClosed) throw coreLost();
      try {
        const output = await Promise.race([link.call(path, input, options), lost]);
        return isStream(output) ? translated(output, lost) : output;
      } catch (error) {
        throw readable(error, options.signal);
      }
    },
  };
  return { core: createORPCClient(guarded), closed: gone };
}

/** A channel that ended, said as an error. */
export function coreLost(): AppError {
  return new AppError('APP/CORE_LOST', {
    message: 'Waybill’s core has stopped.',
    remedy: 'Start Waybill again; what was finished is kept.',
  });
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* translated(source: AsyncIterable<unknown>, lost: Promise<never>): AsyncGenerator {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), lost]);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    throw readable(error, undefined);
  } finally {
    // A stream that is left early is ended on the other side as well; a dead channel cannot hear it.
    void iterator.return?.().catch(() => undefined);
  }
}

function readable(error: unknown, signal: AbortSignal | undefined): unknown {
  if (isAppError(error)) return error;
  if (signal?.aborted === true) {
    return new AppError('RUN/CANCELLED', { message: 'It was cancelled.' });
  }
  if (hasWire(error)) return fromWireError(error.data);
  return error;
}

function hasWire(error: unknown): error is { readonly data: WireError } {
  if (typeof error !== 'object' || error === null || !('data' in error)) return false;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'kind' in data;
}
