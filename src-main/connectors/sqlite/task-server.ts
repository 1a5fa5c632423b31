import { toWireError } from '../../../src-shared/errors/wire.ts';
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { checkDrift } from './check-drift.ts';
import { checkRead } from './check-read.ts';
import { countRows, cutKey } from './count-rows.ts';
import { describeColumns } from './describe-columns.ts';
import type { FrameWriter } from './frame-writer.ts';
import type { MessageSource } from './message-source.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { readCatalog } from './read-catalog.ts';
import { readDefinitions } from './read-definitions.ts';
import { readFacts } from './read-facts.ts';
import { readRows } from './read-rows.ts';
import { WINDOW, type ReaderAnswers, type ReaderTask, type ReaderTasks, type TaskName } from './reader-protocol.ts';

/**
 * Does the parent's tasks one after the other, on the calling thread. Each has a handle of its own, except in a snapshot:
 * whether a WAL is there may change between two of them, and so may the file under a handle that was promised it would not.
 */
export class TaskServer {
  readonly #messages: MessageSource;
  readonly #frames: FrameWriter;
  #snapshot: OpenDatabase | null = null;

  constructor(messages: MessageSource, frames: FrameWriter) {
    this.#messages = messages;
    this.#frames = frames;
  }

  /** Returns when the parent is gone. */
  serve(): void {
    this.#frames.ready();
    for (let message = this.#messages.next(); message !== null; message = this.#messages.next()) {
      // A `more` or `stop` here is for a read that is over.
      if (message.kind === 'task') this.#answer(message.id, message.task);
    }
  }

  #answer(id: number, task: ReaderTask): void {
    let value: ReaderAnswers[TaskName];
    try {
      value = this.#perform(id, task);
    } catch (error) {
      return this.#frames.failure(id, toWireError(error));
    }
    this.#frames.answer(id, value);
  }

  #perform(id: number, task: ReaderTask): ReaderAnswers[TaskName] {
    switch (task.name) {
      case 'probe':
        return probe(task.file);
      case 'facts':
        return this.#withDatabase(task.file, (db) => proven(db, readFacts(db, task.file)));
      case 'catalog':
        return this.#withDatabase(task.file, (db) => proven(db, catalogOf(db, task.of)));
      case 'describe':
        return this.#withDatabase(task.file, (db) => proven<readonly ReadColumn[]>(db, describeColumns(db, task.of)));
      case 'check':
        return this.#withDatabase(task.file, (db) => proven(db, checkRead(db, task.of.read)));
      case 'snapshot':
        return this.#begin(task.file, task.of.reads);
      case 'count':
        return this.#withDatabase(task.file, (db) => proven(db, countRows(db, task.of.read)));
      case 'cut':
        return this.#withDatabase(task.file, (db) => proven(db, cutKey(db, task.of)));
      case 'read':
        return this.#withDatabase(task.file, (db) => this.#read(id, db, task.of));
    }
  }

  #begin(file: string, reads: readonly TableRead[]): string {
    const db = openDatabase(file);
    try {
      db.begin();
      checkDrift(db, reads);
      db.verify();
      this.#snapshot = db;
      return db.moment;
    } catch (error) {
      db[Symbol.dispose]();
      throw error;
    }
  }

  /** Rows until the end or until the consumer has enough. `readRows` ends with its own proof. */
  #read(id: number, db: OpenDatabase, { read, ...how }: ReaderTasks['read']): null {
    let ahead = 0;
    for (const batch of readRows(db, read, how)) {
      this.#frames.batch(id, batch);
      batch.release();
      ahead++;
      if (ahead < WINDOW) continue;
      if (!this.#mayGoOn(id)) break;
      ahead--;
    }
    return null;
  }

  #mayGoOn(id: number): boolean {
    for (let message = this.#messages.next(); message !== null; message = this.#messages.next()) {
      if (message.id === id) return message.kind === 'more';
    }
    return false;
  }

  #withDatabase<T>(file: string, work: (db: OpenDatabase) => T): T {
    if (this.#snapshot !== null) return work(this.#snapshot);
    using db = openDatabase(file);
    db.begin();
    return work(db);
  }
}

function catalogOf(db: OpenDatabase, { namespace, definitions }: ReaderTasks['catalog']): Catalog {
  const catalog = readCatalog(db, namespace);
  return definitions ? readDefinitions(db, catalog) : catalog;
}

function probe(file: string): null {
  using db = openDatabase(file);
  db.verify();
  return null;
}

/** The value, when what it was read from is not torn. */
function proven<T>(db: OpenDatabase, value: T): T {
  db.verify();
  return value;
}
