import { expect, it } from 'vitest';
import { releaseMemory } from '../../../src-shared/util/release-memory.ts';

it('gives back what has a buffer of its own, and nothing that others lie in as well', () => {
  const own = new Uint8Array(20_000);
  const shared = new Uint8Array(new SharedArrayBuffer(100_000));
  const short = Buffer.from('in the pool of short buffers');
  const beside = Buffer.from('beside it');
  for (const bytes of [own, shared, short]) releaseMemory(bytes);
  expect([own.length, shared.length, String(short), String(beside)]).toEqual([
    ...[0, 100_000, 'in the pool of short buffers', 'beside it'],
  ]);
});

it('gives back a large buffer of which bytes are a part', () => {
  const piece = new Uint8Array(new ArrayBuffer(200_000), 10, 100_000);
  releaseMemory(piece);
  expect(piece.length).toBe(0);
});
