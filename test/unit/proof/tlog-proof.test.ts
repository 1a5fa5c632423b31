import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../../../src-shared/proof/tlog-proof.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as p } from '../../fakes/node-primitives.ts';
import { bodiesOf, newSigner, TestLedger } from './build/build-ledger.ts';
import { flipBit } from './build/memory-folder.ts';

const signer = newSigner();
const ledger = new TestLedger(signer, bodiesOf(signer, 11));
const proof = ledger.proof(6);

function leafAt(index: number): Uint8Array {
  const leaf = ledger.leaves[index];
  if (leaf === undefined) throw new Error(`no leaf ${index}`);
  return leaf;
}

function holds(bytes: Uint8Array | string, leaf: Uint8Array = leafAt(6), known = [signer.vkey]): boolean {
  const parsed = parseTlogProof(typeof bytes === 'string' ? utf8(bytes) : bytes);
  return parsed.ok && verifyTlogProof(p, parsed.value, { leaf, known }).ok;
}

describe('tlog-proof files', () => {
  it('have the layout of C2SP tlog-proof and read back as they are written', () => {
    expect(proof).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 6\n([A-Za-z0-9+/]{43}=\n){4}\nwaybill-ledger\/[^\n]+\n11\n[^\n]+\n\n— [^\n]+\n$/,
    );
    const parsed = parseTlogProof(utf8(proof));
    expect(parsed.ok && formatTlogProof(parsed.value)).toBe(proof);
  });

  it('hold for their own entry, at every place and size', () => {
    for (let size = 1; size <= 11; size++) {
      for (let index = 0; index < size; index++) {
        expect(holds(ledger.proof(index, size), leafAt(index))).toBe(true);
        expect(holds(ledger.proof(index, size), leafAt((index + 1) % 11))).toBe(false);
      }
    }
  });

  it('may carry extra data, which is not trusted and not kept', () => {
    expect(holds(proof.replace('\nindex', '\nextra AAAA\nindex'))).toBe(true);
    expect(holds(proof.replace('\nindex', '\nextra ?\nindex'))).toBe(false);
  });

  it.each([
    ['another version', proof.replace('@v1', '@v2')],
    ['no index', proof.replace('index 6\n', '')],
    ['another index', proof.replace('index 6', 'index 5')],
    ['an index with a leading zero', proof.replace('index 6', 'index 06')],
    ['an index beyond the tree', proof.replace('index 6', 'index 11')],
    ['a hash of another length', proof.replace(/\n[A-Za-z0-9+/]{43}=\n/, '\nAAAA\n')],
    ['a hash missing', proof.replace(/\n[A-Za-z0-9+/]{43}=\n/, '\n')],
    ['CRLF', proof.replaceAll('\n', '\r\n')],
    ['no checkpoint', proof.slice(0, proof.indexOf('\n\n') + 2)],
    ['the checkpoint of another size', proof.replace(/\n\n[^]*$/, `\n\n${ledger.checkpoint(10)}`)],
    ['nothing', ''],
  ])('are refused with %s', (_, wrong) => {
    expect(holds(wrong)).toBe(false);
  });

  it('are refused under a key that did not sign them', () => {
    expect(holds(proof)).toBe(true);
    expect(holds(proof, leafAt(6), [newSigner().vkey])).toBe(false);
    expect(holds(proof, leafAt(6), [])).toBe(false);
  });

  it('are refused with any single bit flipped', () => {
    const bytes = utf8(proof);
    for (let bit = 0; bit < bytes.length * 8; bit++) expect(holds(flipBit(bytes, bit))).toBe(false);
  });

  it('never make the reader throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parseTlogProof(bytes)));
    fc.assert(fc.property(fc.string(), (text) => void holds(`c2sp.org/tlog-proof@v1\nindex ${text}\n\n${text}`)));
  });
});
