/** The three calls of the keychain library that are used, so that another process or a test can answer them. */
export interface KeychainCalls {
  /** null: not found, but also: the collection is locked and nobody could be asked. */
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export type KeychainMethod = keyof KeychainCalls;

/** What goes to the keychain's process and what comes back, one message each. */
export interface KeychainRequest {
  readonly id: number;
  readonly method: KeychainMethod;
  readonly args: readonly string[];
}

export type KeychainReply =
  | { readonly id: number; readonly ok: true; readonly value: string | boolean | null }
  | { readonly id: number; readonly ok: false; readonly reason: 'load' | 'refused'; readonly text: string };
