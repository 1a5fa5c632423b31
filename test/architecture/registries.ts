import { importsOf } from './imports-of.ts';
import type { Breach, SourceFile } from './source-file.ts';

const KINDS = ['connectors', 'formats', 'masks', 'targets'];

/** Adapter folders that their kind's registry does not import; a kind with adapters and without a registry counts too. */
export function findUnregistered(files: readonly SourceFile[]): readonly Breach[] {
  return KINDS.flatMap((kind) => {
    const root = `src-main/${kind}`;
    const registry = files.find((file) => file.path === `${root}/registry.ts`);
    const registered = new Set((registry ? importsOf(registry) : []).map((each) => adapterOf(root, each.path)));
    const present = new Set(files.map((file) => adapterOf(root, file.path)));
    return [...present]
      .filter((id) => id !== null && id !== 'kit' && !registered.has(id))
      .map((id) => ({ path: `${root}/${id}`, why: `is not in ${root}/registry.ts` }));
  });
}

function adapterOf(root: string, path: string | null): string | null {
  if (path === null || !path.startsWith(`${root}/`)) return null;
  const [id = '', ...rest] = path.slice(root.length + 1).split('/');
  return rest.length === 0 ? null : id;
}
