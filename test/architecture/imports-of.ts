import { posix } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';
import type { SourceFile } from './source-file.ts';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path of the imported file in the project; null: a package or a runtime module. */
  readonly path: string | null;
  /** Only types come through: nothing is loaded at run time. */
  readonly typeOnly: boolean;
}

/** Everything a file imports or exports from elsewhere, `import()` and `import('…')` types included. */
export function importsOf(file: SourceFile): readonly Import[] {
  const { module, program, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} cannot be parsed: ${errors[0]?.message}`);
  const found: { specifier: string; typeOnly: boolean }[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    found.push({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    });
  }
  for (const { entries } of module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest;
    if (from) found.push({ specifier: from.value, typeOnly: entries.every((entry) => entry.isType) });
  }
  new Visitor({
    ImportExpression: (node) => {
      // A computed specifier could name anything, so it may not be used at all.
      const specifier = node.source.type === 'Literal' ? String(node.source.value) : '(computed)';
      found.push({ specifier, typeOnly: false });
    },
    TSImportType: (node) => void found.push({ specifier: node.source.value, typeOnly: true }),
  }).visit(program);
  return found.map((each) => ({ ...each, path: resolve(file.path, each.specifier) }));
}

function resolve(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null;
}
