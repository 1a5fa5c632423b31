// The answer to one request.
import type { Reply, Statement, TdsSession } from './database.ts';
import { PACKET, type Message, type MessageWriter } from './packets.ts';
import {
  PROCEDURE,
  readBatch,
  readCall,
  readTransactionRequest,
  TRANSACTION,
  transactionOf,
  type Parameter,
} from './requests.ts';
import {
  columnMetadata,
  done,
  DONE,
  doneInProc,
  doneProc,
  error,
  info,
  returnStatus,
  transactionBegun,
  transactionCommitted,
  transactionRolledBack,
} from './tokens.ts';
import { u8 } from './bytes.ts';
import type { WireColumn, WireValue } from './wire-types.ts';

const ROW = u8(0xd1);
const NBC_ROW = u8(0xd2);
const CHANGES = {
  begun: transactionBegun,
  committed: transactionCommitted,
  'rolled back': transactionRolledBack,
};
const ISOLATION: Readonly<Record<number, string>> = { 2: 'read committed', 5: 'snapshot' };

export class Answer {
  readonly #session: TdsSession;
  readonly #writer: MessageWriter;
  readonly #cancelled = Promise.withResolvers<'cancelled'>();
  #isCancelled = false;

  constructor(session: TdsSession, writer: MessageWriter) {
    this.#session = session;
    this.#writer = writer;
  }

  /** The client has asked to stop. */
  cancel(): void {
    this.#isCancelled = true;
    this.#cancelled.resolve('cancelled');
  }

  async give(message: Message): Promise<void> {
    if (message.isIgnored) return this.#writer.end(done(DONE.error));
    const isCall = message.type === PACKET.rpc;
    try {
      await this.#run(statementOf(message), isCall);
    } catch (failure) {
      this.#writer.end(error({ number: 50_000, message: `the stand-in: ${String(failure)}` }), done(DONE.error));
    }
    // In a message of its own: a client reads one answer to its request, and one to its attention.
    if (this.#isCancelled) this.#writer.end(done(DONE.attention));
  }

  async #run(statement: Statement, isCall: boolean): Promise<void> {
    const replies = this.#session.run(statement)[Symbol.asyncIterator]();
    let columns: readonly WireColumn[] = [];
    let rows = 0;
    let failed = false;
    const end = (status: number): Buffer => (isCall ? doneInProc(status, rows) : done(status, rows));
    for (;;) {
      const next = await Promise.race([replies.next(), this.#cancelled.promise]);
      if (next === 'cancelled' || this.#isCancelled) {
        // What hangs is left behind; it ends with its session.
        void replies.return?.();
        break;
      }
      if (next.done === true) break;
      const reply: Reply = next.value;
      if ('columns' in reply) {
        ({ columns } = reply);
        await this.#writer.write(columnMetadata(columns));
      } else if ('row' in reply) {
        rows++;
        for (const part of rowOf(columns, reply.row)) await this.#writer.write(part);
      } else if ('error' in reply) {
        failed = true;
        await this.#writer.write(error(reply.error));
      } else if ('info' in reply) await this.#writer.write(info(reply.info));
      else await this.#writer.write(CHANGES[reply.transaction](reply.id));
    }
    const status = (failed ? DONE.error : 0) | DONE.count;
    if (!isCall) return this.#writer.end(end(status));
    this.#writer.end(end(status | DONE.more), returnStatus(failed ? 1 : 0), doneProc(failed ? DONE.error : DONE.final));
  }
}

/** Rows with a NULL say so in bits, where every column takes NULL; the others give each value in turn. */
function* rowOf(columns: readonly WireColumn[], values: readonly WireValue[]): Generator<Buffer> {
  if (values.length !== columns.length) throw new Error('a row has another number of values than there are columns');
  if (!values.includes(null)) {
    yield ROW;
    for (const [i, { type }] of columns.entries()) yield* type.write(values[i] ?? null);
    return;
  }
  const bitmap = Buffer.alloc(Math.ceil(columns.length / 8));
  for (const [i, value] of values.entries()) {
    if (value === null) bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7));
  }
  yield Buffer.concat([NBC_ROW, bitmap]);
  for (const [i, { type }] of columns.entries()) {
    const value = values[i] ?? null;
    if (value !== null) yield* type.write(value);
  }
}

function statementOf({ type, data }: Message): Statement {
  const transaction = transactionOf(data);
  const none: Statement['parameters'] = new Map();
  if (type === PACKET.batch) return { text: readBatch(data), parameters: none, transaction };
  if (type === PACKET.transaction) return { text: transactionText(data), parameters: none, transaction };
  if (type !== PACKET.rpc) throw new Error(`a request of the type ${type} is not known`);
  const { procedure, parameters } = readCall(data);
  if (procedure !== PROCEDURE.executeSql) throw new Error(`the procedure ${procedure} is not known`);
  const [text, , ...given] = parameters;
  const entries = given.map(({ name, value }): [string, Parameter['value']] => [name, value]);
  return { text: String(text?.value), parameters: new Map(entries), transaction };
}

/** A request to the transaction manager, as the statement it stands for. */
function transactionText(data: Buffer): string {
  const { type, isolation } = readTransactionRequest(data);
  if (type === TRANSACTION.commit) return 'commit transaction';
  if (type === TRANSACTION.rollback) return 'rollback transaction';
  if (type !== TRANSACTION.begin) throw new Error(`the transaction request ${type} is not known`);
  const level = ISOLATION[isolation];
  return `${level === undefined ? '' : `set transaction isolation level ${level}\n`}begin transaction`;
}
