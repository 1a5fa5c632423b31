// The tables of docs/types: every line says how far it has been proven, and every type that is put to the proof has a line.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVERY_TYPE as MARIADB_TYPES } from '../../e2e/cli/migrate/mariadb-tables.ts';
import { EVERY_TYPE as POSTGRES_TYPES } from '../../e2e/cli/migrate/postgres-tables.ts';
import { EVERY_TYPE as ORACLE_TYPES } from './oracle/all-types.ts';
import { EVERY_TYPE as SQLSERVER_TYPES } from './sqlserver/all-types.ts';

const MARKS = /^(?:P|A|asserted only)$/;

interface Line {
  readonly types: string;
  readonly mark: string;
}

function linesOf(product: string): readonly Line[] {
  const text = readFileSync(new URL(`../../../docs/types/${product}.md`, import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) => {
    const cells = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { types: (cells[0] ?? '').toLowerCase().replaceAll('(n)', ''), mark: cells.at(-1) ?? '' };
  });
}

/** The name that a line has of a type, without sizes and sets of characters. */
const named = (type: string): string =>
  type
    .toLowerCase()
    .replace(/ as .*| (?:character set|collate|unsigned|zerofill|null)\b.*/g, '')
    .replaceAll(/\([^)]*\)/g, '')
    .trim();

describe.each(['postgres', 'mysql', 'sqlserver', 'oracle', 'sqlite'])('the types of %s', (product) => {
  it('say of each line how far it is proven', () => {
    const lines = linesOf(product);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter(({ mark }) => !MARKS.test(mark))).toEqual([]);
  });
});

/** Of the types that are put to the proof, those whose line is written for many of them at once. */
const GATHERED: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  postgres: [
    [/\[\]$/, 'arrays'],
    [/range$|span/, 'ranges, multiranges'],
    [/^"my; types"\."mo/, 'enums'],
    [/^"my; types"\.pair/, 'composites'],
    [/^"my; types"\.price/, 'domains'],
    [/^reg(?!class)/, '`regclass`'],
    [/^character varying/, '`varchar`'],
    [/^(?:character|bpchar)/, '`char`'],
    [/^bit/, '`bit`'],
    [/with time zone/, '`timetz`'],
    [/^interval/, '`interval`'],
  ],
  mysql: [
    [/^(?:small|medium|tiny|big)?int/, '`tinyint`'],
    [/^(?:tiny|medium|long)?text|^nchar/, '`text`'],
    [/^(?:tiny|medium|long)?blob/, '`blob`'],
    [/^(?:point|linestring|polygon|multi\w+|geometrycollection)$/, '`geometry`'],
  ],
};

describe.each([
  ['postgres', POSTGRES_TYPES, 'P'],
  ['mysql', MARIADB_TYPES, 'P'],
  ['sqlserver', SQLSERVER_TYPES.map(({ nativeType }) => nativeType), 'asserted only'],
  ['oracle', ORACLE_TYPES.map(({ nativeType }) => nativeType), 'asserted only'],
])('what is put to the proof of %s', (product, types, mark) => {
  it.each(types.map((type) => [type]))('has a line that says so: %s', (type) => {
    const lower = type.toLowerCase();
    const word =
      GATHERED[product]?.find(([pattern]) => pattern.test(lower))?.[1] ?? `\`${named(type).replace(/^public\./, '')}`;
    const line = linesOf(product).find(({ types: own }) => own.includes(word));
    expect([type, word, line?.mark]).toEqual([type, word, mark]);
  });
});
