import { appError } from '../../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { bindParams } from './bind-params.ts';
import type { UserSql } from './user-sql.ts';

/** Refuses what no server takes in a text: NUL, and half of a surrogate pair. `what` names the text to people. */
export function refuseUnsendable(text: string, what: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw appError('PLAN/SQL_REFUSED', {
    message: `A ${what} holds a NUL character or half a surrogate pair, which is never sent.`,
    remedy: `Remove the character from the ${what}.`,
  });
}

/** Values of the operator's parameters, in the order in which their placeholders were given out. */
export class OrderedBinding {
  readonly values: (string | null)[] = [];
  readonly #params: TableRead['params'];
  readonly #placeholder: (place: number) => string;

  /** `placeholder` writes the one at a place, counted from 1. */
  constructor(params: TableRead['params'], placeholder: (place: number) => string) {
    this.#params = params;
    this.#placeholder = placeholder;
  }

  bind(sql: UserSql): string {
    return bindParams(sql, this.#params, (value) => {
      if (value !== null) refuseUnsendable(value, 'parameter');
      this.values.push(value);
      return this.#placeholder(this.values.length);
    });
  }
}
