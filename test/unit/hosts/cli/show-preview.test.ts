import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { TablePreview } from '../../../../src-main/app/preview-plan.ts';
import type { CliIo } from '../../../../src-main/hosts/cli/cli-io.ts';
import { createOutput } from '../../../../src-main/hosts/cli/output.ts';
import { showPreview } from '../../../../src-main/hosts/cli/show-preview.ts';

function shown(preview: Partial<TablePreview>, terminal: { isTTY?: boolean; columns?: number }, asked = 20): string[] {
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), terminal);
  // Only whether it is a terminal, how wide, and writing are asked of the stream.
  const io = { stdout: stdout as unknown, stderr: stdout as unknown, env: {}, cwd: '/' } as CliIo;
  const columns = ['id', 'note'].map((name) => ({ name, type: 'text', mask: name === 'note' ? 'redact' : null }));
  const rows = [['1', 'x'.repeat(200)]];
  const table: TablePreview = { name: 'public.a', table: ['public', 'a'], columns, rows, ...preview };
  showPreview(table, { output: createOutput(io, { json: false, quiet: false }), io, asked });
  return String(stdout.read()).trimEnd().split('\n');
}

it('a preview is as wide as the terminal and says what it cut', () => {
  const lines = shown({}, { isTTY: true, columns: 80 });
  expect(lines[0]).toBe('public.a: the first 1 row as written');
  expect(lines[3]).toMatch(/^ {2}1 {3}x+…x+$/);
  expect(lines[3]).toHaveLength(80);
  expect(lines.at(-1)).toBe('  1 value cut (…) in note; whole with --json.');
  expect(Math.max(...lines.map((line) => line.length))).toBe(80);
});

it('a preview is whole where nobody’s terminal bounds it', () => {
  expect(shown({}, {})).toEqual([
    'public.a: the first 1 row as written',
    '  id  note',
    '      (redact)',
    `  1   ${'x'.repeat(200)}`,
  ]);
});

it('a preview shows originals as such, and that there are no rows', () => {
  expect(shown({ rows: [], originals: [] }, {})).toEqual([
    'public.a: no rows',
    '  id  note',
    '      (redact)',
    'public.a: before masking',
    '  id  note',
  ]);
});

it('a preview of 0 rows says that none were asked for, not that there are none', () => {
  expect(shown({ rows: [], originals: [] }, {}, 0)).toEqual([
    'public.a: its columns; no rows were asked for',
    '  id  note',
    '      (redact)',
  ]);
});
