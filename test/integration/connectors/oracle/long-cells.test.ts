// LOBs of hundreds of megabytes: by their locators in pieces, through flat memory.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';
import { CELL_CUT } from '../../../../src-shared/model/row-batch.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { DoubleLob, type LobContent } from '../../../fakes/oracle/lob.ts';
import { startOracleStandIn } from '../../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates } from '../../../servers/certificates.ts';

const MIB = 1024 * 1024;
const signal = new AbortController().signal;
const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
const BYTES: LogicalType = { kind: 'bytes', maxBytes: null };

/** A content that is made when it is asked for: `pattern` again and again, `length` units of it. */
function repeated(pattern: string | Buffer, length: number): LobContent {
  const repeats = Math.ceil((2 * MIB) / pattern.length);
  const long = typeof pattern === 'string' ? pattern.repeat(repeats) : Buffer.alloc(pattern.length * repeats, pattern);
  return {
    length,
    slice: (from, to) => {
      const start = from % pattern.length;
      return long.slice(start, start + Math.min(to, length) - from);
    },
  };
}

interface Found {
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly cuts: number;
  /** In this process, over what it was before. */
  readonly moreMemory: number;
}

async function exported(lob: DoubleLob, nativeType: string, type: LogicalType): Promise<Found> {
  using folder = new TempFolder();
  const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
  await using standIn = await startOracleStandIn({
    ...{ user: 'waybill', password: 'x', service: 'shop' },
    certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    open: () => ({
      run: (text) =>
        text.includes('"LONG_ONES"')
          ? [
              ['before', lob, 'after'],
              ['last', null, null],
            ]
          : [],
      describe: () => [],
      close: () => undefined,
    }),
  });
  const options = { host: '127.0.0.1', port: standIn.port, user: 'waybill', service: 'shop', tls: 'disable' };
  await using session = await oracle.open(oracle.options.parse(options), new SecretText('x'), {
    ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
  });
  const note = { nativeType: 'VARCHAR2(10)', nullable: true, type: TEXT };
  const read = {
    source: { kind: 'table', table: { namespace: 'SHOP', name: 'LONG_ONES' } } as const,
    columns: [
      { name: 'N', ...note },
      { name: 'A', nativeType, nullable: true, type },
      { name: 'B', ...note },
    ],
    ...{ where: null, orderBy: [], limit: null, params: {} },
  };
  const hash = createHash('sha256');
  let [bytes, rows, cuts, moreMemory] = [0, 0, 0, 0];
  const before = process.memoryUsage();
  for await (const batch of session.preview(read, signal)) {
    for (let cell = 0; cell < batch.cells; cell++) {
      if ((batch.firstColumn + cell) % 3 !== 1) continue;
      const range = batch.bytes.subarray(batch.starts[cell], batch.ends[cell]);
      hash.update(range);
      bytes += range.length;
      if (((batch.flags[cell] ?? 0) & CELL_CUT) !== 0) cuts++;
    }
    rows += batch.rows;
    batch.release();
    const { heapUsed, external } = process.memoryUsage();
    moreMemory = Math.max(moreMemory, heapUsed - before.heapUsed + external - before.external);
  }
  return { sha256: hash.digest('hex'), bytes, rows, cuts, moreMemory };
}

describe('long cells of Oracle on the double', () => {
  // The smiling face is two units of UTF-16: pieces end in the middle of it.
  it.each([
    ['BLOB', BYTES, repeated(Buffer.from('0123456789abcdef\u0000ü'), 256 * MIB)],
    ['CLOB', TEXT, repeated('aé€😀\n', 6 * 26_000_000)],
  ] as const)(
    'of 256 MiB and more (%s) come in pieces through flat memory, to their last byte',
    async (native, type, content) => {
      const lob = new DoubleLob(content);
      const found = await exported(lob, native, type);
      const hash = createHash('sha256');
      let bytes = 0;
      // In steps that end at whole repetitions of the pattern.
      for (let at = 0; at < content.length; at += 60 * 1024) {
        const piece = Buffer.from(content.slice(at, Math.min(content.length, at + 60 * 1024)));
        hash.update(piece);
        bytes += piece.length;
      }
      expect(found).toMatchObject({ sha256: hash.digest('hex'), bytes, rows: 2 });
      expect(bytes).toBeGreaterThanOrEqual(256 * MIB);
      expect(found.cuts).toBeGreaterThan(200);
      expect(Math.max(...lob.pieces)).toBeLessThanOrEqual(MIB);
      expect(lob.isDestroyed).toBe(true);
      // When memory is given back is up to the collector; kept whole, the value would take all of its size at least.
      expect(found.moreMemory).toBeLessThan(192 * MIB);
    },
    60_000,
  );

  it('of half a surrogate pair at the very end are refused with their place', async () => {
    const content = {
      length: 5 * MIB,
      slice: (from: number, to: number) => `${'x'.repeat(to - from - 1)}${to === 5 * MIB ? '\ud83d' : 'y'}`,
    };
    await expect(exported(new DoubleLob(content), 'CLOB', TEXT)).rejects.toMatchObject({
      code: 'SOURCE/VALUE_UNREPRESENTABLE',
      context: { table: 'SHOP.LONG_ONES', column: 'A', row: 1, found: 'half a surrogate pair' },
    });
  });
});
