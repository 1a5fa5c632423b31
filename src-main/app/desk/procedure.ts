import { ORPCError, implement } from '@orpc/server';
import { contract } from '../../../src-shared/contract/contract.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { logFailure } from '../log-failure.ts';
import { cancelled } from '../cancelled.ts';
import type { Desk } from './desk.ts';

/** What each procedure is given besides its input. */
export interface DeskContext {
  readonly desk: Desk;
}

/**
 * The contract's procedures, waiting for their handlers. A failure leaves as a wire error in the data of the transport's
 * error; an unforeseen one is written to the log first, since its cause does not travel.
 */
export const procedures = implement(contract)
  .$context<DeskContext>()
  .use(async ({ context, path, signal, next }) => {
    const call = { desk: context.desk, what: path.join('.'), signal };
    try {
      const result = await next();
      // The types know outputs one by one; a stream stays a stream of the same values.
      return isStream(result.output) ? { ...result, output: told(result.output, call) as never } : result;
    } catch (error) {
      throw asTransportError(error, call);
    }
  });

interface Call {
  readonly desk: Desk;
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

const isStream = (output: unknown): output is AsyncIterable<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;

/** A stream that fails on its way says why, as a call does. */
async function* told(stream: AsyncIterable<unknown>, call: Call): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw asTransportError(error, call);
  }
}

function asTransportError(error: unknown, { desk, what, signal }: Call): unknown {
  // The transport's own refusal of an input that does not fit the contract.
  if (error instanceof ORPCError) return error;
  const known = signal?.aborted === true && !isAppError(error) ? cancelled() : error;
  logFailure(desk.core, what, known);
  const wire = toWireError(known);
  return new ORPCError(wire.code, { message: wire.message, data: wire, status: 500 });
}

/** The signal of a call; one that never fires where the transport has none. */
export function signalOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
