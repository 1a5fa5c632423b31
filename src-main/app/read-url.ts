import { appError } from '../../src-shared/errors/app-error.ts';
import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Connector, UrlRules } from '../ports/connector.ts';
import type { Core } from './core.ts';

export interface ReadUrl {
  readonly connector: string;
  readonly options: Readonly<Record<string, string>>;
  readonly password: string | null;
  /** Parameters that mean nothing here, by name. */
  readonly ignored: readonly string[];
}

/**
 * Options and password out of a connection URL of any product. UNTRUSTED, and it may hold a password: errors name
 * neither the text nor a part of it.
 */
export function readConnectionUrl({ registries }: Core, text: string): ReadUrl {
  // As JDBC and SQLAlchemy write it: a prefix before, or a driver after the scheme.
  const plain = withoutJdbc(text.trim()).replace(/^([a-z][a-z0-9]*)\+[a-z0-9_]+:/i, '$1:');
  const scheme = /^([a-z][a-z0-9.-]*):/i.exec(plain)?.[1]?.toLowerCase() ?? '';
  const connector = [...registries.connectors.values()].find(({ traits }) => traits.url?.schemes.includes(scheme));
  const rules = connector?.traits.url ?? null;
  if (connector === undefined || rules === null) throw unreadable(registries.connectors);
  const url = parse(plain);
  if (url === null) throw unreadable(registries.connectors);
  return { connector: connector.id, ...optionsOf(url, rules) };
}

/** Some of JDBC's put an instance behind the host and properties behind semicolons, in braces where they hold one. */
function withoutJdbc(text: string): string {
  const rest = /^jdbc:(.*)$/is.exec(text)?.[1];
  if (rest === undefined) return text;
  const [, address = '', instance, properties] =
    /^([^;\\]*\/\/[^;\\]*?)(?:\\([^;:]*))?((?::\d+)?;.*)?$/s.exec(rest) ?? [];
  if (address === '' || (instance === undefined && properties === undefined)) return rest;
  const port = /^:\d+/.exec(properties ?? '')?.[0] ?? '';
  const query = [...(properties ?? '').matchAll(/;([^=;]+)=(\{[^}]*\}|[^;]*)/g)].map(
    ([, name = '', value = '']) => `${name}=${encodeURIComponent(value.replace(/^\{(.*)\}$/s, '$1'))}`,
  );
  if (instance !== undefined) query.push(`instanceName=${encodeURIComponent(instance)}`);
  return `${address}${port}?${query.join('&')}`;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function optionsOf(url: URL, rules: UrlRules): Omit<ReadUrl, 'connector'> {
  const found = new Map<string, string>();
  const ignored: string[] = [];
  const put = (option: string, value: string): void => {
    if (value !== '') found.set(option, value);
  };
  put('user', decoded(url.username));
  put('password', decoded(url.password));
  const { absolute, option } = rules.path;
  if (!absolute) {
    put('host', decoded(url.hostname.replace(/^\[|\]$/g, '')));
    put('port', url.port);
  }
  const path = decoded(url.pathname);
  put(option, absolute ? path.replace(/^\/+(?=\/|[a-z]:)/i, '') : path.replace(/^\//, ''));
  for (const [name, value] of url.searchParams) {
    const parameter = ownValue(rules.parameters, name.toLowerCase());
    if (parameter === undefined) {
      ignored.push(name);
      continue;
    }
    const meant = parameter.values === undefined ? value : ownValue(parameter.values, value.toLowerCase());
    if (meant === undefined) ignored.push(name);
    else if (meant !== null) put(parameter.option, meant);
  }
  const password = found.get('password') ?? null;
  found.delete('password');
  return { options: Object.fromEntries(found), password, ignored };
}

/** A percent sign that was meant as one stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unreadable(connectors: ReadonlyMap<string, Connector>): Error {
  const schemes = [...connectors.values()].flatMap(({ traits }) => traits.url?.schemes.slice(0, 1) ?? []);
  return appError('CONNECTION/URL_UNREADABLE', {
    message: 'This is not the URL of a product that is known here.',
    remedy: `It begins with ${schemes.map((scheme) => `${scheme}:`).join(', ')}, or fill the form by hand.`,
  });
}
