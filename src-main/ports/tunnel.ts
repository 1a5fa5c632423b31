import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import type { AppError } from '../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../src-shared/model/secret-text.ts';

/** A server as it is named by who connects to it. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** A way to servers that is not straight: a stream to a place as it is seen from the far end. Errors: TUNNEL/*. */
export type Dial = (place: Place, signal: AbortSignal) => Promise<Duplex>;

export interface TunnelSecrets {
  readonly password: SecretText | null;
  /** Passphrase of a private key. */
  readonly passphrase: SecretText | null;
}

export interface TunnelContext {
  readonly signal: AbortSignal;
  /** Where an agent listens that holds keys of the person; null: there is none. */
  readonly agent: string | null;
}

/** For people: where the tunnel leads through, and which key its server showed. */
export interface TunnelFacts {
  /** `user@host:port`. */
  readonly through: string;
  readonly hostKey: string;
}

/** A way through a server, for as long as it is held. Disposing it ends every stream. */
export interface Tunnel extends AsyncDisposable {
  readonly facts: TunnelFacts;
  readonly dial: Dial;
  /** Why it ended by itself; null: it stands, or was disposed. Set before any of its streams ends for that reason. */
  readonly failure: AppError | null;
}

/** How databases are reached through another server, whose identity is pinned. */
export interface TunnelKind<Options = unknown> {
  readonly id: string;
  readonly title: string;
  /** Options without secrets, each with `.meta({ title, flag })`; `hostKey` is the pinned identity. */
  readonly options: z.ZodType<Options>;
  /**
   * The fingerprint of the server's key, once that is trusted; nothing of a login is sent. One that is not known is
   * `TUNNEL/HOST_KEY_UNKNOWN` with `hostKey` in its context.
   */
  identify(options: Options, signal: AbortSignal): Promise<string>;
  open(options: Options, secrets: TunnelSecrets, context: TunnelContext): Promise<Tunnel>;
  /** `user@host:port` of options that are not open, for lists. */
  through(options: Options): string;
}
