import type { z } from 'zod';
import { nearest } from '../../../src-shared/util/nearest.ts';
import { schemaProblems, type SchemaProblem } from '../../../src-shared/util/schema-problems.ts';
import type { FindingDetails } from './finding-list.ts';
import type { PlanDocument, PlanPath } from './plan-document.ts';
import { spokenPath, tableAt } from './spoken-path.ts';

/** One thing that a schema has against a part of a plan, ready to become a finding. */
export interface PlanProblem {
  readonly path: PlanPath;
  readonly details: FindingDetails;
}

/** The complaints of a schema about the value at `base`, in the operator's words. */
export function planProblems(
  schema: z.ZodType,
  value: unknown,
  { document, base }: { readonly document: PlanDocument; readonly base: PlanPath },
): readonly PlanProblem[] {
  const problems = schemaProblems(schema, value);
  const unknown = problems.filter(({ kind }) => kind === 'unknown');
  return problems.map((problem): PlanProblem => {
    const path = [...base, ...problem.path];
    switch (problem.kind) {
      case 'unknown':
        return { path, details: unknownKey(document, path, problem.known) };
      case 'missing':
        return missingKey(problem, misspelt(problem, unknown), { document, base });
      case 'key':
      case 'value': {
        const about = aboutTable(document, path);
        const message = `${spokenPath(document, path)} ${problem.words}.`;
        const place = problem.kind === 'key' ? { at: 'key' as const } : {};
        return { path, details: { message, remedy: 'Correct it at this place.', ...about, ...place } };
      }
    }
  });
}

/** Words for a key nobody knows. */
export function unknownKey(document: PlanDocument, path: PlanPath, known: readonly string[]): FindingDetails {
  const key = String(path.at(-1)).slice(0, 100);
  const near = nearest(key, known);
  const remedy =
    near !== undefined
      ? `Did you mean ${near}?`
      : known.length > 0
        ? `Known keys here: ${known.join(', ')}.`
        : 'Remove it.';
  const where = path.length < 2 ? 'here' : `in ${spokenPath(document, path.slice(0, -1))}`;
  return {
    message: `The key ${JSON.stringify(key)} is unknown ${where}.`,
    remedy,
    at: 'key',
    ...aboutTable(document, path),
  };
}

/** The table a path speaks of, for a finding. */
export function aboutTable(document: PlanDocument, path: PlanPath): { readonly table?: string } {
  const table = tableAt(document, path);
  return table === undefined ? {} : { table };
}

/** The unknown key beside a missing one that was probably meant to be it. */
function misspelt(missing: SchemaProblem, unknown: readonly SchemaProblem[]): SchemaProblem | undefined {
  const name = String(missing.path.at(-1));
  return unknown.find(
    ({ path, known }) =>
      path.length === missing.path.length &&
      path.slice(0, -1).every((step, at) => step === missing.path[at]) &&
      nearest(String(path.at(-1)).slice(0, 100), known) === name,
  );
}

/** A missing key has no place of its own: it is reported at the key that was meant to be it, behind that key's own finding. */
function missingKey(
  { path, words }: SchemaProblem,
  cause: SchemaProblem | undefined,
  { document, base }: { readonly document: PlanDocument; readonly base: PlanPath },
): PlanProblem {
  const whole = [...base, ...path];
  const name = String(path.at(-1) ?? 'a plan');
  const details: FindingDetails = {
    message: `${spokenPath(document, whole)} ${words}.`,
    remedy: cause === undefined ? `Add ${name}.` : `Rename the unknown key, or add ${name}.`,
    ...aboutTable(document, whole),
  };
  if (cause === undefined) return { path: whole, details };
  return { path: [...base, ...cause.path], details: { ...details, at: 'key' } };
}
