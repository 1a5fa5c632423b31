import { parseSync, Visitor } from 'rolldown/utils';
import type { Breach, SourceFile } from './source-file.ts';

/** What the product's code never holds: console, default exports. */
export function findForbiddenCode(files: readonly SourceFile[]): readonly Breach[] {
  return files.flatMap(({ path, text }) => {
    const found: Breach[] = [];
    new Visitor({
      MemberExpression: (node) => {
        if (node.object.type === 'Identifier' && node.object.name === 'console')
          found.push({ path, why: 'uses console' });
      },
      ExportDefaultDeclaration: () => void found.push({ path, why: 'has a default export' }),
    }).visit(parseSync(path, text).program);
    return found;
  });
}

const RUNNERS = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const MARKS = new Set(['skip', 'only', 'todo', 'fails']);

/** Tests that are left out or run alone. `runIf` and `skipIf` are counted at run time instead. */
export function findMarkedTests(files: readonly SourceFile[]): readonly Breach[] {
  return files.flatMap(({ path, text }) => {
    const found: Breach[] = [];
    new Visitor({
      MemberExpression: (node) => {
        if (node.property.type !== 'Identifier' || !MARKS.has(node.property.name)) return;
        const owner = text.slice(node.object.start, node.object.end).split(/\W/)[0] ?? '';
        if (RUNNERS.has(owner)) found.push({ path, why: `marks a test with .${node.property.name}` });
      },
    }).visit(parseSync(path, text).program);
    return found;
  });
}
