import { basename } from 'node:path';
import type { z } from 'zod';
import { appError } from '../../src-shared/errors/app-error.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { Locks } from '../ports/lock.ts';
import type { Store } from '../ports/store.ts';
import { parseJsonBytes } from './parse-json-bytes.ts';

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const LOCK_TIMEOUT_MS = 10_000;

export interface DocumentOptions<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** The value of a document that was never written. */
  readonly initial: T;
}

/** One JSON document of a home, with a schema. What cannot be read is reported (`HOME/UNREADABLE`), never rebuilt. */
export interface JsonDocument<T> {
  /** Takes no lock and writes nothing. */
  read(): Promise<T>;
  /**
   * Reads, changes and replaces under the document's lock. Updates of one process are made in the order of their calls.
   * An exception out of `change` leaves the document as it was.
   */
  update(change: (current: T) => T): Promise<T>;
}

export interface Documents {
  document<T>(options: DocumentOptions<T>): JsonDocument<T>;
}

/** JSON documents on a store. */
export function createDocuments(store: Store, locks: Locks): Documents {
  const inOrder = createQueues();
  return {
    document: (options) => ({
      read: () => readDocument(store, options),
      // The lock knows no order: whoever asks again first has it, and an older value would be written last.
      update: (change) =>
        inOrder(options.path, async () => {
          using _held = await lockDocument(locks, options.path);
          // What is written must be readable again, or the next start would refuse it.
          const next = options.schema.parse(change(await readDocument(store, options)));
          await store.replace(options.path, utf8(`${JSON.stringify(next, null, 2)}\n`));
          return next;
        }),
    }),
  };
}

/** Does one thing after the other under each name, in the order of the calls; a failure is its caller's alone. */
function createQueues(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const done = (last.get(name) ?? Promise.resolve()).then(work);
    last.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  };
}

async function lockDocument(locks: Locks, path: string): Promise<Disposable> {
  const held = await locks.acquire(`${path}.lock`, LOCK_TIMEOUT_MS);
  if (held !== null) return held;
  throw appError('HOME/BUSY', {
    message: `Another Waybill process has been changing ${basename(path)} for ten seconds.`,
    remedy: 'Try again when the other process is done.',
    context: { path },
  });
}

async function readDocument<T>(store: Store, { path, schema, initial }: DocumentOptions<T>): Promise<T> {
  const bytes = await store.read.file(path, MAX_DOCUMENT_BYTES);
  if (bytes === null) return initial;
  const parsed = schema.safeParse(parseJsonBytes(bytes));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw appError('HOME/UNREADABLE', {
    message: `The file ${path} is not what Waybill wrote there.`,
    remedy: 'Restore it from a backup, or move it away; Waybill does not rebuild it.',
    // The path into the document, never its content.
    context: { path, at: issue?.path.join('.') ?? '' },
  });
}
