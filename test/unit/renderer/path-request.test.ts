import { describe, expect, it } from 'vitest';
import { joinPath, listedFor, splitPath } from '../../../src-renderer/forms/path-request.ts';

describe('paths in the chooser', () => {
  it.each([
    ['/srv/out/a.yaml', '/srv/out', 'a.yaml'],
    ['/a', '/', 'a'],
    ['C:\\a', 'C:\\', 'a'],
    ['C:\\work\\a.yaml', 'C:\\work', 'a.yaml'],
    ['a.yaml', '', 'a.yaml'],
  ])('splits %s and joins it again', (path, folder, name) => {
    expect(splitPath(path)).toEqual({ folder, name });
    if (folder !== '') expect(joinPath(folder, name)).toBe(path);
  });

  it('takes a backslash in a name for what it is on systems that allow it', () => {
    expect(joinPath('/srv/odd\\name', 'a')).toBe('/srv/odd\\name/a');
  });

  it('lists what can be chosen: folders always, files by their ending', () => {
    const entries = [
      { name: 'out', kind: 'folder' as const, bytes: null, modified: null },
      { name: 'crm.PLAN.yaml', kind: 'file' as const, bytes: 1, modified: null },
      { name: 'notes.txt', kind: 'file' as const, bytes: 1, modified: null },
      { name: 'socket', kind: 'other' as const, bytes: null, modified: null },
    ];
    const view = { path: '/', parent: null, entries, left: 0, places: [], freeBytes: null };
    const names = (request: Parameters<typeof listedFor>[0]): string[] =>
      listedFor(request, view).map(({ name }) => name);
    expect(names({ kind: 'folder', title: '', start: null })).toEqual(['out']);
    expect(names({ kind: 'file', title: '', start: null, extensions: ['plan.yaml'] })).toEqual([
      'out',
      'crm.PLAN.yaml',
    ]);
    expect(names({ kind: 'new-file', title: '', start: null })).toEqual(['out', 'crm.PLAN.yaml', 'notes.txt']);
  });
});
