import { ServerError } from './server-error.ts';

/** What the driver hands over when an answer is over: the server's first error where there are several. */
export function failureOf(error: Error | null | undefined): Error | null {
  if (error === null || error === undefined) return null;
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { number, message, lineNumber } = first as { number?: unknown; message?: unknown; lineNumber?: unknown };
  if (typeof number !== 'number') return error;
  return new ServerError(number, String(message), typeof lineNumber === 'number' ? lineNumber : 0);
}
