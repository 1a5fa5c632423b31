import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type {
  CheckDefinition,
  ColumnDefinition,
  TableDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import { withDefinitions, type FoundDefinitions } from '../kit/with-definitions.ts';
import type { Scoped } from './catalog.sql.ts';
import { readDefault } from './column-default.ts';
import { CHECKS, COLUMN_DEFINITIONS, INDEXES, KEY_RULES, OTHERS, TABLE_COMMENTS, VIEWS } from './definitions.sql.ts';
import { gatherIndexes, type TableIndexes } from './gather-indexes.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-row.ts';

const ACTIONS = { CASCADE: 'cascade', 'SET NULL': 'set null' } as const;

/** The catalog with what its tables are made of. */
export async function readDefinitions(
  link: Link,
  { catalog, namespace }: { readonly catalog: Catalog; readonly namespace: string | null },
  signal: AbortSignal,
): Promise<Catalog> {
  const ask = ({ all, one }: Scoped): Promise<readonly TextRow[]> =>
    namespace === null ? link.ask(all, [], signal) : link.ask(one, [namespace], signal);
  const columns = await ask(COLUMN_DEFINITIONS);
  const comments = await ask(TABLE_COMMENTS);
  const indexes = gatherIndexes(await ask(INDEXES));
  const rules = await ask(KEY_RULES);
  const checks = await ask(CHECKS);
  const others = await ask(OTHERS);
  const views = await ask(VIEWS);
  return withDefinitions(catalog, {
    columns: columns.flatMap((row): FoundDefinitions['columns'][number][] => {
      const definition = columnOf(row);
      return Object.keys(definition).length === 0 ? [] : [[placeOf(row), row[2] ?? '', definition]];
    }),
    tables: tablesOf(catalog, { comments, indexes, rules, checks, others }),
    rules: rules.map((row) => [placeOf(row), row[2] ?? '', ruleOf(row)]),
    database: {
      types: [],
      views: views.map(([owner, name, text]) => ({ namespace: owner ?? '', name: name ?? '', text: text ?? '' })),
      settings: {},
    },
  });
}

const placeOf = (row: TextRow): string => JSON.stringify([row[0], row[1]]);

function columnOf([, , , value, virtual, identity, collation, comment]: TextRow): ColumnDefinition {
  const isSpecial = typeof collation === 'string' && !collation.startsWith('USING_NLS');
  const described = {
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
    ...(isSpecial ? { collation: `COLLATE ${collation}` } : {}),
  };
  if (typeof identity === 'string') return { ...described, identity: { always: identity === 'ALWAYS' } };
  if (typeof value !== 'string') return described;
  if (virtual === 'YES') {
    // A function of the database's own stands with its schema's name.
    const builtIn = !/"\s*[.(]/.test(value);
    return { ...described, generated: { expression: value.trim(), stored: false, builtIn } };
  }
  const found = readDefault(value);
  return found === undefined ? described : { ...described, default: found };
}

function ruleOf([, , , onDelete]: TextRow): FoundDefinitions['rules'][number][2] {
  const action = onDelete === 'CASCADE' || onDelete === 'SET NULL' ? ACTIONS[onDelete] : undefined;
  return action === undefined ? {} : { onDelete: action };
}

interface TableRows {
  readonly comments: readonly TextRow[];
  readonly indexes: ReadonlyMap<string, TableIndexes>;
  readonly rules: readonly TextRow[];
  readonly checks: readonly TextRow[];
  readonly others: readonly TextRow[];
}

function tablesOf(catalog: Catalog, rows: TableRows): ReadonlyMap<string, TableDefinition> {
  const comments = new Map(rows.comments.map((row) => [placeOf(row), row[2] ?? '']));
  const [rules, checks, others] = [rows.rules, rows.checks, rows.others].map((all) => Map.groupBy(all, placeOf));
  return new Map(
    catalog.namespaces
      .flatMap(({ tables }) => tables)
      .map(({ namespace, name }) => {
        const place = JSON.stringify([namespace, name]);
        const comment = comments.get(place);
        const own = rows.indexes.get(place);
        const found = checksOf(checks?.get(place) ?? []);
        return [
          place,
          {
            ...(comment === undefined ? {} : { comment }),
            indexes: own?.simple ?? [],
            checks: found.filter(({ holds }) => holds).map(({ check }) => check),
            others: [
              ...found.filter(({ holds }) => !holds).map(({ check }) => unheld(check)),
              ...(rules?.get(place) ?? []).flatMap(ruleWords),
              ...(others?.get(place) ?? []).map((row) => row[2] ?? ''),
              ...(own?.others ?? []),
            ],
          },
        ];
      }),
  );
}

/** Where a foreign key is looser in the source than it will be. */
function ruleWords([, , name, , holds, deferrable]: TextRow): readonly string[] {
  return [
    ...(holds === '1' ? [] : [`that the foreign key ${name} does not hold for every row: here it does`]),
    ...(deferrable === 'DEFERRABLE' ? [`deferrable constraint ${name}, which is checked at once here`] : []),
  ];
}

interface FoundCheck {
  readonly check: CheckDefinition;
  /** It holds for every row. */
  readonly holds: boolean;
}

/** One for each name; that a column is NOT NULL is a check as well, and known already. */
function checksOf(rows: readonly TextRow[]): readonly FoundCheck[] {
  return [...Map.groupBy(rows, ([, , name]) => name ?? '')].flatMap(([name, found]) => {
    const [, , , condition, holds] = found[0] ?? [];
    if (typeof condition !== 'string' || /^"[^"]*" IS NOT NULL$/.test(condition.trim())) return [];
    const columns = found.map((row) => row[5] ?? '');
    return [{ check: { name, column: null, clause: `CHECK (${condition})`, columns }, holds: holds === '1' }];
  });
}

const unheld = ({ name, clause }: CheckDefinition): string =>
  `check ${name}, which does not hold for every row: ${clause}`;
