import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { bug } from '../../../src-shared/errors/app-error.ts';

/** `sha256:<hex>` over the JCS form (RFC 8785) of a JSON value. */
export function jsonDigest(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;
}

/** The JCS form (RFC 8785) of a JSON value. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw bug('a value without JSON form was to be hashed');
  return text;
}
