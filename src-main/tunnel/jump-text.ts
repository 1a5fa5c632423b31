/** A server on the way to another one. */
export interface JumpHost {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/** Jump hosts as `ssh -J` takes them: `[user@]host[:port]` or `ssh://…`, with commas between them; null: not that. */
export function readJump(text: string): JumpHost[] | null {
  const hops = splitList(text).map(readHop);
  return hops.every((hop) => hop !== null) ? hops : null;
}

/** The same list as text. */
export function jumpText(hops: readonly JumpHost[]): string {
  return hops
    .map(({ user, host, port }) => {
      const name = host.includes(':') ? `[${host}]` : host;
      return `${user === undefined ? '' : `${user}@`}${name}${port === undefined ? '' : `:${port}`}`;
    })
    .join(',');
}

/** The parts of a list with commas; an empty one holds its place. */
export function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function readHop(text: string): JumpHost | null {
  const match =
    /^(?:ssh:\/\/)?(?:(?<user>[^\s]+)@)?(?:\[(?<address>[0-9A-Fa-f:.%]+)\]|(?<name>[^\s@:[\]/]+))(?::(?<port>\d{1,5}))?\/?$/.exec(
      text,
    );
  if (match === null) return null;
  const { user, address, name, port } = match.groups ?? {};
  const host = address ?? name;
  const number = port === undefined ? undefined : Number(port);
  if (host === undefined || host.startsWith('-') || (number !== undefined && (number < 1 || number > 65_535)))
    return null;
  return { host, ...(user === undefined ? {} : { user }), ...(number === undefined ? {} : { port: number }) };
}
