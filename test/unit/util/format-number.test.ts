import { describe, expect, it } from 'vitest';
import { counted, formatBytes, formatCount, isOrAre, wasOrWere } from '../../../src-shared/util/format-number.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [40_878_120, '40 878 120'],
  ])('writes %d in groups of three', (count, text) => {
    expect(plain(formatCount(count))).toBe(text);
  });

  it('never lets a line end within a number', () => {
    expect(formatCount(1_000_000)).not.toContain(' ');
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [33_554_432, '32.0 MiB'],
    [1024 ** 3 - 1, '1.0 GiB'],
    [5 * 1024 ** 4, '5.0 TiB'],
    [1024 ** 6, '1024.0 PiB'],
  ])('writes %d bytes in binary units', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('puts the noun in its number', () => {
    expect([0, 1, 2].map((count) => counted(count, 'table'))).toEqual(['0 tables', '1 table', '2 tables']);
    expect([counted(1, 'entry'), counted(2, 'entry'), counted(2, 'key')]).toEqual(['1 entry', '2 entries', '2 keys']);
    expect([isOrAre(1), isOrAre(0), wasOrWere(1), wasOrWere(2)]).toEqual(['is', 'are', 'was', 'were']);
  });
});
