// A database that knows nothing but what a test has written down for it: a statement that is not there is an error.
import type { LoginRequest } from './login7.ts';
import type { Reply, Statement, TdsDatabase } from './database.ts';
import type { Known } from './golden-statements.ts';
import { table } from './replies.ts';
import { StandInSession } from './stand-in-session.ts';
import type { Notice } from './tokens.ts';
import type { WireValue } from './wire-types.ts';

export type Rows = readonly (readonly WireValue[])[];
export type Answer = (
  session: ScriptedSession,
  statement: Statement,
  about: readonly string[],
) => Iterable<Reply> | AsyncIterable<Reply>;

export interface Script {
  /** Rows of the connector's own statements, by the name of the golden file; or what else happens. */
  readonly own?: Readonly<Record<string, Rows | Answer>>;
  /** Answers to other statements, by their exact text. */
  readonly statements?: Readonly<Record<string, Answer>>;
  readonly refused?: (login: LoginRequest) => readonly Notice[] | null;
}

/** What every session asks, as a server answers it that lacks nothing. */
const USUAL: Readonly<Record<string, Rows>> = {
  facts: [['16.0.4135.4', 3, 'waybill', 'shop']],
  'session-settings': [],
  'may-see-state': [[1]],
  'may-see-sessions': [[1]],
  'own-number': [[51]],
  missing: [[1, 0, 1]],
  'write-rights': [[0]],
  updateability: [['READ_WRITE']],
  'snapshot-state': [[1, 0]],
  held: [[1]],
  hold: [],
  'keep-still': [],
  still: [[1]],
  'table-kind': [[1, 'U', 0, 0]],
  namespaces: [['dbo']],
  'namespaces-of': [['dbo']],
  'primary-keys-of': [],
  'foreign-keys-of': [],
  estimates: [],
};

export class ScriptedSession extends StandInSession {
  readonly #script: Script;
  readonly seen: string[];

  constructor(script: Script, seen: string[]) {
    super();
    this.#script = script;
    this.seen = seen;
  }

  protected override async *own(known: Known, statement: Statement): AsyncGenerator<Reply> {
    this.seen.push(known.name);
    if (known.name === 'session-settings') return;
    if (known.name === 'transaction') {
      return yield* table([[this.transactionNumber(), '2026-01-02T03:04:05.1234567']], 2);
    }
    const found = this.#script.own?.[known.name] ?? USUAL[known.name];
    if (found === undefined) throw new Error(`the script has no answer to the statement of ${known.name}.sql`);
    if (typeof found === 'function') yield* found(this, statement, known.about);
    else yield* table(found, found[0]?.length ?? 12);
  }

  protected override async *other(statement: Statement): AsyncGenerator<Reply> {
    this.seen.push(statement.text);
    const answer = this.#script.statements?.[statement.text];
    if (answer === undefined) throw new Error(`the script does not know the statement ${statement.text}`);
    yield* answer(this, statement, []);
  }

  protected override onTransaction(isOpen: boolean): void {
    this.seen.push(isOpen ? `begin, ${this.level}` : 'end');
  }
}

export class ScriptedDatabase implements TdsDatabase {
  /** Golden files by name, other statements by their text, in the order in which they came. */
  readonly seen: string[] = [];
  readonly logins: LoginRequest[] = [];
  readonly sessions = new Set<ScriptedSession>();
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  open(login: LoginRequest): ScriptedSession | { readonly refused: readonly Notice[] } {
    const refused = this.#script.refused?.(login) ?? null;
    if (refused !== null) return { refused };
    this.logins.push(login);
    const session = new ScriptedSession(this.#script, this.seen);
    this.sessions.add(session);
    return session;
  }

  /** Sessions with a transaction or a statement under way. */
  get openTransactions(): number {
    return [...this.sessions].filter(({ transaction, running }) => transaction !== null || running > 0).length;
  }
}
