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
export function readConnectionUrl(
  { registries }: { readonly registries: Pick<Core['registries'], 'connectors'> },
  text: string,
): ReadUrl {
  const formed = readForm([...registries.connectors.values()], text.trim());
  if (formed === 'not understood') throw unreadable(registries.connectors);
  if (formed !== null) return formed;
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

/** An address in a form of a product's own; null: no product says that it is one. */
function readForm(connectors: readonly Connector[], text: string): ReadUrl | 'not understood' | null {
  for (const { id, traits } of connectors) {
    const { url } = traits;
    if (url?.forms === undefined || !text.toLowerCase().startsWith(`jdbc:${url.schemes[0]}:`)) continue;
    const found = url.forms
      .map((form) => new RegExp(form, 'is').exec(text)?.groups)
      .find((groups) => groups !== undefined);
    if (found === undefined) return 'not understood';
    const { query = '', ...groups } = found;
    const options = new Options(url);
    for (const [option, value] of Object.entries(groups)) {
      const plain = option === 'host' ? value?.replace(/^\[|\]$/g, '') : value?.replace(/^"(.*)"$/s, '$1');
      options.put(option, plain ?? '');
    }
    options.putAll(new URLSearchParams(query));
    return { connector: id, ...options.read() };
  }
  return null;
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
  const found = new Options(rules);
  found.put('user', decoded(url.username));
  found.put('password', decoded(url.password));
  const { absolute, option } = rules.path;
  if (!absolute) {
    found.put('host', decoded(url.hostname.replace(/^\[|\]$/g, '')));
    found.put('port', url.port);
  }
  const path = decoded(url.pathname);
  found.put(option, absolute ? path.replace(/^\/+(?=\/|[a-z]:)/i, '') : path.replace(/^\//, ''));
  found.putAll(url.searchParams);
  return found.read();
}

/** The options found so far; a later one replaces an earlier one. */
class Options {
  readonly #rules: UrlRules;
  readonly #found = new Map<string, string>();
  readonly #ignored: string[] = [];

  constructor(rules: UrlRules) {
    this.#rules = rules;
  }

  put(option: string, value: string): void {
    if (value !== '') this.#found.set(option, value);
  }

  putAll(parameters: URLSearchParams): void {
    for (const [name, value] of parameters) {
      const parameter = ownValue(this.#rules.parameters, name.toLowerCase());
      const meant = parameter?.values === undefined ? value : ownValue(parameter.values, value.toLowerCase());
      if (parameter === undefined || meant === undefined) this.#ignored.push(name);
      else if (typeof meant === 'string') this.put(parameter.option, meant);
      else for (const [option, own] of Object.entries(meant ?? {})) this.put(option, own);
    }
  }

  read(): Omit<ReadUrl, 'connector'> {
    const { password = null, ...options } = Object.fromEntries(this.#found);
    return { options, password, ignored: this.#ignored };
  }
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
