import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planSchema, sizeInBytes } from '../../../src-shared/model/plan.ts';
import { planJsonSchema } from '../../../src-shared/model/plan-json-schema.ts';
import { parsePlan } from '../../../src-main/engine/plan/parse-plan.ts';

const spec = (name: string) => readFileSync(new URL(`../../../docs/spec/${name}`, import.meta.url), 'utf8');

describe('the specification of the plan file', () => {
  it('has a JSON Schema equal to the one the program checks with', () => {
    expect(JSON.parse(spec('plan.schema.json'))).toEqual(JSON.parse(JSON.stringify(planJsonSchema())));
  });

  it('shows an example that is a valid plan', () => {
    const [, example = ''] = /```yaml\n(waybill: 1[\s\S]*?)```/.exec(spec('plan.md')) ?? [];
    expect(parsePlan(example).findings).toEqual([]);
    expect(parsePlan(example).plan).not.toBeNull();
  });

  it('names every key of the plan file', () => {
    const text = spec('plan.md');
    for (const key of Object.keys(planSchema.shape)) expect(text).toContain(`\`${key}\``);
  });
});

describe('sizeInBytes', () => {
  it.each([
    [64, 64],
    ['1B', 1],
    ['64MiB', 67_108_864],
    ['2 kB', 2_000],
    ['1KiB', 1_024],
    ['5GiB', 5_368_709_120],
    ['5GB', 5_000_000_000],
    ['1TiB', 1_099_511_627_776],
  ])('%s is %d bytes', (written, bytes) => {
    expect(sizeInBytes(written)).toBe(bytes);
  });
});
