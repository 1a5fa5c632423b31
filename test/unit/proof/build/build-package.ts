import { formatEnvelope, preAuthEncoding } from '../../../../src-shared/proof/dsse.ts';
import { DELIVERY_PREDICATE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../../src-shared/proof/statement.ts';
import { toHex } from '../../../../src-shared/util/hex.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';
import { nodePrimitives as p } from '../../../fakes/node-primitives.ts';
import { idOf, timeOf, type Body, type TestLedger, type TestSigner } from './build-ledger.ts';
import type { Files } from './memory-folder.ts';

export const RUN = '01JD9Z8K3W0000000000000001';
export const PLAN_DIGEST = `sha256:${'ab'.repeat(32)}`;

export const DATA: Files = new Map([
  ['data/public.customers.csv', utf8('id,name\r\n1,Ada\r\n')],
  ['data/public.orders.0001.csv', utf8('id\r\n1\r\n')],
  ['data/public.orders.0002.csv', utf8('id\r\n2\r\n')],
]);

export function sha256Hex(bytes: Uint8Array): string {
  return toHex(p.sha256(bytes));
}

export function envelopeOf(
  statement: unknown,
  signer: TestSigner,
  payloadType: string = STATEMENT_PAYLOAD_TYPE,
): Uint8Array {
  const payload = typeof statement === 'string' ? utf8(statement) : utf8(JSON.stringify(statement));
  const signature = signer.sign(preAuthEncoding(payloadType, payload));
  return utf8(formatEnvelope({ payloadType, payload, signatures: [{ keyid: signer.vkey.name, signature }] }));
}

export function statementOf(subjects: Files, predicate: Body = {}): Body {
  return {
    _type: STATEMENT_TYPE,
    subject: [...subjects].map(([name, bytes]) => ({ name, digest: { sha256: sha256Hex(bytes) } })),
    predicateType: DELIVERY_PREDICATE,
    predicate: {
      run: RUN,
      plan: { digest: PLAN_DIGEST },
      tables: [
        {
          name: 'customers',
          table: ['public', 'customers'],
          sourceRows: 1,
          writtenRows: 1,
          rereadRows: 1,
          verdict: 'complete',
        },
      ],
      throwAway: false,
      ...predicate,
    },
  };
}

export function descriptorOf(data: Files): Body {
  const whole = (paths: string[]): Uint8Array =>
    new Uint8Array(Buffer.concat(paths.map((path) => data.get(path) ?? utf8(''))));
  const resource = (name: string, paths: string[]): Body => {
    const bytes = whole(paths);
    return {
      name,
      path: paths.length === 1 ? paths[0] : paths,
      bytes: bytes.length,
      hash: `sha256:${sha256Hex(bytes)}`,
    };
  };
  const paths = [...data.keys()];
  return {
    name: 'sample',
    resources: [
      ...paths.filter((path) => path.includes('customers')).map((path) => resource('customers', [path])),
      resource(
        'orders',
        paths.filter((path) => path.includes('orders')),
      ),
    ],
  };
}

export interface PackageParts {
  readonly data?: Files;
  readonly descriptor?: unknown;
  readonly predicate?: Body;
  readonly run?: string;
}

/** Seals a package in a ledger, the way the writer does: each file vouches for those before it. */
export function sealPackage(ledger: TestLedger, parts: PackageParts = {}): Files {
  const data = parts.data ?? DATA;
  const run = parts.run ?? RUN;
  const files: Files = new Map(data);
  files.set('datapackage.json', utf8(JSON.stringify(parts.descriptor ?? descriptorOf(data))));
  files.set('SHA256SUMS', utf8([...files].map(([path, bytes]) => `${sha256Hex(bytes)}  ${path}\n`).join('')));
  const envelope = envelopeOf(statementOf(files, { run, ...parts.predicate }), ledger.signer);
  return sealEnvelope(ledger, { files, envelope, run });
}

/** Gives a package the envelope, and the evidence that this ledger holds for it. */
export function sealEnvelope(
  ledger: TestLedger,
  { files, envelope, run = RUN }: { files: Files; envelope: Uint8Array; run?: string },
): Files {
  const sealed = new Map(files);
  const seq = ledger.lines.length;
  sealed.set('delivery.dsse.json', envelope);
  sealed.set(
    'ledger-entry.json',
    ledger.append({ id: idOf(seq), time: timeOf(seq), run, manifest: sha256Hex(envelope) }),
  );
  sealed.set('delivery.tlog-proof', utf8(ledger.proof(seq)));
  sealed.set('delivery.vkey', utf8(`${ledger.signer.vkey.vkey}\n`));
  return sealed;
}
