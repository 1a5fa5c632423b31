import type { z } from 'zod';
import type { AppFacts } from '../../../src-shared/contract/app.ts';
import type { AdapterFacts, OptionFieldFacts } from '../../../src-shared/contract/parts.ts';
import type { Core } from '../core.ts';
import { optionFields } from '../option-fields.ts';

interface Adapter {
  readonly id: string;
  readonly title: string;
  readonly traits: object;
  readonly options: z.ZodType;
}

/** Everything a screen may know of an adapter: its title, its options as fields, its traits. */
export function adapterFactsOf({ id, title, traits, options }: Adapter): AdapterFacts {
  return {
    id,
    title,
    fields: fieldFactsOf(options),
    traits: { ...traits },
  };
}

/** The options of a schema as fields of a form. */
export function fieldFactsOf(options: z.ZodType): OptionFieldFacts[] {
  return optionFields(options).map(({ flag: _flag, choices, ...field }) => ({
    ...field,
    choices: choices === null ? null : [...choices],
  }));
}

type AdapterKind = 'connectors' | 'formats' | 'masks' | 'targets' | 'tunnel' | 'migrationTargets';

/** The adapters of this build. */
export function allAdapters({ registries }: Core): Pick<AppFacts, AdapterKind> {
  return {
    connectors: [...registries.connectors.values()].map(adapterFactsOf),
    formats: [...registries.formats.values()].map((format) => ({
      ...adapterFactsOf(format),
      extension: format.extension,
    })),
    masks: [...registries.masks.values()].map(adapterFactsOf),
    targets: [...registries.targets.values()].map(adapterFactsOf),
    tunnel: adapterFactsOf({ ...registries.tunnel, traits: {} }),
    migrationTargets: [...registries.migrationTargets.values()].map(({ id, title }) => ({ id, title })),
  };
}
