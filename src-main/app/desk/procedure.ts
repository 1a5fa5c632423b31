import { ORPCError, implement } from '@orpc/server';
import { contract } from '../../../src-shared/contract/contract.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { logFailure } from '../log-failure.ts';
import { cancelled } from '../cancelled.ts';
import type { Desk } from './desk.ts';
import { fromTransport } from './from-transport.ts';

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
  .use(async ({ context, path, procedure, signal, next }) => {
    const call: Call = { desk: context.desk, what: path.join('.'), schema: procedure['~orpc'].inputSchema, signal };
    try {
      const result = await next();
      return isStream(result.output) ? { ...result, output: translated(result.output, call) } : result;
    } catch (error) {
      throw asTransportError(error, call);
    }
  });

interface Call {
  readonly desk: Desk;
  /** e.g. `plans.open`. */
  readonly what: string;
  readonly schema: unknown;
  readonly signal: AbortSignal | undefined;
}

function isStream(output: unknown): output is AsyncIterable<never> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

/** A stream fails after the call has been answered. */
async function* translated(stream: AsyncIterable<never>, call: Call): AsyncGenerator<never, void> {
  try {
    yield* stream;
  } catch (error) {
    throw asTransportError(error, call);
  }
}

function asTransportError(error: unknown, { desk, what, schema, signal }: Call): unknown {
  const foreign = error instanceof ORPCError ? fromTransport(error, { what, schema }) : error;
  const known = signal?.aborted === true && !isAppError(foreign) ? cancelled() : foreign;
  logFailure(desk.core, what, known);
  const wire = toWireError(known);
  return new ORPCError(wire.code, { message: wire.message, data: wire, status: 500 });
}

/** The signal of a call; one that never fires where the transport has none. */
export function signalOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
