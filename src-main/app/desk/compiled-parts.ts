import type { CompiledPart, TablePiece } from '../../../src-shared/contract/plans.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { scriptPaths } from '../migration-scripts.ts';
import { compileDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';
import { catalogStateOf, draftTables, summaryOf } from './draft-facts.ts';
import { PACKAGE_PAPERS } from './package-papers.ts';
import { packagesFolder } from './packages-folder.ts';
import { TableLists } from './table-lists.ts';

const MAX_FINDINGS = 300;
/** Tables in one part: a page reads it in a few milliseconds and can draw in between. */
const TABLES_AT_ONCE = 200;

const lists = new WeakMap<Desk, TableLists>();

/** What is said of each suspected column is in its table already. */
const isAboutThePlan = ({ code }: Finding): boolean => code !== 'PLAN/COLUMN_UNMASKED';

interface Asked {
  readonly path: string;
  /** A list of tables that the caller still has. */
  readonly known?: string | undefined;
}

/** The plan compiled against the catalog of now; fails before the first part, or not at all. */
export async function compiledParts(
  desk: Desk,
  { path, known }: Asked,
  signal: AbortSignal,
): Promise<AsyncGenerator<CompiledPart, void>> {
  const draft = await compileDraft(desk, path, { accept: 'none', signal });
  // What would be written is told also while the catalog is still to be accepted.
  const looked = draft.plan.migrate === undefined ? draft : await compileDraft(desk, path, { accept: 'any', signal });
  const tables = draftTables(desk.core, draft);
  const folder = await packagesFolder(desk);
  const told = listsOf(desk).tell(draft.file.path, { tables, known: known ?? null });
  const head = {
    digest: draft.file.digest,
    ok: draft.result.compiled !== null && draft.open.length === 0,
    findings: [...draft.open, ...draft.result.findings.filter(isAboutThePlan)].slice(0, MAX_FINDINGS),
    catalog: catalogStateOf(draft),
    papers: [...scriptPaths(desk.core, looked.result), ...PACKAGE_PAPERS],
    summary: summaryOf(tables, draft.result),
    folder,
    freeBytes: await desk.core.store.read.freeBytes(folder),
  };
  return parts({ head, list: told.list }, told.pieces);
}

function listsOf(desk: Desk): TableLists {
  const known = lists.get(desk) ?? new TableLists();
  lists.set(desk, known);
  return known;
}

async function* parts(
  first: Extract<CompiledPart, { head: unknown }>,
  pieces: readonly TablePiece[],
): AsyncGenerator<CompiledPart, void> {
  yield first;
  let ready: TablePiece[] = [];
  let size = 0;
  for (const piece of pieces.flatMap(inSlices)) {
    ready.push(piece);
    size += 'tables' in piece ? piece.tables.length : 1;
    if (size < TABLES_AT_ONCE) continue;
    yield { pieces: ready };
    ready = [];
    size = 0;
  }
  if (ready.length > 0) yield { pieces: ready };
}

function inSlices(piece: TablePiece): TablePiece[] {
  if (!('tables' in piece) || piece.tables.length <= TABLES_AT_ONCE) return [piece];
  const { tables } = piece;
  return Array.from({ length: Math.ceil(tables.length / TABLES_AT_ONCE) }, (_, at) => ({
    tables: tables.slice(at * TABLES_AT_ONCE, (at + 1) * TABLES_AT_ONCE),
  }));
}
