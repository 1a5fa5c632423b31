import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findOverBudget, LIMITS, type BudgetException } from './budgets.ts';
import { findCycles } from './cycles.ts';
import { findForbiddenEdges } from './edges.ts';
import { findForbiddenCode, findMarkedTests } from './forbidden-code.ts';
import { findBadFileNames } from './names-of-files.ts';
import { findProductNames } from './product-names.ts';
import { findUnregistered } from './registries.ts';
import { projectRoot, readProduct, readSources, type SourceFile } from './source-file.ts';

const product = readProduct();
const everything = [...product, ...readSources('test')];
const file = (path: string, text = ''): SourceFile => ({ path, text });

it('reads the product', () => {
  expect(product.length).toBeGreaterThan(50);
});

describe('imports', () => {
  it('point down only', () => {
    expect(findForbiddenEdges(product)).toEqual([]);
  });

  it.each([
    ['up a layer', 'src-shared/model/a.ts', "import '../proof/b.ts'"],
    ['to a sibling', 'src-main/engine/run/a.ts', "import '../../ledger/b.ts'"],
    ['from one adapter to another', 'src-main/formats/csv/a.ts', "import '../json/b.ts'"],
    ['from an adapter to its registry', 'src-main/masks/redact/a.ts', "import '../registry.ts'"],
    ['from a kit to an adapter', 'src-main/masks/kit/a.ts', "import '../redact/b.ts'"],
    ['from an adapter to another kind’s kit', 'src-main/masks/redact/a.ts', "import '../../formats/kit/b.ts'"],
    ['from a use case to an adapter', 'src-main/app/a.ts', "import { x } from '../connectors/sqlite/b.ts'"],
    ['from a use case to the composition', 'src-main/app/a.ts', "import '../compose.ts'"],
    ['from a host past the use cases', 'src-main/hosts/cli/a.ts', "import '../../engine/run/b.ts'"],
    ['between hosts', 'src-main/hosts/cli/a.ts', "import '../electron/b.ts'"],
    ['between features', 'src-renderer/features/plan/a.tsx', "import '../run/b.tsx'"],
    ['from the page to the core', 'src-renderer/rpc/a.ts', "import '../../src-main/ports/b.ts'"],
    ['of types alone', 'src-shared/util/a.ts', "import type { B } from '../errors/b.ts'"],
    ['through a re-export', 'src-shared/util/a.ts', "export * from '../errors/b.ts'"],
    ['through import()', 'src-shared/util/a.ts', "await import('../errors/b.ts')"],
    ['through a computed import()', 'src-main/app/a.ts', 'await import(name)'],
    ['through an import type', 'src-shared/util/a.ts', "export type B = import('../errors/b.ts').B"],
    ['of Node from shared code', 'src-shared/proof/a.ts', "import 'node:crypto'"],
    ['of Node without node:', 'src-main/app/a.ts', "import 'fs'"],
    ['of a driver outside its folder', 'src-main/app/a.ts', "import 'mysql2/promise'"],
    ['of electron outside its host', 'src-main/hosts/cli/a.ts', "import 'electron'"],
    ['of tests', 'src-main/app/a.ts', "import '../../test/fakes/b.ts'"],
    ['from a file in no room', 'src-main/stray.ts', ''],
  ])('are caught when they go %s', (_, path, text) => {
    expect(findForbiddenEdges([file(path, text)])).toHaveLength(1);
  });

  it.each([
    [
      'an adapter its kit, the ports and a runtime module',
      'src-main/masks/redact/a.ts',
      "import '../kit/b.ts'; import '../../ports/c.ts'; import 'node:fs'",
    ],
    ['a registry its adapters', 'src-main/masks/registry.ts', "import './redact/b.ts'"],
    ['a host its composition', 'src-main/hosts/cli/a.ts', "import '../../compose.ts'"],
    ['a host the core’s types', 'src-main/hosts/cli/a.ts', "import type { B } from '../../engine/run/b.ts'"],
    ['a driver in its folder', 'src-main/connectors/mysql/a.ts', "import 'mysql2/promise'"],
  ])('allow %s', (_, path, text) => {
    expect(findForbiddenEdges([file(path, text)])).toEqual([]);
  });

  it('make no circle', () => {
    expect(findCycles(product)).toEqual([]);
  });

  it('are caught in a circle of three', () => {
    const circle = [
      file('a/1.ts', "import './2.ts'"),
      file('a/2.ts', "import './3.ts'"),
      file('a/3.ts', "import './1.ts'"),
    ];
    expect(findCycles(circle)).toHaveLength(1);
    expect(findCycles(circle.slice(0, 2))).toEqual([]);
  });
});

describe('adapters', () => {
  it('are named nowhere but at home', () => {
    expect(findProductNames(product)).toEqual([]);
  });

  it.each([
    ['a comparison', 'src-main/app/a.ts', "if (id === 'mysql') x()"],
    ['a kit', 'src-main/connectors/kit/a.ts', 'const isOracle = true'],
    ['a comment', 'src-main/engine/run/a.ts', '// PostgreSQL does it otherwise'],
    ['a store that serves as source', 'src-main/app/a.ts', "connector: 'sqlite'"],
    ['a format', 'src-main/formats/csv/a.ts', "profile: 'sqlserver'"],
  ])('are caught when named in %s', (_, path, text) => {
    expect(findProductNames([file(path, text)])).toHaveLength(1);
  });

  it('are all in their registry', () => {
    expect(findUnregistered(product)).toEqual([]);
  });

  it('are caught when the registry forgets one', () => {
    const redact = file('src-main/masks/redact/redact.ts');
    const kit = file('src-main/masks/kit/put.ts');
    const registry = file('src-main/masks/registry.ts', "import './redact/redact.ts'");
    expect(findUnregistered([redact, kit, registry])).toEqual([]);
    expect(findUnregistered([redact, kit, file('src-main/masks/registry.ts')])).toHaveLength(1);
    expect(findUnregistered([redact])).toHaveLength(1);
  });
});

describe('budgets', () => {
  const today = new Date().toISOString().slice(0, 10);
  const longFunction = `export function carry(): void {\n${'  step();\n'.repeat(LIMITS.functionLines)}}\n`;

  it('hold for the product', () => {
    const text = readFileSync(`${projectRoot}test/architecture/budget.json`, 'utf8');
    // As checked by every comparison in findOverBudget: an entry of another shape covers nothing and is reported idle.
    expect(findOverBudget(product, JSON.parse(text) as BudgetException[], today)).toEqual([]);
  });

  it('hold for the length of test files', () => {
    const tooLong = findOverBudget(readSources('test'), [], today).filter((each) => each.why.includes('fileLines'));
    expect(tooLong).toEqual([]);
  });

  it.each([
    ['a file too long', 'src-main/app/a.ts', 'x();\n'.repeat(LIMITS.fileLines + 1)],
    ['a function too long', 'src-main/app/a.ts', longFunction],
    ['a method too long', 'src-main/app/a.ts', `class A { ${longFunction.replace('export function ', '')} }`],
    ['an arrow function with four parameters', 'src-main/app/a.ts', 'const add = (a, b, c, d) => a;'],
    ['a constructor with four parameters', 'src-main/app/a.ts', 'class A { constructor(a, b, c, d) {} }'],
    [
      'a port with nine members',
      'src-main/ports/a.ts',
      `interface A { run(): void; ${'abcdefgh'.replace(/./g, '$&: 1; ')} }`,
    ],
  ])('catch %s', (_, path, text) => {
    expect(findOverBudget([file(path, text)], [], today)).toHaveLength(1);
  });

  it('count an exception only for its own place, size and time, and not when idle', () => {
    const path = 'src-main/app/a.ts';
    const sources = [file(path, longFunction)];
    const excuse = {
      path,
      measure: 'functionLines',
      name: 'carry',
      limit: 80,
      until: '2026-12-31',
      reason: 'x',
    } as const;
    expect(findOverBudget(sources, [excuse], '2026-12-31')).toEqual([]);
    expect(findOverBudget(sources, [excuse], '2027-01-01')).toHaveLength(1);
    expect(findOverBudget(sources, [{ ...excuse, limit: 61 }], '2026-12-01')).toHaveLength(1);
    expect(findOverBudget([file(path)], [excuse], '2026-12-01')).toHaveLength(1);
  });
});

describe('files', () => {
  it('have names that say something', () => {
    expect(findBadFileNames(everything)).toEqual([]);
  });

  it.each(['utils.ts', 'plan-helpers.ts', 'run-manager.ts', 'data.ts', 'columnInfo.ts', 'table-info.ts'])(
    'are caught when named %s',
    (name) => {
      expect(findBadFileNames([file(`src-main/app/${name}`)])).toHaveLength(1);
    },
  );

  it('hold neither console nor default exports', () => {
    expect(findForbiddenCode(product)).toEqual([]);
  });

  it('are caught with either', () => {
    expect(findForbiddenCode([file('a.ts', 'console.log(1)'), file('b.ts', 'export default 1')])).toHaveLength(2);
    expect(findForbiddenCode([file('a.ts', '// console.log(1)')])).toEqual([]);
  });

  it('mark no test as left out or alone', () => {
    expect(findMarkedTests(readSources('test'))).toEqual([]);
  });

  it.each(["it.skip('x', f)", "describe.only('x', f)", "it.concurrent.skip('x', f)", "test.todo('x')"])(
    'are caught with %s',
    (text) => {
      expect(findMarkedTests([file('test/a.test.ts', text)])).toHaveLength(1);
    },
  );
});
