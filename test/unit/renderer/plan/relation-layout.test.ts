import { describe, expect, it } from 'vitest';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import {
  BOX,
  layOutRelations,
  tablesToDraw,
  type RelationTable,
} from '../../../../src-renderer/features/plan/tables/relation-layout.ts';

const pair = (name: string): TablePair => ['main', name];
const table = (name: string, inPlan = true): RelationTable => ({
  ...{ table: pair(name), rows: 1, isComing: false, isExact: true, inPlan },
});
const points = (from: string, to: string) => ({ from: pair(from), to: pair(to) });

describe('layOutRelations', () => {
  const tables = ['customers', 'addresses', 'orders', 'lines', 'products'].map((name) => table(name));
  const relations = [
    points('addresses', 'customers'),
    points('orders', 'customers'),
    points('orders', 'addresses'),
    points('lines', 'orders'),
    points('lines', 'products'),
  ];
  const placed = layOutRelations(tables, relations);
  const at = (name: string) => placed.find(({ table: [, own] }) => own === name);

  it('puts what others point to left of them', () => {
    for (const { from, to } of relations) expect(at(from[1])?.x).toBeGreaterThan(at(to[1])?.x ?? Infinity);
  });

  it('puts no box on another, and none on a line that passes', () => {
    const places = new Set(placed.map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(placed.length);
    for (const { from, to } of relations) {
      const [right, left] = [at(from[1]), at(to[1])];
      const between = placed.filter(({ x, y }) => x > (left?.x ?? 0) && x < (right?.x ?? 0) && y === left?.y);
      expect(between).toEqual([]);
    }
  });

  it('ends on circles and on tables that point to themselves', () => {
    const circle = [points('a', 'b'), points('b', 'c'), points('c', 'a'), points('a', 'a')];
    expect(
      layOutRelations(
        ['a', 'b', 'c'].map((name) => table(name)),
        circle,
      ),
    ).toHaveLength(3);
    expect(BOX.width).toBeGreaterThan(0);
  });
});

describe('tablesToDraw', () => {
  it('leaves neighbours of one table to the list above fifteen tables', () => {
    const many = Array.from({ length: 16 }, (_, index) => table(`t${index}`));
    const leaf = table('leaf', false);
    const shared = table('shared', false);
    const relations = [points('leaf', 't0'), points('t1', 'shared'), points('t2', 'shared')];
    const { shown, hidden } = tablesToDraw([...many, leaf, shared], relations);
    expect(shown).toContain(shared);
    expect(shown).not.toContain(leaf);
    expect(hidden).toBe(1);
    expect(tablesToDraw([...many.slice(0, 3), leaf, shared], relations).hidden).toBe(0);
  });
});
