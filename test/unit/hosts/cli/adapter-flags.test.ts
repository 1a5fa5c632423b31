import { expect, it } from 'vitest';
import { z } from 'zod';
import { connectors } from '../../../../src-main/connectors/registry.ts';
import { adapterFlags } from '../../../../src-main/hosts/cli/adapter-flags.ts';
import { optionFields } from '../../../../src-main/app/option-fields.ts';
import { targets } from '../../../../src-main/targets/registry.ts';

const adapter = (id: string, options: z.ZodType<object>) => ({ id, options });

it('names what holds without each option, for each product where they differ', () => {
  const port = (usual: number) => z.number().default(usual).meta({ title: 'Port', flag: 'port' });
  const host = z.string().meta({ title: 'Host', flag: 'host' });
  const trust = z.string().optional().meta({ title: 'CA file', flag: 'ca', usual: 'the system’s' });
  const note = z.string().optional().meta({ title: 'Note', flag: 'note' });
  const flags = adapterFlags([
    adapter('one', z.strictObject({ host, port: port(1), trust, note })),
    adapter('two', z.strictObject({ host, port: port(2), trust })),
  ]);
  expect(Object.entries(flags).map(([name, { help }]) => [name, help])).toEqual([
    ['host', 'Host (required)'],
    ['port', 'Port (one: default 1; two: default 2)'],
    ['ca', 'CA file (default the system’s)'],
    ['note', 'Note (one: optional)'],
  ]);
});

it('is said of every option that there is', () => {
  for (const adapters of [connectors, targets]) {
    const flags = adapterFlags(adapters);
    for (const { flag, fallback } of adapters.flatMap(({ options }) => optionFields(options))) {
      expect(flags[flag]?.help).toMatch(/\((.*\b(required|optional|default) ?.*)\)$/);
      if (fallback !== null) expect(flags[flag]?.help).toContain(`default ${fallback}`);
    }
  }
});
