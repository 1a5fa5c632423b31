import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { float32Text, floatText } from '../../../../src-main/connectors/kit/number-text.ts';

it('gives a 32-bit float the fewest digits that read back to it', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = float32Text(value);
      expect(Object.is(Math.fround(Number(text)), value)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(floatText(value).length);
    }),
  );
  const texts = [0.1, 16777216, 3.4028234663852886e38, 1.401298464324817e-45, -0, 1 / 3].map((value) =>
    float32Text(Math.fround(value)),
  );
  expect(texts).toEqual(['0.1', '16777216', '3.4028235e+38', '1e-45', '-0', '0.33333334']);
});
