import type { Finding } from '../../../src-shared/model/finding.ts';
import { counted } from '../../../src-shared/util/format-number.ts';

/** A finding as `file:line:column`, so that an editor can jump there, and its remedy. */
export function findingLines(finding: Finding, file: string): readonly string[] {
  const place = finding.line === undefined ? file : `${file}:${finding.line}:${finding.column ?? 1}`;
  const fact = `${place}: ${finding.severity}: ${finding.code}: ${finding.message}`;
  return finding.remedy === undefined ? [fact] : [fact, `→ ${finding.remedy}`];
}

/** `2 errors, 1 warning`; empty where there are none. */
export function countFindings(findings: readonly Finding[]): string {
  return (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity))
    .join(', ');
}
