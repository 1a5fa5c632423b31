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

/** Who said that keys are the right ones: options, a file of known ones, or a person who compared them. */
export type KeySource = 'option' | 'known_hosts' | 'person';

export interface IdentifyContext extends TunnelContext {
  /** Asks a person whether the key is the one of this server; false: nobody says so. */
  readonly vouch: (server: string, hostKey: string) => Promise<boolean>;
}

/** Options in which the identity of every server of the way is pinned. */
export interface Identified<Options> {
  readonly options: Options;
  readonly by: KeySource;
}

/** For people: where the tunnel leads through, and which key its server showed. */
export interface TunnelFacts {
  /** `user@host:port`, after the servers that lead to it. */
  readonly through: string;
  /** That of the last server. */
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
  /** Fills in what the person's own files say of the way, so that the options stand alone from then on. */
  settle(options: Options, userFolder: string): Promise<Options>;
  /**
   * Pins the keys of all servers of the way, once each is trusted; the last one hears nothing of a login. One that nobody
   * vouches for is `TUNNEL/HOST_KEY_UNKNOWN` with `hostKey` in its context, or `TUNNEL/JUMP_HOST_KEY_UNKNOWN`.
   */
  identify(options: Options, secrets: TunnelSecrets, context: IdentifyContext): Promise<Identified<Options>>;
  open(options: Options, secrets: TunnelSecrets, context: TunnelContext): Promise<Tunnel>;
  /** The same of options that are not open, for lists. */
  through(options: Options): string;
}
