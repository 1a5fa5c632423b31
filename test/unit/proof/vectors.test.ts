import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leafHash } from '../../../src-shared/proof/merkle.ts';
import { verifyFolder } from '../../../src-shared/proof/verify-folder.ts';
import { parseVkey } from '../../../src-shared/proof/vkey.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as primitives } from '../../fakes/node-primitives.ts';
import { memoryFolder, textOf, type Files } from './build/memory-folder.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

function read(folder: string): Files {
  const root = `${repository}test/vectors/${folder}/`;
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length).replace(/^\//, ''));
  return new Map(paths.map((path) => [path, new Uint8Array(readFileSync(`${root}${path}`))]));
}

const ledger = read('ledger/sample');
const packaged = read('package/sample');

describe('the vectors of the specifications', () => {
  it.each([
    ['ledger', ledger],
    ['package', packaged],
  ])('hold a %s that is verified with its key and its own checkpoint', async (kind, files) => {
    const key = parseVkey(primitives, textOf(ledger, 'log.vkey').trimEnd());
    if (!key.ok) throw new Error(key.reason);
    const anchors = [ledger.get('checkpoint') ?? utf8('')];
    const result = await verifyFolder(memoryFolder(files), { primitives, key: key.value, anchors });
    expect(result).toEqual({ verdict: 'VERIFIED', kind, signer: key.value.vkey, size: 3, anchored: 3, findings: [] });
  });

  it('are what the specifications quote', () => {
    const [, second = '', third = ''] = textOf(ledger, 'entries.jsonl').split('\n');
    const ledgerPage = readFileSync(`${repository}docs/spec/ledger.md`, 'utf8').replaceAll(/^ {4}/gm, '');
    for (const line of [second, third]) {
      expect(ledgerPage).toContain(`${line}\n${toHex(leafHash(primitives, utf8(line)))}\n`);
    }
    expect(ledgerPage).toContain(textOf(ledger, 'checkpoint'));
    const packagePage = readFileSync(`${repository}docs/spec/package.md`, 'utf8').replaceAll(/^ {4}/gm, '');
    expect(packagePage).toContain(textOf(packaged, 'delivery.tlog-proof'));
    expect(textOf(packaged, 'ledger-entry.json')).toBe(third);
  });
});
