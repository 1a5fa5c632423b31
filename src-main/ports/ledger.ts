/** A position in the ledger. */
export interface LedgerPosition {
  readonly seq: number;
  /** Hex of the leaf hash (RFC 6962) of the entry's line. */
  readonly leafHash: string;
  /** Size of the tree after the append. */
  readonly size: number;
}

/** The append side of the audit ledger, as use cases and engine see it. */
export interface LedgerWriter {
  readonly origin: string;
  /** The signer's public key as a C2SP verifier key. */
  readonly vkey: string;
  /** Signs statements that leave the ledger (DSSE) with the ledger's key. */
  readonly signer: Signer;
  /** This ledger's key lives only in a throw-away home; every verdict says so. */
  readonly throwAway: boolean;
  /**
   * Appends one entry and resolves when entry and signed checkpoint are durable. `data` is JSON, holds no cell value and
   * no secret. Any failure leaves the ledger object dead.
   */
  append(type: string, data: Readonly<Record<string, unknown>>): Promise<LedgerPosition>;
  /**
   * Appends the small leaf `package.sealed` and returns its exact line (without LF) and its proof of inclusion
   * (C2SP tlog-proof) under the new checkpoint.
   */
  seal(
    run: string,
    manifestSha256: string,
  ): Promise<LedgerPosition & { readonly line: Uint8Array; readonly proof: string }>;
}

/** Signs with the ledger's Ed25519 key. */
export interface Signer {
  readonly name: string;
  readonly vkey: string;
  sign(message: Uint8Array): Uint8Array;
}
