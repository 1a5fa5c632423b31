import type { PlanEditorState } from './plan-editor.ts';
import { seenText } from '../../text/seen-text.ts';

/** What is wrong at a place of the plan and below it, in words: `findingAt(editor, 'format', 'delimiter')`. null: nothing. */
export function findingAt({ compiled, file }: PlanEditorState, ...path: readonly string[]): string | null {
  const all = compiled?.findings ?? file.findings;
  const found = all.find(
    (finding) => finding.severity === 'error' && path.every((step, at) => finding.path?.[at] === step),
  );
  return found === undefined ? null : seenText(`${found.message} ${found.remedy ?? ''}`.trim());
}
