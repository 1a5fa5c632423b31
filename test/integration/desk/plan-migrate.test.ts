import { describe, expect, it } from 'vitest';
import type { PlanEditRequest, PlanState } from '../../../src-shared/contract/plans.ts';
import { migrateLimits } from '../../../src-renderer/features/plan/format/migrate-limits.ts';
import { compiledOf, type OpenDesk, openDesk } from './open-desk.ts';

async function edited({ core }: OpenDesk, ...edits: PlanEditRequest[]): Promise<PlanState> {
  const [first] = await core.plans.list();
  const { path, digest } = await core.plans.open({ path: first?.path ?? '' });
  return core.plans.edit({ path, base: digest, edits });
}

const migrate = (product: string | null): PlanEditRequest => ({ kind: 'migrate', migrate: product });

describe('a plan that is made for another database', () => {
  it('is made so in the editor, and is the same bytes again when it is taken back', async () => {
    const at = await openDesk();
    const [first] = await at.core.plans.list();
    const before = await at.core.plans.open({ path: first?.path ?? '' });
    const made = await edited(at, migrate('postgres'));
    expect(made.text).toContain('\nmigrate: postgres\n');
    expect(made.plan?.migrate).toBe('postgres');
    expect((await edited(at, migrate(null))).text).toBe(before.text);
  });

  it('shows the two scripts among the files, and what is not as in the source', async () => {
    const at = await openDesk();
    const { path } = await edited(
      at,
      migrate('mysql'),
      { kind: 'purpose', purpose: 'migration' },
      { kind: 'format', format: { type: 'csv' } },
    );
    const state = await compiledOf(at.core, path);
    expect(state.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(state.papers.slice(0, 2)).toEqual(['ddl.sql', 'load.sql']);
    expect(
      migrateLimits(state)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('For MySQL and MariaDB');
    expect((await at.core.plans.review({ path })).files).toEqual(expect.arrayContaining(['ddl.sql', 'load.sql']));
    const { fields } = await at.core.plans.format({ path });
    expect(fields.find(({ property }) => property === 'null')?.fallback).toBe('\\N');
  });

  it.each([
    ['sqlserver', ['ddl.sql', 'load.sh', 'load.cmd', 'stage.sql', 'load.sql']],
    ['oracle', ['ddl.sql', 'load.sh', 'stage.sql']],
  ])('can be made of SQLite for %s', async (product, scripts) => {
    const at = await openDesk();
    const { path } = await edited(at, migrate(product), { kind: 'format', format: { type: 'csv' } });
    const state = await compiledOf(at.core, path);
    expect(state.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(state.papers.slice(0, scripts.length)).toEqual(scripts);
  });

  it('says at the option what the load script would not read', async () => {
    const at = await openDesk();
    const { path } = await edited(at, migrate('mysql'), { kind: 'format', format: { type: 'csv', profile: 'excel' } });
    expect((await compiledOf(at.core, path)).findings).toContainEqual(
      expect.objectContaining({ code: 'PLAN/INVALID', path: ['format', 'profile'] }),
    );
  });

  it('offers the products of this build', async () => {
    const { core } = await openDesk();
    const { migrationTargets } = await core.app.facts();
    expect(migrationTargets.map(({ id }) => id)).toEqual(['postgres', 'mysql', 'sqlserver', 'oracle']);
  });
});
