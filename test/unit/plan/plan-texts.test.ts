import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';
import { brief, compile, HEAD } from './plan-builder.ts';

const parsed = (text: string) => parsePlan(text).findings.map(({ message }) => message);
const compiled = (text: string) => compile(text).findings.map(({ message }) => message);
const table = (...lines: string[]) =>
  `${HEAD}tables:\n  - table: public.customers\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('findings', () => {
  it('name the table, not its number in the list', () => {
    expect(parsed(table('limit: "5"', 'wher: x'))).toEqual([
      'public.customers: limit must be a whole number of at least 0 (given: "5").',
      'The key "wher" is unknown in public.customers.',
    ]);
    expect(parsed(`${HEAD}tables:\n  - table: [a.b, c]\n    columns: []\n`)[0]).toMatch(/^"a\.b"\.c: columns must /);
    expect(parsed(`${HEAD}tables:\n  - query: select 1\n    name: totals\n    limit: -1\n`)[0]).toMatch(
      /^totals: limit /,
    );
    expect(parsed(`${HEAD}tables:\n  - query: select 1\n`)).toEqual(['entry 1 of tables: name is missing.']);
    expect(parsed(`${HEAD}tables: [{ table: a.b }]\ndeliver: [{ target: t, path: ../x }]\n`)[0]).toMatch(
      /^entry 1 of deliver: path must be a relative path/,
    );
    expect(compiled(table('columns: [id]', 'masks: { id: { mask: partial, keepLast: x } }'))[0]).toMatch(
      /^public\.customers: masks\.id\.keepLast must be a whole number/,
    );
    for (const text of [table('limit: "5"'), table('columns: [id, id]'), table('masks: { x: {} }')]) {
      for (const { table: named } of compile(text).findings) expect(named).toBe('public.customers');
    }
  });

  it('say what a value must be, what it is, and what to do', () => {
    const { findings } = parsePlan(`${HEAD}tables: [{ table: a.b }]\nlimits: { connections: 99999 }\n`);
    expect(findings).toEqual([
      expect.objectContaining({
        message: 'limits.connections must be a whole number from 1 to 64 (given: 99999).',
        remedy: expect.stringMatching(/\S/) as string,
        line: 7,
      }),
    ]);
    expect(
      compiled(`${HEAD.replace('csv }', 'csv, header: perhaps }')}tables: [{ table: public.tmp_load }]\n`)[0],
    ).toBe('format.header must be true or false (given: "perhaps").');
  });

  it.each([
    ['limits: { bytesPerSecond: 10mb }', 'limits.bytesPerSecond must be a size such as 10MiB, or 0 (given: "10mb").'],
    ['limits: { bytesPerSecond: [] }', 'limits.bytesPerSecond must be a size such as 10MiB, or 0 (given: a list).'],
    ['limits: { cellBytes: 64 miles }', 'limits.cellBytes must be a size such as 64MiB (given: "64 miles").'],
    ['package: { chunk: { bytes: 1G } }', 'package.chunk.bytes must be a size such as 64MiB (given: "1G").'],
  ])('say what a size is: %s', (line, message) => {
    expect(parsed(`${HEAD}tables: [{ table: a.b }]\n${line}\n`)).toEqual([message]);
  });

  it('put an unknown key before the missing one it was meant to be', () => {
    const text = `waybill: 1\nname: a\nconnection: b\npurpos: x\nformat: { type: csv }\ntables: [{ table: a.b }]\n`;
    const { findings } = parsePlan(text);
    expect(findings.map(({ message }) => message)).toEqual([
      'The key "purpos" is unknown here.',
      'purpose is missing.',
    ]);
    expect(brief(findings)).toEqual(['error PLAN/INVALID 4:1', 'error PLAN/INVALID 4:1']);
  });
});
