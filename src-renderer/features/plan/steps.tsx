import type { ReactNode } from 'react';
import { text } from '../../text/text.ts';
import type { PlanEditorState, StepProps } from './plan-editor.ts';
import type { StepId } from './step-ids.ts';
import { TablesStep } from './steps/tables.tsx';

export interface Step {
  readonly id: StepId;
  /** What the plan says there, in a few words. */
  readonly value: (editor: PlanEditorState) => string;
  readonly screen: (props: StepProps) => ReactNode;
}

/** The steps of the editor in their order: one line here for each file in `steps/`. */
export const STEPS: readonly Step[] = [
  {
    id: 'tables',
    value: ({ compiled, plan }) => text.plan.values.tablesOnly(compiled?.summary.tables ?? plan.tables.length),
    screen: TablesStep,
  },
];
