import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import { findingAt } from '../findings-at.ts';
import type { StepProps } from '../plan-editor.ts';
import { withPackage } from './package-options.ts';

const words = text.planPackage;

/** What the plan file knows and this version refuses; a plan that asks for it can be rid of it here. */
export function PackageLacks({ editor }: StepProps): ReactNode {
  const { packageLacks } = useFacts();
  if (packageLacks.length === 0) return null;
  return (
    <div className="column package-lacks">
      {packageLacks.map((key) => {
        const error = findingAt(editor, 'package', key);
        return error === null ? null : (
          <div key={key} role="alert" className="small">
            <span className="tone-bad">{error}</span>
            <Button
              variant="outlined"
              sx={{ height: 24 }}
              onClick={() =>
                editor.editBy((plan) => ({ kind: 'package', package: withPackage(plan.package, { [key]: undefined }) }))
              }
            >
              {words.takeOut(key)}
            </Button>
          </div>
        );
      })}
      <p className="small faint">
        {words.lacks(packageLacks.map((key) => words.lackNames[key]).join(', '))} {words.lackHint}
      </p>
    </div>
  );
}
