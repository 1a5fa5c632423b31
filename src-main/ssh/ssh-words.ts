/** Who connects to an SSH server, for what its errors say: codes, flags and commands are those of the use. */
export interface SshWords {
  /** The family of error codes. */
  readonly family: 'TARGET' | 'TUNNEL';
  /** `The server`. */
  readonly server: string;
  /** Flags of the command line, with their dashes. */
  readonly keyFlag: string;
  readonly hostKeyFlag: string;
  /** The command that stores another secret. */
  readonly secretCommand: string;
  /** What to do when the connection was lost. */
  readonly again: string;
  /** The only way on when a host key was changed on purpose. */
  readonly remake: string;
}

/** `host:port`, an address with colons in brackets. */
export function placeText({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
