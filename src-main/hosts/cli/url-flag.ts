import { readConnectionUrl } from '../../app/read-url.ts';
import type { Connector } from '../../ports/connector.ts';
import type { FlagSpec, Invocation } from './command.ts';
import { usage } from './parse-arguments.ts';

export const URL_FLAG: FlagSpec = {
  kind: 'text',
  value: 'URL',
  help: 'a connection URL, JDBC’s too, instead of connector, host and the like',
};

export interface Address {
  readonly connector: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** What `--url` says. A password in it was readable for everybody on the machine: it is refused, and not told. */
export function readAddress(
  all: readonly Connector[],
  { flags, output }: Pick<Invocation, 'flags' | 'output'>,
): Address {
  const text = flags.text('url');
  if (text === undefined) return { connector: undefined, options: {} };
  const { connector, options, password, ignored } = readConnectionUrl(
    { registries: { connectors: new Map(all.map((each) => [each.id, each])) } },
    text,
  );
  if (password !== null) {
    throw usage(
      'The URL holds a password, and arguments can be read by everybody on this machine.',
      'Leave it out and pipe it: --password-stdin. Change the password that was typed.',
    );
  }
  const named = flags.text('connector');
  if (named !== undefined && named !== connector)
    throw usage(`The URL is one of ${connector}, not of ${named}.`, 'Leave out --connector.');
  if (ignored.length > 0) output.detail(`Of the URL this means nothing here: ${ignored.join(', ')}`);
  return { connector, options };
}
