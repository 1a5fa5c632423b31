import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import type { CompiledState } from '../../../src-shared/contract/plans.ts';

export const STEP_IDS = ['tables', 'columns', 'masking', 'format', 'package', 'deliver', 'limits', 'review'] as const;
export type StepId = (typeof STEP_IDS)[number];

type Finding = CompiledState['findings'][number];

const BY_CODE: Readonly<Partial<Record<ErrorCode, StepId>>> = {
  'PLAN/TABLE_ABSENT': 'tables',
  'PLAN/ROWS_TWICE': 'tables',
  'SOURCE/PARTLY_SEEN': 'tables',
  'PLAN/SELECTION_EMPTY': 'tables',
  'PLAN/COLUMN_ABSENT': 'columns',
  'PLAN/SQL_REFUSED': 'columns',
  'PLAN/PARAM_UNDECLARED': 'columns',
  'SOURCE/TYPE_UNMAPPED': 'columns',
  'PLAN/MASK_UNFIT': 'masking',
  'PLAN/FEATURE_UNSUPPORTED': 'package',
  'PLAN/LOSSY_FIELD': 'format',
  'TARGET/ABSENT': 'deliver',
};

const BY_AREA: Readonly<Record<string, StepId>> = { MASK: 'masking', FORMAT: 'format', TARGET: 'deliver' };

const BY_BLOCK: Readonly<Record<string, StepId>> = {
  format: 'format',
  package: 'package',
  pseudonyms: 'masking',
  deliver: 'deliver',
  limits: 'limits',
  migrate: 'format',
};

/** The step in which a person can do something about a finding. */
export function stepOf({ code, path }: Pick<Finding, 'code' | 'path'>): StepId {
  const block = BY_BLOCK[String(path?.[0])];
  if (block !== undefined) return block;
  return BY_CODE[code] ?? BY_AREA[code.split('/')[0] ?? ''] ?? 'review';
}

export interface StepCounts {
  readonly errors: number;
  readonly warnings: number;
}

interface FoundElsewhere {
  /** Suspected columns that go out unmasked. */
  readonly suspected: number;
  /** Tables that the server would not read as they are asked for. */
  readonly refused: number;
}

/** How much each step has to say: its findings, and what is known beside them. */
export function countFindings(
  findings: readonly Finding[],
  { suspected, refused }: FoundElsewhere,
): Readonly<Record<StepId, StepCounts>> {
  const counts = Object.fromEntries(STEP_IDS.map((id) => [id, { errors: 0, warnings: 0 }])) as Record<
    StepId,
    { errors: number; warnings: number }
  >;
  counts.masking.warnings += suspected;
  counts.columns.errors += refused;
  for (const finding of findings) {
    const at = counts[stepOf(finding)];
    if (finding.severity === 'error') at.errors += 1;
    if (finding.severity === 'warning') at.warnings += 1;
  }
  return counts;
}
