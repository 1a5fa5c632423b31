import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import type { CompiledState, CompiledTableFacts, TablePiece } from '../../../src-shared/contract/plans.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';

interface KnownList {
  readonly list: string;
  readonly tables: readonly CompiledTableFacts[];
}

const lists = new WeakMap<CoreClient, Map<string, KnownList>>();

/**
 * The plan compiled against the catalog, put together from its parts: each is read in a task of its own, so that a plan of
 * thousands of tables does not hold up the page. Tables that are as they were come from the answer before.
 */
export async function askCompiled(core: CoreClient, path: string, signal?: AbortSignal): Promise<CompiledState> {
  const known = lists.get(core)?.get(path);
  const parts = await core.plans.compile(
    { path, ...(known === undefined ? {} : { known: known.list }) },
    ...(signal === undefined ? [] : [{ signal }]),
  );
  const tables: CompiledTableFacts[] = [];
  let first: { readonly head: Omit<CompiledState, 'tables'>; readonly list: string } | null = null;
  for await (const part of parts) {
    if ('head' in part) first = part;
    else for (const piece of part.pieces) append(tables, piece, known?.tables ?? []);
  }
  signal?.throwIfAborted();
  if (first === null || tables.length !== first.head.summary.tables) throw bug('a compiled plan came without a part');
  remember(core, path, { list: first.list, tables });
  return { ...first.head, tables };
}

/** Its tab was closed. */
export function forgetCompiled(core: CoreClient, path: string): void {
  lists.get(core)?.delete(path);
}

function append(tables: CompiledTableFacts[], piece: TablePiece, before: readonly CompiledTableFacts[]): void {
  if ('tables' in piece) tables.push(...piece.tables);
  else tables.push(...before.slice(piece.keep, piece.keep + piece.count));
}

function remember(core: CoreClient, path: string, known: KnownList): void {
  const all = lists.get(core) ?? new Map<string, KnownList>();
  lists.set(core, all);
  all.set(path, known);
}
