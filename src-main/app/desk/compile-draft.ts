import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { detectPersonal } from '../../engine/classify/detect-personal.ts';
import { compilePlan, type CompileResult } from '../../engine/plan/compile-plan.ts';
import type { ParsedPlan } from '../../engine/plan/parse-plan.ts';
import type { CatalogShape } from '../../engine/plan/catalog-shape.ts';
import { checkDeliveries } from '../check-deliveries.ts';
import { checkKey } from '../check-key.ts';
import { connectionRecordOf, connectorOf } from '../connections.ts';
import { compileRegistries, describeQueries, readShape, type OpenPlan } from '../open-plan.ts';
import { PlanFindings } from '../plan-findings.ts';
import type { Desk } from './desk.ts';
import { readDraft, readPlanText, type PlanText } from './plan-files.ts';

/** A plan that is being made, against the catalog that the desk knows. */
export interface CompiledDraft {
  readonly file: PlanText;
  readonly plan: Plan;
  readonly parsed: ParsedPlan;
  /** What is still to be said before it can run. */
  readonly open: readonly Finding[];
  readonly catalog: Catalog;
  /** Shape of the catalog that the plan was accepted with; null: unknown here. */
  readonly acceptedShape: CatalogShape | null;
  readonly result: CompileResult;
}

export interface CompileHow {
  readonly accept: 'none' | 'any';
  readonly only?: readonly string[];
  readonly signal: AbortSignal;
}

interface Kept {
  readonly key: string;
  readonly draft: CompiledDraft;
}

/** The last result of each plan and way: its columns are asked for right after it. */
const kept = new WeakMap<Desk, Map<string, Kept>>();

/** Compiles the plan file as it stands. A text that is no plan: {@link PlanFindings}. */
export async function compileDraft(desk: Desk, path: string, how: CompileHow): Promise<CompiledDraft> {
  const file = await readPlanText(desk.core, path);
  const { parsed, open } = readDraft(file.text);
  if (parsed.plan === null) throw new PlanFindings(parsed.findings, path);
  const { catalog, readAt } = await desk.catalogs.get(parsed.plan.connection, {
    ...{ refresh: false, signal: how.signal },
    definitions: parsed.plan.migrate !== undefined,
  });
  const targets = Object.keys(await desk.core.records.targets.read());
  const keys = await desk.core.records.keys.read();
  const key = JSON.stringify([file.digest, readAt, targets, keys]);
  const place = JSON.stringify([file.path, how.accept, how.only ?? []]);
  const known = keptOf(desk).get(place);
  if (known?.key === key) return known.draft;
  const draft = await compileAnew(desk, { file, plan: parsed.plan, parsed, open, catalog }, { ...how, targets });
  keptOf(desk).set(place, { key, draft });
  return draft;
}

function keptOf(desk: Desk): Map<string, Kept> {
  const map = kept.get(desk) ?? new Map<string, Kept>();
  kept.set(desk, map);
  // Plans and tables come and go; what falls out is compiled again.
  if (map.size > 40) map.clear();
  return map;
}

async function compileAnew(
  desk: Desk,
  draft: Omit<CompiledDraft, 'result' | 'acceptedShape'>,
  { accept, only, signal, targets }: CompileHow & { readonly targets: readonly string[] },
): Promise<CompiledDraft> {
  const { core } = desk;
  const { plan, parsed, catalog } = draft;
  const { connector: id } = await connectionRecordOf(core, plan.connection);
  const acceptedShape = plan.catalog === undefined ? null : await readShape(core, plan.catalog);
  const compiled = compilePlan({
    parsed,
    catalog,
    dialect: connectorOf(core, id).dialect,
    connector: id,
    sharesSnapshots: connectorOf(core, id).traits.sharesSnapshots,
    registries: compileRegistries(core),
    describedQueries: plan.tables.some((entry) => 'query' in entry)
      ? await onSession(desk, { plan, signal }, (open) => describeQueries(plan, open, { params: {}, signal }))
      : new Map(),
    only: only ?? [],
    accept,
    acceptedShape,
    detect: detectPersonal,
  });
  const delivered = checkDeliveries(compiled, { parsed, targets });
  return { ...draft, acceptedShape, result: await checkKey(core, delivered, parsed) };
}

/** Work on a session of the plan's connection that is warm already, or is kept so. */
export async function onSession<T>(
  desk: Desk,
  { plan, signal }: { readonly plan: Plan; readonly signal: AbortSignal },
  work: (open: OpenPlan['connection']) => Promise<T>,
): Promise<T> {
  const statementTimeoutMs = plan.limits?.statementTimeoutMs ?? 0;
  return desk.sessions.use(plan.connection, { signal, statementTimeoutMs }, work);
}

/** The draft on a session, in the shape that counts and previews work on. */
export async function onOpenDraft<T>(
  desk: Desk,
  { draft, signal }: { readonly draft: CompiledDraft; readonly signal: AbortSignal },
  work: (open: OpenPlan) => Promise<T>,
): Promise<T> {
  const { file, plan, parsed, catalog, result } = draft;
  return onSession(desk, { plan, signal }, (connection) => {
    // The session goes back to the pool, not away.
    const close = async (): Promise<void> => undefined;
    const open = {
      ...{ path: file.path, planPath: file.path, shownAs: file.path, text: file.text },
      inputs: { params: {}, only: [] },
      ...{ plan, parsed, connection, catalog, result, [Symbol.asyncDispose]: close },
    };
    return work(open);
  });
}
