import { dirname, join, resolve } from 'node:path';
import { AppError, appError } from '../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../src-shared/model/catalog.ts';
import { PLAN_MAX_BYTES, type Plan } from '../../src-shared/model/plan.ts';
import type { ReadColumn } from '../../src-shared/model/table-read.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import { detectPersonal } from '../engine/classify/detect-personal.ts';
import type { CatalogShape } from '../engine/plan/catalog-shape.ts';
import { compilePlan, type CompileResult } from '../engine/plan/compile-plan.ts';
import type { CompileRequest } from '../engine/plan/compile-request.ts';
import { jsonDigest } from '../engine/plan/json-digest.ts';
import { parsePlan, type ParsedPlan } from '../engine/plan/parse-plan.ts';
import { queriesOf } from '../engine/plan/query-parameters.ts';
import { checkAhead } from './check-ahead.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { Core } from './core.ts';
import { PlanFindings } from './plan-findings.ts';

export interface OpenPlanRequest {
  /** Path of the plan file. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly only: readonly string[];
  readonly accept: 'none' | 'unsigned' | 'any';
  /** The file that a person keeps the plan in, where `path` is another one; null: nobody knows it. Default: `path`. */
  readonly planPath?: string | null;
  /** How the person named the file, for messages; default: its path. */
  readonly shownAs?: string;
  /** Also asks the server about every statement, and the home about the key: for those who look before they run. */
  readonly ahead?: boolean;
  readonly signal: AbortSignal;
}

/** A plan file with the connection it names, compiled against the catalog of now. */
export interface OpenPlan extends AsyncDisposable {
  readonly path: string;
  /** The file that a person keeps the plan in; null: nobody knows it. */
  readonly planPath: string | null;
  readonly shownAs: string;
  readonly text: string;
  /** What it was opened with. */
  readonly inputs: Pick<OpenPlanRequest, 'params' | 'only'>;
  readonly plan: Plan;
  readonly parsed: ParsedPlan;
  readonly connection: OpenConnection;
  readonly catalog: Catalog;
  readonly result: CompileResult;
}

/** Reads a plan file, opens its connection and compiles it. A plan that cannot be read: {@link PlanFindings}. */
export async function openPlan(core: Core, request: OpenPlanRequest): Promise<OpenPlan> {
  const { text, parsed, plan } = await readPlan(core, request);
  const connection = await openConnection(core, plan.connection, {
    signal: request.signal,
    statementTimeoutMs: plan.limits?.statementTimeoutMs ?? 0,
    ...(plan.limits?.lockTimeoutMs === undefined ? {} : { lockTimeoutMs: plan.limits.lockTimeoutMs }),
  });
  try {
    const definitions = plan.migrate !== undefined;
    const catalog = await connection.session.catalog({ definitions }, request.signal);
    const targets = Object.keys(await core.records.targets.read());
    const describedQueries = await describeQueries(plan, connection, request);
    const acceptedShape = plan.catalog === undefined ? null : await readShape(core, plan.catalog);
    const compiled = compilePlan({
      parsed,
      catalog,
      dialect: connection.connector.dialect,
      connector: connection.connector.id,
      sharesSnapshots: connection.connector.traits.sharesSnapshots,
      registries: compileRegistries(core),
      describedQueries,
      params: request.params,
      only: request.only,
      accept: request.accept,
      acceptedShape,
      detect: detectPersonal,
    });
    const delivered = checkDeliveries(compiled, { parsed, targets });
    const { connector, session } = connection;
    const result =
      request.ahead === true
        ? await checkAhead(core, delivered, { parsed, connector, session, signal: request.signal })
        : delivered;
    const close = async (): Promise<void> => connection[Symbol.asyncDispose]();
    const shownAs = request.shownAs ?? request.path;
    return {
      path: request.path,
      planPath: request.planPath === undefined ? request.path : request.planPath,
      shownAs,
      text,
      inputs: { params: request.params, only: request.only },
      plan,
      parsed,
      connection,
      catalog,
      result,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
}

/** What compiling looks at. */
export const compileRegistries = ({ registries }: Core): CompileRequest['registries'] => ({
  masks: [...registries.masks.values()],
  formats: [...registries.formats.values()],
  formatContext: registries.formatContext,
  migrationTargets: [...registries.migrationTargets.values()],
});

/** The compiled plan, or {@link PlanFindings}. */
export function requireCompiled(open: OpenPlan): NonNullable<CompileResult['compiled']> {
  if (open.result.compiled === null) throw new PlanFindings(open.result.findings, open.shownAs);
  return open.result.compiled;
}

async function readPlan(
  core: Core,
  { path, shownAs = path }: OpenPlanRequest,
): Promise<{ text: string; parsed: ParsedPlan; plan: Plan }> {
  if ((await core.store.read.stat(resolve(path)))?.kind === 'folder') {
    throw appError('PLAN/UNREADABLE', {
      message: `${path} is a folder, not a plan file.`,
      remedy: 'Name the plan file in it.',
    });
  }
  const bytes = await core.store.read.file(resolve(path), PLAN_MAX_BYTES);
  if (bytes === null) {
    throw appError('PLAN/ABSENT', {
      message: `There is no plan file ${path}.`,
      remedy: 'Check the path, or write one: waybill plan new CONNECTION --out FILE.',
    });
  }
  const text = fromUtf8(bytes);
  if (text === undefined) {
    throw appError('PLAN/UNREADABLE', { message: `${path} is not UTF-8 text.`, remedy: 'Save the plan as UTF-8.' });
  }
  const parsed = parsePlan(text);
  if (parsed.plan === null) throw new PlanFindings(parsed.findings, shownAs);
  return { text, parsed, plan: parsed.plan };
}

/** The output columns of each query of a plan, or why they cannot be had. */
export async function describeQueries(
  plan: Plan,
  connection: Pick<OpenConnection, 'session'>,
  { params, signal }: Pick<OpenPlanRequest, 'params' | 'signal'>,
): Promise<ReadonlyMap<string, readonly ReadColumn[] | AppError>> {
  const described = new Map<string, readonly ReadColumn[] | AppError>();
  for (const query of queriesOf(plan, params)) {
    try {
      described.set(query.name, await connection.session.describe(query.sql, query.params, signal));
    } catch (error) {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      described.set(query.name, error);
    }
  }
  return described;
}

const shapePath = (core: Core, digest: string): string =>
  join(core.home.root, 'accepted', `${digest.replace('sha256:', '')}.json`);

/** Keeps the shape of a catalog that was signed off, so that a later drift can be told in words. */
export async function keepShape(core: Core, shape: CatalogShape): Promise<void> {
  const path = shapePath(core, jsonDigest(shape));
  await core.store.makeFolder(dirname(path));
  await core.store.replace(path, utf8(`${JSON.stringify(shape)}\n`));
}

/** The shape that belongs to a digest that was accepted in this home; null: it is not known here. */
export async function readShape(core: Core, digest: string): Promise<CatalogShape | null> {
  const bytes = await core.store.read.file(shapePath(core, digest), 64 * 1024 * 1024);
  const text = bytes === null ? undefined : fromUtf8(bytes);
  if (text === undefined) return null;
  const shape = JSON.parse(text) as CatalogShape; // written by keepShape; checked by its digest
  return jsonDigest(shape) === digest ? shape : null;
}
