import { appError } from '../../../src-shared/errors/app-error.ts';
import type { UserSql } from './user-sql.ts';

/**
 * The SQL with each parameter replaced by what `render` gives for its value: a placeholder, or a literal. It stands
 * between blanks, so that it can never fuse with its neighbours into another token.
 */
export function bindParams(
  sql: UserSql,
  params: Readonly<Record<string, string | null>>,
  render: (value: string | null) => string,
): string {
  let out = '';
  let from = 0;
  for (const use of sql.parameters) {
    const value = Object.hasOwn(params, use.name) ? params[use.name] : undefined;
    if (value === undefined) {
      throw appError('PLAN/PARAM_UNDECLARED', {
        message: `The SQL uses the parameter :${use.name}, which the plan does not declare.`,
        remedy: `Declare ${use.name} under params, or give it with --param ${use.name}=VALUE.`,
        context: { parameter: use.name },
      });
    }
    out += `${sql.text.slice(from, use.start)} ${render(value)} `;
    from = use.end;
  }
  return out + sql.text.slice(from);
}

/** Names of the parameters in order of first use. */
export function parameterNames(sql: UserSql): readonly string[] {
  return [...new Set(sql.parameters.map((use) => use.name))];
}
