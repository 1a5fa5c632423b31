import type { Socket } from 'node:net';

/** What we use of pg's connection below its public types: the extended protocol, message by message. */
export interface WireConnection {
  readonly stream: Socket;
  parse(query: { readonly text: string; readonly name: string; readonly types: readonly number[] }): void;
  bind(config: { readonly values: readonly string[] }): void;
  describe(what: { readonly type: 'S' | 'P'; readonly name: string }): void;
  execute(config: { readonly portal: string }): void;
  sync(): void;
}

/** What pg calls on the query it is running. */
export interface RunningQuery {
  submit(connection: WireConnection): void;
  handleError(error: unknown): void;
  handleReadyForQuery(): void;
  handleRowDescription(message: { readonly fields: readonly WireField[] }): void;
  handleDataRow(): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handlePortalSuspended(): void;
  handleEmptyQuery(): void;
  handleCopyInResponse(): void;
  handleCopyData(): void;
}

export interface WireField {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}
