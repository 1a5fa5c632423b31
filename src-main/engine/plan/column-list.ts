import { yamlScalar } from './yaml-scalar.ts';
import type { Addition } from './yaml-splice.ts';

/** Names of columns as a list, in both forms. */
export function columnList(columns: readonly string[]): Required<Addition> {
  const names = columns.map(yamlScalar);
  return { flow: `[${names.join(', ')}]`, block: names.map((name) => `- ${name}`) };
}
