import canonicalize from 'canonicalize';
import { bug } from '../errors/app-error.ts';
import { accepted, refused, type Parsed } from './parsed.ts';

/** The one text of a JSON value (RFC 8785): sorted names, shortest numbers, no blanks. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw bug('a value that JSON cannot hold');
  return text;
}

/**
 * Reads JSON that must already be in its canonical form. Comparing with the re-written text also refuses duplicate names,
 * -0, integers that a number cannot hold and lone surrogates, which parsers read differently.
 */
export function parseCanonicalJson(text: string): Parsed<unknown> {
  let value: unknown;
  let rewritten: string | undefined;
  try {
    value = JSON.parse(text);
    rewritten = canonicalize(value);
  } catch (error) {
    return refused(error instanceof SyntaxError ? 'It is not JSON.' : 'It has no canonical form.');
  }
  return rewritten === text ? accepted(value) : refused('It is not in canonical form (RFC 8785).');
}
