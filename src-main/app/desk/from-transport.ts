import type { ORPCError } from '@orpc/server';
import { ValidationError } from '@orpc/contract';
import { z } from 'zod';
import { appError, bug, type AppError } from '../../../src-shared/errors/app-error.ts';
import { plainWords } from '../../../src-shared/util/schema-words.ts';

/**
 * What the transport itself has against a call, in our words: an input that does not fit the contract is named and never
 * repeated, since it may be a secret; anything else is a mistake of ours.
 */
export function fromTransport(
  error: ORPCError<string, unknown>,
  { what, schema }: { readonly what: string; readonly schema: unknown },
): AppError {
  if (error.code !== 'BAD_REQUEST') return bug(`${what} gave an answer outside its contract`, error);
  const { place, words } = complaintOf(error.cause, schema);
  return appError('APP/INPUT_INVALID', {
    message: `The value ${place}${words}.`,
    remedy: 'Change it, then try again.',
    context: { call: what },
  });
}

function complaintOf(cause: unknown, schema: unknown): { readonly place: string; readonly words: string } {
  const general = { place: '', words: 'does not fit' };
  if (!(cause instanceof ValidationError) || !(schema instanceof z.ZodType)) return general;
  const [issue] = schema.safeParse(cause.data, { error: plainWords }).error?.issues ?? [];
  if (issue === undefined) return general;
  return { place: issue.path.length === 0 ? '' : `${issue.path.join('.')} `, words: issue.message };
}
