// What the stand-in asks of whatever database it fronts.
import type { LoginRequest } from './login7.ts';
import type { Parameter } from './requests.ts';
import type { Notice } from './tokens.ts';
import type { WireColumn, WireValue } from './wire-types.ts';

export type Reply =
  | { readonly columns: readonly WireColumn[] }
  | { readonly row: readonly WireValue[] }
  | { readonly error: Notice }
  | { readonly info: Notice }
  | { readonly transaction: 'begun' | 'committed' | 'rolled back'; readonly id: bigint };

export interface Statement {
  readonly text: string;
  /** By name, without the `@`. */
  readonly parameters: ReadonlyMap<string, Parameter['value']>;
  /** The transaction the client believes to be in; 0: none. */
  readonly transaction: bigint;
}

export interface TdsSession {
  /** Runs a statement; its replies are asked for one by one, and not to the end when it is cancelled. */
  run(statement: Statement): AsyncIterable<Reply>;
  close(): void;
}

export interface TdsDatabase {
  /** The session of a login that has proved who it is; or why there is none. */
  open(login: LoginRequest): TdsSession | { readonly refused: readonly Notice[] };
}
