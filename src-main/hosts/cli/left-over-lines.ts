import { formatBytes } from '../../../src-shared/util/format-number.ts';
import type { LeftOver } from '../../app/left-over.ts';

const NAMED = 5;

/** Where the remains of a run lie, what they are, and what may become of them. */
export function leftOverLines(leftOver: LeftOver | null): string[] {
  if (leftOver === null) return [];
  const { folder, files } = leftOver;
  const named = files.slice(0, NAMED).map(({ path, bytes }) => `${path} (${formatBytes(bytes)})`);
  const more = files.length > NAMED ? [`and ${files.length - NAMED} more`] : [];
  return [
    `Left behind: ${folder}`,
    `  In it: ${files.length === 0 ? 'no file' : [...named, ...more].join(', ')}.`,
    '  It is no package. Going on with the run takes over what of it is whole;',
    '  when nobody wants to, it can be deleted.',
  ];
}
