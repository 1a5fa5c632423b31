import { type ComponentType, lazy } from 'react';
import { DEFAULT_LIMITS } from '../../../src-shared/model/limit-rules.ts';
import { text } from '../../text/text.ts';
import type { PlanEditorState, StepProps } from './plan-editor.ts';
import type { StepId } from './step-ids.ts';
import { TablesStep } from './steps/tables.tsx';

export interface Step {
  readonly id: StepId;
  /** What the plan says there, in a few words. */
  readonly value: (editor: PlanEditorState) => string;
  readonly screen: ComponentType<StepProps>;
}

// Each is fetched when it is first shown: grids of rows are a large part of the program.
const ColumnsStep = lazy(async () => ({ default: (await import('./steps/columns.tsx')).ColumnsStep }));
const MaskingStep = lazy(async () => ({ default: (await import('./steps/masking.tsx')).MaskingStep }));
const FormatStep = lazy(async () => ({ default: (await import('./steps/format.tsx')).FormatStep }));
const PackageStep = lazy(async () => ({ default: (await import('./steps/package.tsx')).PackageStep }));
const DeliverStep = lazy(async () => ({ default: (await import('./steps/deliver.tsx')).DeliverStep }));
const LimitsStep = lazy(async () => ({ default: (await import('./steps/limits.tsx')).LimitsStep }));
const ReviewStep = lazy(async () => ({ default: (await import('./steps/review.tsx')).ReviewStep }));

/** The steps of the editor in their order: one line here for each file in `steps/`. */
export const STEPS: readonly Step[] = [
  {
    id: 'tables',
    value: ({ compiled, plan }) => text.plan.values.tablesOnly(compiled?.summary.tables ?? plan.tables.length),
    screen: TablesStep,
  },
  { id: 'columns', value: columnsValue, screen: ColumnsStep },
  {
    id: 'masking',
    value: ({ compiled }) => (compiled === null ? '' : text.plan.values.masked(compiled.summary.masked)),
    screen: MaskingStep,
  },
  { id: 'format', value: formatValue, screen: FormatStep },
  { id: 'package', value: packageValue, screen: PackageStep },
  { id: 'deliver', value: ({ plan }) => text.planDeliver.value(plan.deliver ?? []), screen: DeliverStep },
  { id: 'limits', value: limitsValue, screen: LimitsStep },
  { id: 'review', value: () => text.planReview.notStarted, screen: ReviewStep },
];

function columnsValue({ compiled }: PlanEditorState): string {
  if (compiled === null) return '';
  const { columns, allColumns } = compiled.summary;
  const filters = compiled.tables.filter(({ where }) => where !== null).length;
  const chosen = text.plan.values.columns(columns, allColumns);
  return filters === 0 ? chosen : `${chosen} · ${text.plan.values.filters(filters)}`;
}

function formatValue({ plan: { format } }: PlanEditorState): string {
  const { profile } = format;
  return text.planFormat.value(format.type, typeof profile === 'string' ? profile : undefined);
}

function packageValue({ plan: { package: pack } }: PlanEditorState): string {
  return text.planPackage.value(pack?.mode?.padStart(4, '0') ?? null, pack?.disclose?.length ?? 0);
}

function limitsValue({ plan: { limits } }: PlanEditorState): string {
  return text.planLimits.value({
    connections: limits?.connections ?? DEFAULT_LIMITS.connections,
    pace: { rows: limits?.rowsPerSecond ?? 0, bytes: limits?.bytesPerSecond ?? 0 },
    window: limits?.window,
  });
}
