import { COMPRESSION_SUFFIX, UNPACK_COMMAND } from '../../src-shared/model/compression.ts';
import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import type { DatabaseSchema } from '../../src-shared/model/table-schema.ts';
import type { CompileResult } from '../engine/plan/compile-plan.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { Script } from '../ports/migration.ts';
import type { Core, Registries } from './core.ts';

export interface WrittenMigration {
  readonly target: string;
  readonly scripts: readonly Script[];
}

/**
 * The scripts that load a package elsewhere; null: the plan asks for none. Of a run that lost tables, those that are there:
 * their foreign keys to lost ones are left out, and the head of the script says so.
 */
export function migrationScripts(
  { migrationTargets }: Pick<Registries, 'migrationTargets'>,
  { migrate, compress }: Pick<CompiledPlan, 'migrate' | 'compress'>,
  results?: readonly TableResult[],
): WrittenMigration | null {
  const target = migrate === undefined ? undefined : migrationTargets.get(migrate.target);
  if (migrate === undefined || target === undefined) return null;
  const schema = results === undefined ? migrate.schema : withoutLost(withFiles(migrate.schema, results), results);
  return { target: target.id, scripts: target.write(unpackedFirst(schema, compress)).files };
}

/** Paths of the scripts of a plan that is being looked at. */
export function scriptPaths({ registries }: Core, { compiled }: CompileResult): readonly string[] {
  if (compiled === null) return [];
  return (migrationScripts(registries, compiled)?.scripts ?? []).map(({ path }) => path);
}

/** Each table with the files that were written of it: how many parts and rows there are, and how long they are, is known by now. */
function withFiles(schema: DatabaseSchema, results: readonly TableResult[]): DatabaseSchema {
  const found = new Map(results.map(({ name, resources }) => [name, resources]));
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const files = found.get(table.name);
      if (files === undefined) return table;
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      return {
        ...table,
        paths: files.map(({ path }) => path),
        rows,
        bytes: Math.max(0, ...files.map(({ bytes }) => bytes)),
      };
    }),
  };
}

/** The loaders read files as the format has them. Nothing in a script unpacks: what a shell runs is for a person to say. */
function unpackedFirst(schema: DatabaseSchema, compress: CompiledPlan['compress']): DatabaseSchema {
  if (compress === undefined) return schema;
  const suffix = COMPRESSION_SUFFIX[compress];
  const plain = (path: string): string => (path.endsWith(suffix) ? path.slice(0, -suffix.length) : path);
  const text = `The files are compressed. When the package is verified, unpack them for the load: ${UNPACK_COMMAND[compress]}`;
  return {
    ...schema,
    tables: schema.tables.map((table) => ({ ...table, paths: table.paths.map(plain) })),
    notes: [{ table: null, text }, ...schema.notes],
  };
}

function withoutLost(schema: DatabaseSchema, results: readonly TableResult[]): DatabaseSchema {
  const lost = new Set(results.flatMap(({ name, verdict }) => (verdict === 'incomplete' ? [name] : [])));
  if (lost.size === 0) return schema;
  const gone = new Set(schema.tables.filter(({ name }) => lost.has(name)).map(({ table }) => JSON.stringify(table)));
  const tables = schema.tables.filter(({ name }) => !lost.has(name));
  return {
    ...schema,
    tables: tables.map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.filter(
        ({ references: { namespace, name } }) => !gone.has(JSON.stringify([namespace, name])),
      ),
    })),
    notes: [
      {
        table: null,
        text: `Tables that failed and are not here, nor the foreign keys to them: ${[...lost].join(', ')}.`,
      },
      ...schema.notes,
    ],
  };
}
