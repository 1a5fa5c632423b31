import { appError } from '../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../src-shared/model/catalog.ts';
import { nearest } from '../../src-shared/util/nearest.ts';
import { openConnection } from './connections.ts';
import type { Core } from './core.ts';

const NAMED = 12;

/** The catalog of a connection, or one namespace of it; one that is not there is `SOURCE/NAMESPACE_ABSENT`. */
export async function readCatalog(
  core: Core,
  connection: string,
  { namespace, signal }: { readonly namespace: string | undefined; readonly signal: AbortSignal },
): Promise<Catalog> {
  await using open = await openConnection(core, connection, { signal });
  if (namespace === undefined) return await open.session.catalog({}, signal);
  const found = await open.session.catalog({ namespace }, signal);
  if (found.namespaces.some(({ name }) => name === namespace)) return found;
  const all = await open.session.catalog({}, signal);
  throw absent(
    namespace,
    all.namespaces.map(({ name }) => name),
  );
}

function absent(namespace: string, names: readonly string[]): Error {
  const near = nearest(namespace, names);
  const listed = `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ', …' : ''}`;
  return appError('SOURCE/NAMESPACE_ABSENT', {
    message: `There is no namespace named ${namespace}, or the login sees nothing in it.`,
    remedy:
      near === undefined
        ? `Those it sees: ${listed || 'none'}. Namespaces are told apart by upper and lower case.`
        : `Did you mean ${near}?`,
    context: { namespace },
  });
}
