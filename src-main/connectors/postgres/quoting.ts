import { appError } from '../../../src-shared/errors/app-error.ts';

/** A name as a quoted identifier. */
export function quoteName(name: string): string {
  refuseUnsendable(name, 'name');
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text as one untyped literal: the server gives it the type its place asks for. With a backslash it is written as an
 * escape string, which means the same whatever `standard_conforming_strings` says.
 */
export function literal(text: string): string {
  refuseUnsendable(text, 'value');
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

function refuseUnsendable(text: string, what: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw appError('PLAN/SQL_REFUSED', {
    message: `A ${what} holds a NUL character or half a surrogate pair, which the server cannot take.`,
    remedy: `Remove the character from the ${what}.`,
  });
}
