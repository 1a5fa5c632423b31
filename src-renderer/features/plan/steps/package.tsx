import type { ReactNode } from 'react';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import { PackageFiles } from '../package/package-files.tsx';
import { PackageForm } from '../package/package-form.tsx';
import type { StepProps } from '../plan-editor.ts';
import '../package/package.css';

/** Step 5: what the package is, who may read it, and what it tells. */
export function PackageStep({ editor }: StepProps): ReactNode {
  return (
    <div className="package-step">
      <section className="package-settings" aria-label={text.planPackage.settingsLabel}>
        <SectionHead title={text.planPackage.title} />
        <PackageForm editor={editor} />
      </section>
      <PackageFiles editor={editor} />
    </div>
  );
}
