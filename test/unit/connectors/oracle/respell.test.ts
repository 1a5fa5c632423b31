import { describe, expect, it } from 'vitest';
import { decimalText, intervalText, timestampText } from '../../../../src-main/connectors/oracle/respell.ts';
import { vectorText } from '../../../../src-main/connectors/oracle/vector-text.ts';

describe('Oracle’s texts, as row-batch.md spells them', () => {
  it.each([
    ['0', '0'],
    ['.5', '0.5'],
    ['-.000001', '-0.000001'],
    ['-12345678901234567890123456789012345678', '-12345678901234567890123456789012345678'],
    ['9.9999999999999999999999999999999999999E+125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
    ['1E-130', `0.${'0'.repeat(129)}1`],
    ['-1.50E+02', '-150'],
    ['~', 'Infinity'],
    ['-~', '-Infinity'],
  ])('number %s', (text, expected) => {
    expect(decimalText(text)).toBe(expected);
  });

  it.each([
    [' 2024-02-29T12:34:56.123456789', '', '2024-02-29T12:34:56.123456789'],
    [' 9999-12-31T23:59:59', '', '9999-12-31T23:59:59'],
    ['-0044-03-15T00:00:00', '', '0044-03-15T00:00:00 BC'],
    [' 2024-02-29T12:34:56.123+05:30', '', '2024-02-29T12:34:56.123+05:30'],
    [' 2024-02-29T07:04:56.123', 'Z', '2024-02-29T07:04:56.123Z'],
  ] as const)('time %s', (text, zone, expected) => {
    expect(timestampText(text, zone)).toBe(expected);
  });

  it.each([
    ['+02-03', 'P2Y3M'],
    ['-02-03', 'P-2Y-3M'],
    ['+00-00', 'PT0S'],
    ['+04 05:06:07.890000', 'P4DT5H6M7.89S'],
    ['-04 05:06:07.000001', 'P-4DT-5H-6M-7.000001S'],
    ['+00 00:00:00.500000', 'PT0.5S'],
    ['+00 00:00:00', 'PT0S'],
    ['+999999999 00:00:00.000000000', 'P999999999D'],
    ['a day', null],
  ])('interval %s', (text, expected) => {
    expect(intervalText(text)).toBe(expected);
  });

  it('vectors, each number by the fewest digits that read back to it', () => {
    expect(vectorText(new Float32Array([1.5, -2, 0.1, NaN]))).toBe('[1.5,-2,0.1,NaN]');
    expect(vectorText(new Float64Array([0.1, 1e300]))).toBe('[0.1,1e+300]');
    expect(vectorText(new Int8Array([-128, 127]))).toBe('[-128,127]');
    const sparse = { numDimensions: 5, indices: new Uint32Array([1, 3]), values: new Float32Array([0.5, 2]) };
    expect(vectorText(sparse)).toBe('[5,[1,3],[0.5,2]]');
    expect(vectorText('[1]')).toBeNull();
  });
});
