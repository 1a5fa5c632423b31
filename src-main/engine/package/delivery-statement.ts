import { formatEnvelope, preAuthEncoding } from '../../../src-shared/proof/dsse.ts';
import { DELIVERY_PREDICATE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../src-shared/proof/statement.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { Signer } from '../../ports/ledger.ts';
import type { TableResult } from '../run/table-job.ts';
import { publicWhy } from './public-why.ts';
import type { Reading } from '../../../src-shared/model/reading.ts';

export interface DeliveryFacts {
  readonly run: string;
  readonly planDigest: string;
  readonly throwAway: boolean;
  readonly tables: readonly TableResult[];
  /** Absent: nothing is to be said of it. */
  readonly reading?: Reading;
  /** Every file of the package written so far, path to SHA-256 hex, in order. */
  readonly files: ReadonlyMap<string, string>;
}

/** The in-toto Statement over all files of a package, as a signed DSSE envelope (docs/spec/package.md). */
export function signDelivery(facts: DeliveryFacts, signer: Signer): Uint8Array {
  const payload = utf8(
    JSON.stringify({
      _type: STATEMENT_TYPE,
      subject: [...facts.files].map(([name, sha256]) => ({ name, digest: { sha256 } })),
      predicateType: DELIVERY_PREDICATE,
      predicate: {
        run: facts.run,
        plan: { digest: facts.planDigest },
        tables: facts.tables.map(countsOf),
        throwAway: facts.throwAway,
        ...(facts.reading === undefined ? {} : { reading: facts.reading }),
      },
    }),
  );
  const signature = signer.sign(preAuthEncoding(STATEMENT_PAYLOAD_TYPE, payload));
  return utf8(
    formatEnvelope({
      payloadType: STATEMENT_PAYLOAD_TYPE,
      payload,
      signatures: [{ keyid: signer.name, signature }],
    }),
  );
}

function countsOf(table: TableResult): Record<string, unknown> {
  const { name, table: names, sourceRows, writtenRows, rereadRows, verdict, readBy, resources } = table;
  const earlier = resources.flatMap(({ path, readBy: by }) => (by === undefined ? [] : [{ path, readBy: by }]));
  const counts = { name, table: names, sourceRows, writtenRows, rereadRows, verdict, ...publicWhy(table) };
  return {
    ...counts,
    ...(readBy === undefined ? {} : { readBy }),
    ...(earlier.length === 0 ? {} : { parts: earlier }),
  };
}
