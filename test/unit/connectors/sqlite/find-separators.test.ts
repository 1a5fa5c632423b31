import { describe, expect, it } from 'vitest';
import { SeparatorFinder } from '../../../../src-main/connectors/sqlite/find-separators.ts';

const SEPARATOR = 1;

/** As plainly as it can be said. */
function placesOf(text: Uint8Array): number[] {
  return [...text].flatMap((byte, at) => (byte === SEPARATOR ? [at] : []));
}

/** Many separators, and bytes whose bits are near theirs. */
function madeUp(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => [SEPARATOR, 0, 2, 0x81, 0xff, 65][Math.floor(Math.random() * 6)] ?? 0);
}

describe('finding separators', () => {
  const finder = new SeparatorFinder(SEPARATOR);

  it('finds what a loop finds, in texts of any length', () => {
    for (const length of [
      0,
      1,
      15,
      16,
      17,
      31,
      32,
      33,
      70_000,
      3,
      200_001,
      ...Array.from({ length: 300 }, (_, i) => i),
    ]) {
      const text = madeUp(length);
      const places = placesOf(text);
      expect([...(finder.find(text, places.length) ?? ['none'])]).toEqual(places);
    }
  });

  it('says when there are fewer or more than there should be', () => {
    const text = Uint8Array.of(65, SEPARATOR, 66, SEPARATOR);
    expect(finder.find(text, 1)).toBeNull();
    expect(finder.find(text, 3)).toBeNull();
    expect(finder.find(text, 2)).toEqual(Uint32Array.of(1, 3));
  });

  it('does not see what an earlier, longer text left behind its end', () => {
    finder.find(new Uint8Array(64).fill(SEPARATOR), 64);
    expect(finder.find(new Uint8Array(20), 0)).toEqual(new Uint32Array());
  });
});
