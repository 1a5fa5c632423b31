/** The documents of `--json` as scripts rely on them. */
export interface RunResult {
  readonly run: string;
  readonly state: string;
  readonly package: string;
  readonly ledger: { readonly seq: number; readonly size: number };
  readonly tables: readonly {
    readonly name: string;
    readonly table: readonly [string, string];
    readonly sourceRows: number;
    readonly writtenRows: number;
    readonly rereadRows: number;
    readonly verdict: string;
    readonly why?: string;
    readonly resources: readonly string[];
    readonly error?: { readonly code: string; readonly message: string; readonly remedy?: string };
    readonly notReached?: true;
  }[];
  readonly summary?: {
    readonly tables: Readonly<Record<string, number>>;
    readonly rows: number;
    readonly bytes: number;
    readonly elapsedMs: number | null;
    readonly rowsPerSecond: number | null;
    readonly slowest: readonly { readonly name: string }[];
    readonly time: Readonly<Record<string, number | null>>;
  };
}

export interface PreviewResult {
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly type: string; readonly mask: string | null }[];
    readonly rows: readonly (readonly (string | null)[])[];
    readonly originals?: readonly (readonly (string | null)[])[];
  }[];
}

export interface VerifyDocument {
  readonly verdict: string;
  readonly kind: string;
  readonly signer: string | null;
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly story?: readonly { readonly about: string; readonly text: string }[];
}

export interface LedgerList {
  readonly origin: string;
  readonly size: number;
  readonly entries: readonly { readonly seq: number; readonly type: string; readonly outcome: string | null }[];
}
