import type { z } from 'zod';
import type { AppFacts } from '../../../src-shared/contract/app.ts';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
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
    fields: optionFields(options).map(({ property, title: label, kind, choices, required, fallback }) => ({
      property,
      title: label,
      kind,
      choices: choices === null ? null : [...choices],
      required,
      fallback,
    })),
    traits: { ...traits },
  };
}

/** The adapters of this build. */
export function allAdapters({
  registries,
}: Core): Pick<AppFacts, 'connectors' | 'formats' | 'masks' | 'targets' | 'profiles'> {
  return {
    connectors: [...registries.connectors.values()].map(adapterFactsOf),
    formats: [...registries.formats.values()].map((format) => ({
      ...adapterFactsOf(format),
      extension: format.extension,
    })),
    masks: [...registries.masks.values()].map(adapterFactsOf),
    targets: [...registries.targets.values()].map(adapterFactsOf),
    profiles: [...registries.formatContext.profiles.keys()],
  };
}
