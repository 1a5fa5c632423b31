import type { ReviewState } from '../../../src-shared/contract/plans.ts';
import { connectionRecordOf, connectorOf } from '../connections.ts';
import { compileDraft, type CompiledDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';
import { catalogStateOf, draftTables, summaryOf } from './draft-facts.ts';
import { PACKAGE_PAPERS } from './package-papers.ts';
import { packagesFolder } from './packages-folder.ts';

/** Everything that a run of the plan will do, before it does it. */
export async function reviewDraft(
  desk: Desk,
  { path, folder: asked }: { readonly path: string; readonly folder: string | undefined },
  signal: AbortSignal,
): Promise<ReviewState> {
  const draft = await compileDraft(desk, path, { accept: 'none', signal });
  const { plan, result, open } = draft;
  const acceptCatalog = result.findings.some(({ code }) => code === 'PLAN/CATALOG_UNACCEPTED');
  const looked = acceptCatalog ? await compileDraft(desk, path, { accept: 'any', signal }) : draft;
  const record = await connectionRecordOf(desk.core, plan.connection);
  const folder = asked ?? (await packagesFolder(desk));
  const confirm = record.production ? plan.connection : null;
  const tables = tablesOf(desk, looked, record.connector);
  const compiled = looked.result.compiled;
  return {
    tables,
    files: [...tables.map(({ file }) => file), ...PACKAGE_PAPERS],
    limits: compiled?.limits ?? { connections: 1, statementTimeoutMs: 0, cellBytes: 0 },
    deliveries: (compiled?.deliver ?? []).map(({ target, path: place }) => ({ target, path: place })),
    findings: [...open, ...result.findings],
    needs: { confirm, acceptCatalog: acceptCatalog || catalogStateOf(draft).state === 'drifted' },
    folder,
    freeBytes: await desk.core.store.read.freeBytes(folder),
    packageBytes: summaryOf(draftTables(desk.core, draft)).packageBytes,
    command: commandOf({ path: draft.file.path, folder, confirm, acceptCatalog }),
  };
}

function tablesOf(desk: Desk, { plan, result }: CompiledDraft, connector: string): ReviewState['tables'] {
  const { dialect } = connectorOf(desk.core, connector);
  const extension = desk.core.registries.formats.get(plan.format.type)?.extension ?? '';
  return (result.compiled?.tables ?? []).map((table) => {
    const { text, values } = dialect.select(table.read);
    return {
      name: table.name,
      table: [...table.table],
      sql: text,
      values: [...values],
      file: `data/${table.stem}${extension}`,
      rows: table.estimatedRows,
      order: table.order,
      orderBy: table.read.orderBy.map(({ column, descending }) => (descending ? `${column} desc` : column)),
      masks: table.masks.flatMap((mask, index) => {
        const column = table.read.columns[index]?.name;
        return mask === null || column === undefined ? [] : [{ column, mask: mask.id }];
      }),
    };
  });
}

interface Flags {
  readonly path: string;
  readonly folder: string;
  readonly confirm: string | null;
  readonly acceptCatalog: boolean;
}

/** The same from a terminal. */
function commandOf({ path, folder, confirm, acceptCatalog }: Flags): string {
  const parts = ['waybill', 'run', path, '--out', folder];
  if (acceptCatalog) parts.push('--accept-catalog');
  if (confirm !== null) parts.push('--confirm', confirm);
  return parts.map(shellWord).join(' ');
}

function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text.replaceAll('"', '""')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
