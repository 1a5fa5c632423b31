import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileStems } from '../../../src-main/engine/plan/file-stem.ts';

describe('fileStems', () => {
  it.each([
    ['public.customers', 'public.customers'],
    ['public.my table', 'public.my-table'],
    ['public.a/b\\c:d', 'public.a-b-c-d'],
    ['public.a  ??  b', 'public.a-b'],
    ['.hidden.', 'hidden'],
    ['../../etc.passwd', '-..-etc.passwd'],
    ['main.Ünïcødé', 'main.Ünïcødé'],
    ['main.u\u0308ber', 'main.über'],
    ['заказы.клиенты', 'заказы.клиенты'],
    ['s.注文１', 's.注文１'],
    ['s.😀😀x', 's.-x'],
    ['s.a\u202Eb', 's.a-b'],
    ['s.a\0b', 's.a-b'],
    ['s.a~2', 's.a-2'],
    ['con', 'con~2'],
    ['NUL', 'NUL~2'],
    ['aux.orders', 'aux~2.orders'],
    ['com¹', 'com¹~2'],
    ['console', 'console'],
    ['public.con', 'public.con'],
    ['...', '-'],
  ])('makes %j into %j', (name, stem) => {
    expect(fileStems([name])).toEqual([stem]);
  });

  it('numbers stems that are equal but for case, in plan order', () => {
    expect(fileStems(['s.a', 's.A', 's.b', 'S.a', 's.straße', 's.STRASSE'])).toEqual([
      's.a',
      's.A~2',
      's.b',
      'S.a~3',
      's.straße',
      's.STRASSE~2',
    ]);
    expect(fileStems(['con', 'CON'])).toEqual(['con~2', 'CON~3']);
    expect(fileStems(['s.a b', 's.a?b'])).toEqual(['s.a-b', 's.a-b~2']);
  });

  it('cuts at 120 bytes and never inside a character', () => {
    expect(fileStems(['x'.repeat(130)])).toEqual(['x'.repeat(120)]);
    expect(fileStems([`x${'é'.repeat(70)}`])).toEqual([`x${'é'.repeat(59)}`]);
    expect(fileStems([`${'x'.repeat(118)}𠀀`])).toEqual(['x'.repeat(118)]);
    expect(fileStems([`${'x'.repeat(119)}.y`])).toEqual(['x'.repeat(119)]);
    const twins = fileStems(['y'.repeat(130), 'y'.repeat(131)]);
    expect(twins[1]).toBe(`${'y'.repeat(118)}~2`);
  });

  it('gives safe and distinct names whatever the tables are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 150 }), { maxLength: 8 }), (names) => {
        const stems = fileStems(names);
        expect(new Set(stems.map((stem) => stem.toLowerCase())).size).toBe(names.length);
        for (const stem of stems) {
          expect(stem).toMatch(/^[\p{L}\p{N}_~-](?:[\p{L}\p{N}._~-]*[\p{L}\p{N}_~-])?$/u);
          expect(new TextEncoder().encode(stem).length).toBeLessThanOrEqual(120);
        }
      }),
    );
  });
});
