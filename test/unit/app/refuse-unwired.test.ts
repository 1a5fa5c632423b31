import { describe, expect, it } from 'vitest';
import { refuseUnwired } from '../../../src-main/app/refuse-unwired.ts';
import type { CompiledPlan } from '../../../src-shared/model/compiled-plan.ts';

const plain: CompiledPlan = {
  version: 1,
  name: 'p',
  purpose: 'test',
  connection: 'c',
  catalog: 'sha256:0',
  params: {},
  tables: [],
  format: { id: 'csv', options: {} },
  pseudonyms: null,
  limits: { connections: 1, statementTimeoutMs: 0, cellBytes: 1 },
  disclose: ['source'],
  mode: null,
  deliver: [],
};

describe('what a plan can say and a run does not do', () => {
  it.each([['deliver', { deliver: [{ target: 't', path: '' }] }]])('is refused: %s', (_, change) => {
    const refused = refuseUnwired({ compiled: { ...plain, ...change }, findings: [], catalog: null });
    expect(refused.compiled).toBeNull();
    expect(refused.findings.map((finding) => finding.code)).toEqual(['PLAN/FEATURE_UNSUPPORTED']);
  });

  it('leaves every other plan as it is', () => {
    expect(refuseUnwired({ compiled: plain, findings: [], catalog: null }).compiled).toBe(plain);
  });
});
