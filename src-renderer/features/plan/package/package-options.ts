import type { Plan } from '../../../../src-shared/model/plan.ts';

type PlanPackage = NonNullable<Plan['package']>;

/** Modes that the plan file takes, the narrowest first; the first is meant where none is given. */
export const PACKAGE_MODES = ['0600', '0640', '0660', '0604', '0644', '0664'] as const;

/** A mode as it is told here: `640` is `0640`. */
export const modeOf = (pack: Plan['package']): string => pack?.mode?.padStart(4, '0') ?? PACKAGE_MODES[0];

/** The block with keys set; undefined takes one out, and an empty block is none. */
export function withPackage(
  pack: Plan['package'],
  change: { readonly [Key in keyof PlanPackage]?: PlanPackage[Key] | undefined },
): PlanPackage | null {
  const entries = Object.entries({ ...pack, ...change }).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** What is disclosed once one kind of it is, or is not. */
export function withDisclosed(pack: Plan['package'], kind: 'source' | 'sql', chosen: boolean): PlanPackage | null {
  const others = (pack?.disclose ?? []).filter((known) => known !== kind);
  const disclose = chosen ? [...others, kind] : others;
  return withPackage(pack, { disclose: disclose.length === 0 ? undefined : disclose });
}
