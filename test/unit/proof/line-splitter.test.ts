import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../src-shared/proof/line-splitter.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';

function split(chunks: readonly string[], limit: number): { lines: string[]; overlong: boolean } {
  const splitter = new LineSplitter(limit);
  const lines = chunks.flatMap((chunk) => splitter.push(utf8(chunk)).map((line) => new TextDecoder().decode(line)));
  return { lines, overlong: splitter.overlong };
}

describe('cutting lines', () => {
  it('gives the same lines however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z\n]{0,6}$/)), (chunks) => {
        const { lines, overlong } = split(chunks, 1000);
        expect([lines, overlong]).toEqual([chunks.join('').split('\n').slice(0, -1), false]);
      }),
    );
  });

  it('stops at a line that is too long, before its end is seen and without keeping it', () => {
    expect(split(['ab\nabc\n'], 3)).toEqual({ lines: ['ab', 'abc'], overlong: false });
    expect(split(['ab\nabcd\nab\n'], 3)).toEqual({ lines: ['ab'], overlong: true });
    expect(split(['ab\nabc', 'd'], 3)).toEqual({ lines: ['ab'], overlong: true });
    expect(split(['abcd', '\nab\n'], 3)).toEqual({ lines: [], overlong: true });
  });
});
