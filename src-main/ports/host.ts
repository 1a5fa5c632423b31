import type { SecretText } from '../../src-shared/model/secret-text.ts';

/** What the host can do for the core. The core never asks which host it runs in. */
export interface HostCapabilities {
  /** Asks a person for a secret; null where there is nobody to ask. */
  readonly askSecret: ((question: string) => Promise<SecretText | null>) | null;
  /** Asks a person to confirm; null where there is nobody to ask. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}
