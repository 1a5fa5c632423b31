/** Pieces of which network connectors build their options schema; titles and flags feed forms and command line. */
import { z } from 'zod';
import { TLS_MODES } from './tls-options.ts';

const text = (title: string, flag: string) =>
  z
    .string()
    .min(1)
    .refine((value) => !value.includes('\0'), 'must not hold a NUL character')
    .meta({ title, flag });

/** A name, an address, or (where the product has them) the folder of a local socket. */
export const hostOption = text('Host', 'host');

/** Command lines hand the port over as text. */
const port = z.coerce.number().int().min(1).max(65_535);

export const portOption = (usual: number) => port.default(usual).meta({ title: 'Port', flag: 'port' });

/** A port that another place may name: only one that was given counts over it. */
export const openPortOption = (usual: string) => port.optional().meta({ title: 'Port', flag: 'port', usual });

export const databaseOption = text('Database', 'database');
export const userOption = text('User', 'user');

/** Absent: `verify-full`, on loopback and sockets `disable`. */
export const tlsOption = z
  .enum(TLS_MODES)
  .optional()
  .meta({ title: 'TLS', flag: 'tls', usual: 'verify-full, on loopback and sockets disable' });

/** A PEM file with the authorities to trust instead of the system's. */
export const caOption = text('CA file', 'ca')
  .optional()
  .meta({ title: 'CA file', flag: 'ca', usual: 'the authorities that the system trusts' });

/** PEM files with which the client proves who it is. */
export const certOption = text('Client certificate', 'cert')
  .optional()
  .meta({ title: 'Client certificate', flag: 'cert', usual: 'none' });
export const keyOption = text('Key of the client certificate', 'key').optional().meta({
  title: 'Key of the client certificate',
  flag: 'key',
  usual: 'none',
  secret: 'Passphrase of the key',
});

interface CertificateChoice {
  readonly host?: string | undefined;
  readonly tls?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** What cannot be meant of a client certificate: it needs its key, and a session that is encrypted. */
export function certificateFaults({
  host,
  tls,
  cert,
  key,
}: CertificateChoice): readonly [option: string, words: string][] {
  if (cert === undefined) return key === undefined ? [] : [['cert', 'is needed beside its key']];
  return [
    ...(key === undefined ? ([['key', 'is needed beside the certificate']] as [string, string][]) : []),
    ...(tls === 'disable' ? ([['tls', 'cannot be disabled with a client certificate']] as [string, string][]) : []),
    ...(host?.startsWith('/') === true
      ? ([['cert', 'is never asked for on a Unix socket']] as [string, string][])
      : []),
  ];
}
