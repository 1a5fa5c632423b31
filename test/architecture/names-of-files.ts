import type { Breach, SourceFile } from './source-file.ts';

const BANNED_WORDS = ['util', 'utils', 'helper', 'helpers', 'manager', 'info', 'misc', 'common'];
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:sql|contract|test|stories|d))*\.tsx?$/;

/** File names that say nothing, or are not kebab-case. "data" alone says nothing; "data-package" is the standard's word. */
export function findBadFileNames(files: readonly SourceFile[]): readonly Breach[] {
  return files.flatMap(({ path }) => {
    const name = path.split('/').at(-1) ?? '';
    const stem = name.split('.')[0] ?? '';
    const banned = stem === 'data' ? 'data' : stem.split('-').find((word) => BANNED_WORDS.includes(word));
    if (banned !== undefined) return [{ path, why: `is named with “${banned}”, which says nothing` }];
    return KEBAB_CASE.test(name) || /^[A-Z]\w+\.tsx$/.test(name) ? [] : [{ path, why: 'is not named in kebab-case' }];
  });
}
