/** `load`: the library or its process did not start; `refused`: it said no; `timeout`: no answer; `gone`: it died. */
export type KeychainFailureReason = 'load' | 'refused' | 'timeout' | 'gone';

/** How a call to the keychain's process ended when not with an answer; `errors.ts` translates it. */
export class KeychainFailure extends Error {
  readonly reason: KeychainFailureReason;

  constructor(reason: KeychainFailureReason, text: string) {
    super(text);
    this.name = 'KeychainFailure';
    this.reason = reason;
  }
}
