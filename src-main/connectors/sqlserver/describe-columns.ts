import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { DescribedQuery } from '../kit/exclusive-session.ts';
import { DESCRIBE_SQL } from './catalog.sql.ts';
import { declarationOf, describedStatement } from './dialect.ts';
import { translateError } from './errors.ts';
import type { Link } from './link.ts';
import { ServerError } from './server-error.ts';
import { logicalType } from './types.ts';

/** Output columns of a query as the server describes them, parameters included, without running it. */
export async function describeColumns(
  link: Link,
  { sql, params }: DescribedQuery,
  signal: AbortSignal,
): Promise<readonly ReadColumn[]> {
  const { text, values } = describedStatement(sql, params);
  const described = { text: DESCRIBE_SQL, values: [text, declarationOf(values)] };
  const columns: ReadColumn[] = [];
  for (const row of await link.ask(described, signal)) {
    const [name, system, nullable, schema, user, assembly, hidden, number, message] = row;
    if (typeof number === 'string') throw translateError(new ServerError(Number(number), message ?? '', 0));
    if (hidden === '1') continue;
    const alias = typeof user === 'string' && typeof assembly !== 'string' ? ` as ${schema}.${user}` : '';
    const nativeType = `${system ?? `${schema}.${user}`}${alias}`;
    const type = logicalType(nativeType);
    if (type === null) throw unmapped(name ?? '', nativeType);
    columns.push({ name: name ?? '', nativeType, nullable: nullable !== '0', type });
  }
  return columns;
}

function unmapped(column: string, type: string): Error {
  return appError('SOURCE/TYPE_UNMAPPED', {
    message: `The type ${type} of the column ${column} is not one that can be carried exactly.`,
    remedy: 'Convert the column to another type in the query, or leave it out.',
    context: { column, type },
  });
}
