import { bug } from '../../src-shared/errors/app-error.ts';

// `<kind>/<name>`: a kind of our own, then any printable text. The name stands in the keychain and in the index as it is.
const NAME = /^[a-z][a-z-]{0,31}\/[^\p{Cc}\p{Cs}]{1,200}$/u;

/** Throws when `name` is not of the form `<kind>/<name>`: callers make names, so a bad one is our own mistake. */
export function checkSecretName(name: string): void {
  if (!NAME.test(name)) throw bug('a secret needs a name of the form kind/name');
}
