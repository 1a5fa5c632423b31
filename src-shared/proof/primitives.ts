/** A running SHA-256. */
export interface Sha256Stream {
  update(bytes: Uint8Array): void;
  /** The 32-byte digest; the stream is finished afterwards. */
  digest(): Uint8Array;
}

/**
 * The cryptography that verification needs, handed in by the host: node:crypto in a process, a script library in a page.
 * All of it is synchronous, so that checking a line costs no turn of the event loop.
 */
export interface ProofPrimitives {
  sha256(bytes: Uint8Array): Uint8Array;
  newSha256(): Sha256Stream;
  /** RFC 8032 Ed25519 over the whole message; `false` for a malformed key or signature, never an exception. */
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
