import { parseSync, Visitor } from 'rolldown/utils';
import type { Breach, SourceFile } from './source-file.ts';

export const LIMITS = { fileLines: 400, functionLines: 60, parameters: 3, portMembers: 8 };

/** A breach that is let pass until a day, with its reason. Lives in budget.json. */
export interface BudgetException {
  readonly path: string;
  readonly measure: keyof typeof LIMITS;
  /** The function's or interface's name; empty for a file. */
  readonly name: string;
  /** How far the limit is raised. */
  readonly limit: number;
  /** YYYY-MM-DD; past it the exception no longer counts. */
  readonly until: string;
  readonly reason: string;
}

export interface Measurement {
  readonly path: string;
  readonly measure: keyof typeof LIMITS;
  readonly name: string;
  readonly size: number;
}

/** Everything over its limit that no live exception covers, and exceptions that cover nothing any more. */
export function findOverBudget(
  files: readonly SourceFile[],
  exceptions: readonly BudgetException[],
  today: string,
): readonly Breach[] {
  const over = files.flatMap(measure).filter((each) => each.size > LIMITS[each.measure]);
  const covers = (exception: BudgetException, each: Measurement) =>
    exception.path === each.path && exception.measure === each.measure && exception.name === each.name;
  const uncovered = over.filter(
    (each) => !exceptions.some((known) => covers(known, each) && each.size <= known.limit && today <= known.until),
  );
  const idle = exceptions.filter((exception) => !over.some((each) => covers(exception, each)));
  return [
    ...uncovered.map(({ path, measure, name, size }) => ({
      path,
      why: `${name === '' ? 'the file' : name} has ${measure} ${size}, more than ${LIMITS[measure]}`,
    })),
    ...idle.map(({ path, name }) => ({
      path,
      why: `budget.json excuses ${name || 'the file'}, which needs no excuse`,
    })),
  ];
}

/** Every file, function and port of a source file with its size. */
export function measure(file: SourceFile): readonly Measurement[] {
  const { path, text } = file;
  const lines = (start: number, end: number) => text.slice(start, end).split('\n').length;
  const found: Measurement[] = [{ path, measure: 'fileLines', name: '', size: text.trimEnd().split('\n').length }];
  const names = new Map<number, string>();
  const name = (node: { readonly start: number }) =>
    names.get(node.start) ?? `function at line ${lines(0, node.start)}`;
  const record = (node: { readonly start: number; readonly end: number; readonly params: readonly unknown[] }) => {
    found.push({ path, measure: 'functionLines', name: name(node), size: lines(node.start, node.end) });
    found.push({ path, measure: 'parameters', name: name(node), size: node.params.length });
  };
  new Visitor({
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier' && node.init) names.set(node.init.start, node.id.name);
    },
    MethodDefinition: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value.start, node.key.name);
      if (node.key.type === 'PrivateIdentifier') names.set(node.value.start, `#${node.key.name}`);
    },
    Property: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value.start, node.key.name);
    },
    FunctionDeclaration: (node) => {
      if (node.id) names.set(node.start, node.id.name);
      record({ ...node, params: node.params });
    },
    FunctionExpression: (node) => record(node),
    ArrowFunctionExpression: (node) => record(node),
    TSInterfaceDeclaration: (node) => {
      const isPort =
        path.startsWith('src-main/ports/') && node.body.body.some((each) => each.type === 'TSMethodSignature');
      if (isPort) found.push({ path, measure: 'portMembers', name: node.id.name, size: node.body.body.length });
    },
  }).visit(parseSync(path, text).program);
  return found;
}
