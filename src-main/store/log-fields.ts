import { AppError } from '../../src-shared/errors/app-error.ts';
import { errnoOf } from './errors.ts';

/** Scalars only; never a cell value, an SQL literal or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

const MAX_CAUSES = 5;

/**
 * What the log keeps of an error. The text of foreign errors stays out: a database's message can quote a value. Their
 * names, codes and stack frames say where to look.
 */
export function errorFields(error: unknown): LogFields {
  const known = error instanceof AppError ? { ...error.context, code: error.code, message: error.message } : {};
  const causes: string[] = [];
  let at = error instanceof AppError ? error.cause : error;
  for (; at instanceof Error && causes.length < MAX_CAUSES; at = at.cause) {
    causes.push([at.name, errnoOf(at)].filter(Boolean).join(' '));
  }
  return { ...known, causes: causes.join(' < '), stack: framesOf(error) };
}

/** The stack without the lines of the message before it. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return '';
  const frames = error.stack.split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return frames.map((line) => line.trim()).join('\n');
}
