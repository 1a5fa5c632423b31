import { counted } from '../../../src-shared/util/format-number.ts';

export interface ReadmeFacts {
  readonly origin: string;
  readonly size: number;
  readonly vkey: string;
  readonly fingerprint: string;
  readonly throwAway: boolean;
}

// SubjectPublicKeyInfo of an Ed25519 key without the key (RFC 8410, section 4).
const KEY_PREFIX = '302a300506032b6570032100';

/** README.txt of a bundle: how to check it without Waybill. The indented commands run as they stand in a POSIX shell. */
export function readmeText({ origin, size, vkey, fingerprint, throwAway }: ReadmeFacts): string {
  return `Audit bundle of the ledger ${origin}
${counted(size, 'entry')}, taken out by Waybill.
${throwAway ? '\nThe key of this ledger is a throw-away, made for a demonstration: this bundle is no evidence.\n' : ''}
What lies here
  data/ledger/      the ledger: entries.jsonl (one entry per line), checkpoint (its signed head), log.vkey (its public key)
  data/packages/    of each delivered package: its descriptor, signed statement, ledger entry and proof of inclusion
  data/runs/        of each run: its plan, the compiled plan, the SQL and the report, as far as they are in this bundle
  data/entries.csv  the entries as a table
  data/report.html  the runs on one page
Only the ledger is signed, and by it the papers of packages and runs. entries.csv, report.html, verify.py and this file are
there to help; nothing signs them.

1. Compare the key
  It is
    ${vkey}
    ${fingerprint}
  Compare it with the key you received another way: by telephone, on paper, with an earlier delivery. Whoever could make this
  folder could also make a key. Without this step everything below only shows that the bundle agrees with itself.

2. Nothing was damaged on the way
    sha256sum -c manifest-sha256.txt

3. The entries are those that were signed
    python3 verify.py
  It has 40 lines and needs Python's standard library alone: read it first, or better, use a copy you got elsewhere.

4. The signature, with OpenSSL 3
    T=$(mktemp -d)
    sed '/^$/,$d' data/ledger/checkpoint > "$T/text"
    sed -n '/^$/{n;s/.* //p;}' data/ledger/checkpoint | base64 -d | tail -c 64 > "$T/signature"
    printf '${keyOctets(vkey)}' > "$T/key"
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$T/key" -rawin -in "$T/text" -sigfile "$T/signature"

5. With Go
  The module golang.org/x/mod reads the same formats: sumdb/note opens data/ledger/checkpoint with the key above
  (note.NewVerifier, note.Open), sumdb/tlog computes the root (tlog.RecordHash of each line without its end, tlog.TreeHash).

6. With Waybill
    waybill verify . --key '${vkey}'
  It also checks the papers of packages and runs against the ledger.

An older checkpoint or a delivered package that lies with somebody else is an outside anchor: if the ledger no longer
contains it, the ledger was rewritten.
`;
}

/** The DER form of the key as escapes of printf. */
function keyOctets(vkey: string): string {
  const material = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
  return [...Buffer.from(KEY_PREFIX, 'hex'), ...material]
    .map((octet) => `\\${octet.toString(8).padStart(3, '0')}`)
    .join('');
}
