import { canonicalJson } from '../../../../src-shared/proof/canonical-json.ts';
import { formatCheckpoint } from '../../../../src-shared/proof/checkpoint.ts';
import { NO_PREVIOUS } from '../../../../src-shared/proof/entry.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, leafHash } from '../../../../src-shared/proof/merkle.ts';
import { inclusionProof } from '../../../../src-shared/proof/merkle-proof.ts';
import { formatNote } from '../../../../src-shared/proof/note.ts';
import { formatTlogProof } from '../../../../src-shared/proof/tlog-proof.ts';
import { makeVkey, type VerifierKey } from '../../../../src-shared/proof/vkey.ts';
import { toHex } from '../../../../src-shared/util/hex.ts';
import { utf8 } from '../../../../src-shared/util/utf8.ts';
import { newTestKey, nodePrimitives as p, type TestKey } from '../../../fakes/node-primitives.ts';
import type { Files } from './memory-folder.ts';

export interface TestSigner {
  readonly vkey: VerifierKey;
  readonly sign: TestKey['sign'];
}

export const ORIGIN = 'waybill-ledger/00000000-0000-4000-8000-000000000001';

export function newSigner(origin: string = ORIGIN): TestSigner {
  const key = newTestKey();
  return { vkey: makeVkey(p, origin, key.publicKey), sign: key.sign };
}

/** An entry before it has its place: without `seq` and `prev`. */
export type Body = Readonly<Record<string, unknown>>;

export function idOf(n: number): string {
  return `0192f0c1-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function timeOf(n: number): string {
  return new Date(Date.UTC(2026, 10, 23, 7, 0, 0, 123) + n * 1000).toISOString();
}

export function event(n: number, type: string, data: Body): Body {
  return {
    specversion: '1.0',
    id: idOf(n),
    source: 'urn:waybill:installation:00000000-0000-4000-8000-000000000002',
    type,
    time: timeOf(n),
    datacontenttype: 'application/json',
    data,
  };
}

export function created(signer: TestSigner, more: Body = {}): Body {
  return event(0, 'ledger.created', { origin: signer.vkey.name, vkey: signer.vkey.vkey, throwAway: false, ...more });
}

/** `count` entries: the creation and then plain events. */
export function bodiesOf(signer: TestSigner, count: number): Body[] {
  return Array.from({ length: count }, (_, n) => (n === 0 ? created(signer) : event(n, 'plan.created', { n })));
}

export class TestLedger {
  readonly signer: TestSigner;
  readonly lines: Uint8Array[] = [];
  readonly leaves: Uint8Array[] = [];

  constructor(signer: TestSigner, bodies: readonly Body[]) {
    this.signer = signer;
    for (const body of bodies) this.append(body);
  }

  append(body: Body): Uint8Array {
    const previous = this.leaves.at(-1);
    const prev = previous === undefined ? NO_PREVIOUS : toHex(previous);
    return this.appendLine(utf8(canonicalJson({ ...body, seq: this.lines.length, prev })));
  }

  appendLine(line: Uint8Array): Uint8Array {
    this.lines.push(line);
    this.leaves.push(leafHash(p, line));
    return line;
  }

  checkpoint(size: number = this.leaves.length, signer: TestSigner = this.signer): string {
    const frontier = this.leaves.slice(0, size).reduce((grown, leaf) => appendLeaf(p, grown, leaf), EMPTY_FRONTIER);
    const text = formatCheckpoint({ origin: signer.vkey.name, size, root: frontierRoot(p, frontier) });
    const { name, keyId } = signer.vkey;
    return formatNote(text, [{ name, keyId, signature: signer.sign(utf8(text)) }]);
  }

  proof(index: number, size: number = this.leaves.length): string {
    const path = inclusionProof(p, this.leaves.slice(0, size), index);
    return formatTlogProof({ index, path, checkpoint: this.checkpoint(size) });
  }

  entries(): Uint8Array {
    return joinLines(this.lines);
  }

  files(): Files {
    return new Map([
      ['entries.jsonl', this.entries()],
      ['checkpoint', utf8(this.checkpoint())],
      ['log.vkey', utf8(`${this.signer.vkey.vkey}\n`)],
    ]);
  }
}

export function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(lines.flatMap((line) => [line, utf8('\n')])));
}
