import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import type {
  CompiledState,
  CompiledTableFacts,
  PlanEditRequest,
  PlanState,
} from '../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import type { ExactCount } from './count-memory.ts';
import type { StepId } from './step-ids.ts';

/** What each step of the editor works with. */
export interface PlanEditorState {
  readonly path: string;
  /** The file as it is saved. */
  readonly file: PlanState;
  readonly plan: Plan;
  /** The plan against the catalog; of the text before while the newest is being compiled. null: not yet, or it failed. */
  readonly compiled: CompiledState | null;
  readonly compileError: unknown;
  /** What is shown belongs to an earlier text: dim it. */
  readonly isStale: boolean;
  readonly connection: ConnectionFacts | null;
  /** Saves changes; they are made in order, each undone at once. */
  readonly edit: (...edits: readonly PlanEditRequest[]) => void;
  /** One that rests on what the plan says when its turn comes: a block that is set as a whole. */
  readonly editBy: (make: (plan: Plan) => PlanEditRequest) => void;
  /** Signs off the catalog as it is now. */
  readonly accept: () => Promise<void>;
  /** Exact counts, as far as somebody has asked for them under the plan's present filters. */
  readonly exact: ExactCounts;
  readonly goTo: (step: StepId) => void;
}

export interface ExactCounts {
  /** Exact rows of a table, and when they were counted; null: not counted. */
  readonly of: (table: CompiledTableFacts) => ExactCount | null;
  /** Nothing is known of its rows yet, and soon something will be. */
  readonly isComing: (table: CompiledTableFacts) => boolean;
  /** Counts on the server; all tables without a list. */
  readonly count: (tables: readonly CompiledTableFacts[]) => Promise<void>;
  /** Names of the tables that are being counted. */
  readonly counting: ReadonlySet<string>;
  readonly cancel: () => void;
}

export interface StepProps {
  readonly editor: PlanEditorState;
}

/** How edits name the entry of a table or query. */
export function entryOf({ query, table: [namespace, name] }: CompiledTableFacts) {
  return query === null ? { namespace, name } : { query };
}
