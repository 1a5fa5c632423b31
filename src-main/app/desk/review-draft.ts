import type { ReviewState } from '../../../src-shared/contract/plans.ts';
import { fileExtension, fileLabel } from '../../engine/run/file-path.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { connectionRecordOf, connectorOf } from '../connections.ts';
import { checkAhead } from '../check-ahead.ts';
import { estimatePackage } from '../estimate-package.ts';
import { estimateTable } from '../estimate-table.ts';
import { scriptPaths } from '../migration-scripts.ts';
import { compileDraft, onSession, type CompiledDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';
import { catalogStateOf, draftTables } from './draft-facts.ts';
import { PACKAGE_PAPERS } from './package-papers.ts';
import { readDraft, readPlanText } from './plan-files.ts';
import { seenDigest } from './seen-digest.ts';

/**
 * Everything that a run of the plan will do, before it does it. The catalog is read anew, since the run will read it anew
 * too, and the server and the home are asked what no compilation can know, as `plan check` asks them.
 */
export async function reviewDraft(desk: Desk, path: string, signal: AbortSignal): Promise<ReviewState> {
  await readCatalogAnew(desk, path, signal);
  const draft = await compileDraft(desk, path, { accept: 'none', signal });
  // What would be read is shown also while the catalog is still to be accepted.
  const looked = await compileDraft(desk, path, { accept: 'any', signal });
  const { plan, parsed, open, result } = draft;
  const { findings } = await onSession(desk, { plan, signal }, ({ session, connector }) =>
    checkAhead(
      desk.core,
      { ...result, findings: withWarnings(result.findings, looked.result.findings) },
      { parsed, session, connector, signal },
    ),
  );
  const record = await connectionRecordOf(desk.core, plan.connection);
  const tables = tablesOf(desk, looked, record.connector);
  const compiled = looked.result.compiled;
  return {
    digest: draft.file.digest,
    checkedAt: desk.core.clock.now().toISOString(),
    catalog: catalogStateOf(draft),
    tables,
    // What stands in the plan is told also while an error keeps it from being compiled.
    files: [
      ...draftTables(desk.core, draft).map(({ file }) => file),
      ...scriptPaths(desk.core, looked.result),
      ...PACKAGE_PAPERS,
    ],
    limits: compiled?.limits ?? null,
    deliveries: (compiled?.deliver ?? plan.deliver ?? []).map(({ target, path: place }) => ({
      target,
      path: place ?? '',
    })),
    findings: [...open, ...findings],
    needs: {
      confirm: record.production ? plan.connection : null,
      acceptCatalog: result.findings.some(({ code }) => code === 'PLAN/CATALOG_UNACCEPTED'),
    },
    seen: seenDigest(looked.result),
    packageBytes: estimatePackage(draft.result.found),
  };
}

/** A plan with an error is not looked at to the end: what it is warned of once the catalog is accepted is told before that. */
function withWarnings(findings: readonly Finding[], later: readonly Finding[]): readonly Finding[] {
  const known = new Set(findings.map(({ message }) => message));
  return [...findings, ...later.filter(({ severity, message }) => severity === 'warning' && !known.has(message))];
}

async function readCatalogAnew(desk: Desk, path: string, signal: AbortSignal): Promise<void> {
  const { parsed } = readDraft((await readPlanText(desk.core, path)).text);
  if (parsed.plan === null) return;
  const definitions = parsed.plan.migrate !== undefined;
  await desk.catalogs.get(parsed.plan.connection, { refresh: true, definitions, signal });
}

function tablesOf(desk: Desk, { plan, result }: CompiledDraft, connector: string): ReviewState['tables'] {
  const { dialect } = connectorOf(desk.core, connector);
  const extension = fileExtension(desk.core.registries.formats.get(plan.format.type), plan.package?.compress);
  return (result.compiled?.tables ?? []).map((table) => {
    const { text, values } = dialect.select(table.read);
    return {
      name: table.name,
      table: [...table.table],
      sql: text,
      values: [...values],
      file: fileLabel(table.stem, extension, plan.package?.chunk !== undefined),
      rows: estimateTable(table).rows,
      order: table.order,
      orderBy: table.read.orderBy.map(({ column, descending }) => (descending ? `${column} desc` : column)),
      masks: table.masks.flatMap((mask, index) => {
        const column = table.read.columns[index]?.name;
        return mask === null || column === undefined ? [] : [{ column, mask: mask.id }];
      }),
    };
  });
}
