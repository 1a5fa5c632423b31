import type { ReactNode } from 'react';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import { LimitsForm } from '../limits/limits-form.tsx';
import { ServerCost } from '../limits/server-cost.tsx';
import type { StepProps } from '../plan-editor.ts';
import '../limits/limits.css';

/** Step 7: how the run may read, and what that is to the server. */
export function LimitsStep({ editor }: StepProps): ReactNode {
  return (
    <div className="limits-step">
      <section className="limits-settings" aria-label={text.planLimits.settingsLabel}>
        <SectionHead title={text.planLimits.title} />
        <LimitsForm editor={editor} />
      </section>
      <ServerCost editor={editor} />
    </div>
  );
}
