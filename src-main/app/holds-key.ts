/** Whether a connection names a private key that a passphrase may lock: a key file, or a wallet with one inside. */
export function holdsKey(options: Readonly<Record<string, unknown>>): boolean {
  return options['key'] !== undefined || options['wallet'] !== undefined;
}
