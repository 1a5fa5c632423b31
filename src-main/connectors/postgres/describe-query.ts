import { malformed } from './copy-split.ts';
import type { RunningQuery, WireConnection, WireField } from './wire-connection.ts';

/** Asks for the output columns of a statement without running it: Parse, Describe, Sync. */
export class DescribeQuery implements RunningQuery {
  readonly result: Promise<readonly WireField[]>;
  readonly #settle = Promise.withResolvers<readonly WireField[]>();
  readonly #text: string;
  #fields: readonly WireField[] = [];

  constructor(text: string) {
    this.#text = text;
    this.result = this.#settle.promise;
  }

  submit(connection: WireConnection): void {
    connection.parse({ text: this.#text, name: '', types: [] });
    connection.describe({ type: 'S', name: '' });
    connection.sync();
  }

  handleRowDescription(message: { readonly fields: readonly WireField[] }): void {
    this.#fields = message.fields;
  }

  handleError(error: unknown): void {
    this.#settle.reject(error);
  }

  handleReadyForQuery(): void {
    this.#settle.resolve(this.#fields);
  }

  handleDataRow(): void {
    this.handleError(malformed());
  }

  handleCommandComplete(): void {
    this.handleError(malformed());
  }

  handlePortalSuspended(): void {
    this.handleError(malformed());
  }

  handleEmptyQuery(): void {
    this.handleError(malformed());
  }

  handleCopyInResponse(): void {
    this.handleError(malformed());
  }

  handleCopyData(): void {
    this.handleError(malformed());
  }
}
