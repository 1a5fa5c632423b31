import { dirname, join, resolve } from 'node:path';
import { AppError, appError } from '../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../src-shared/model/catalog.ts';
import type { Finding } from '../../src-shared/model/finding.ts';
import { PLAN_MAX_BYTES, type Plan } from '../../src-shared/model/plan.ts';
import type { ReadColumn } from '../../src-shared/model/table-read.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import { detectPersonal } from '../engine/classify/detect-personal.ts';
import type { CatalogShape } from '../engine/plan/catalog-shape.ts';
import { compilePlan, type CompileResult } from '../engine/plan/compile-plan.ts';
import { jsonDigest } from '../engine/plan/json-digest.ts';
import { parsePlan, type ParsedPlan } from '../engine/plan/parse-plan.ts';
import { queriesOf } from '../engine/plan/query-parameters.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { openConnection, type OpenConnection } from './connections.ts';
import type { Core } from './core.ts';

export interface OpenPlanRequest {
  /** Path of the plan file. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly only: readonly string[];
  readonly accept: 'none' | 'unsigned' | 'any';
  readonly signal: AbortSignal;
}

/** A plan file with the connection it names, compiled against the catalog of now. */
export interface OpenPlan extends AsyncDisposable {
  readonly path: string;
  readonly text: string;
  readonly plan: Plan;
  readonly parsed: ParsedPlan;
  readonly connection: OpenConnection;
  readonly catalog: Catalog;
  readonly result: CompileResult;
}

/** Thrown when the file itself cannot be a plan: it carries all findings, for the person who has to mend it. */
export class PlanFindings extends AppError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const first = findings.find((finding) => finding.severity === 'error');
    const more = findings.filter((finding) => finding.severity === 'error').length - 1;
    const where = first?.line === undefined ? '' : ` (line ${first.line}, column ${first.column ?? 1})`;
    super(first?.code ?? 'PLAN/INVALID', {
      message: `${first?.message ?? 'The plan is not valid.'}${where}${more > 0 ? ` And ${more} more findings.` : ''}`,
      remedy: first?.remedy ?? 'See: waybill plan check FILE.',
      context: first?.line === undefined ? {} : { line: first.line, column: first.column ?? 1 },
    });
    this.findings = findings;
  }
}

/** Reads a plan file, opens its connection and compiles it. A plan that cannot be read: {@link PlanFindings}. */
export async function openPlan(core: Core, request: OpenPlanRequest): Promise<OpenPlan> {
  const { text, parsed, plan } = await readPlan(core, request.path);
  const connection = await openConnection(core, plan.connection, {
    signal: request.signal,
    statementTimeoutMs: plan.limits?.statementTimeoutMs ?? 0,
  });
  try {
    const catalog = await connection.session.catalog({}, request.signal);
    const targets = Object.keys(await core.records.targets.read());
    const result = checkDeliveries(
      compilePlan({
        parsed,
        catalog,
        dialect: connection.connector.dialect,
        registries: {
          masks: [...core.registries.masks.values()],
          formats: [...core.registries.formats.values()],
        },
        describedQueries: await describeQueries(plan, connection, request),
        params: request.params,
        only: request.only,
        accept: request.accept,
        acceptedShape: plan.catalog === undefined ? null : await readShape(core, plan.catalog),
        detect: detectPersonal,
      }),
      { parsed, targets },
    );
    const close = async (): Promise<void> => connection[Symbol.asyncDispose]();
    return { path: request.path, text, plan, parsed, connection, catalog, result, [Symbol.asyncDispose]: close };
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
}

/** The compiled plan, or {@link PlanFindings}. */
export function requireCompiled(open: OpenPlan): NonNullable<CompileResult['compiled']> {
  if (open.result.compiled === null) throw new PlanFindings(open.result.findings);
  return open.result.compiled;
}

async function readPlan(core: Core, path: string): Promise<{ text: string; parsed: ParsedPlan; plan: Plan }> {
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
  if (parsed.plan === null) throw new PlanFindings(parsed.findings);
  return { text, parsed, plan: parsed.plan };
}

async function describeQueries(
  plan: Plan,
  connection: OpenConnection,
  { params, signal }: OpenPlanRequest,
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

async function readShape(core: Core, digest: string): Promise<CatalogShape | null> {
  const bytes = await core.store.read.file(shapePath(core, digest), 64 * 1024 * 1024);
  const text = bytes === null ? undefined : fromUtf8(bytes);
  if (text === undefined) return null;
  const shape = JSON.parse(text) as CatalogShape; // written by keepShape; checked by its digest
  return jsonDigest(shape) === digest ? shape : null;
}
