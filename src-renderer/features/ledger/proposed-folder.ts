import { formatDay } from '../../../src-shared/util/format-moment.ts';

/** A folder of the day in the person's documents; the separator is the one of that path. */
export function proposedFolder(documents: string, now: Date): string {
  const separator = documents.includes('\\') ? '\\' : '/';
  return `${documents.replace(/[\\/]$/, '')}${separator}waybill-audit-${formatDay(now.toISOString())}`;
}
