import type { AtDesk, CliDesk, Shown } from '../../fakes/cli-desk.ts';
import type { SshdServer } from '../../servers/sshd.ts';

interface Database {
  readonly connector: 'postgres' | 'mysql';
  readonly name: string;
  readonly host?: string;
  readonly port: number;
  readonly user: string;
  readonly flags?: readonly string[];
}

/** `connection add shop` to a database, with the flags of a tunnel. */
export function addArguments(database: Database, tunnel: readonly string[]): string[] {
  const { connector, name, host = 'localhost', port, user, flags = [] } = database;
  return [
    ...['connection', 'add', 'shop', '--connector', connector, '--host', host, '--port', String(port)],
    ...['--database', name, '--user', user, ...flags, ...tunnel],
  ];
}

/** Where the SSH server is and as whom to log in there. */
export function sshPlace(server: SshdServer): string[] {
  return ['--ssh-host', server.host, '--ssh-port', String(server.port), '--ssh-user', server.user];
}

/** `ssh-host` with its key and a key file that it accepts. */
export function sshByKey(server: SshdServer): string[] {
  return [...sshPlace(server), '--ssh-key', server.keyFile, '--ssh-host-key', server.hostKey()];
}

/** Runs what has to succeed. */
export async function works(desk: CliDesk, args: readonly string[], at: AtDesk = {}): Promise<Shown> {
  const shown = await desk.run(args, at);
  if (shown.code !== 0) throw new Error(`${args.join(' ')} ended with ${shown.code}: ${shown.stderr}`);
  return shown;
}
