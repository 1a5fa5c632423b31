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
export const portOption = (usual: number) =>
  z.coerce.number().int().min(1).max(65_535).default(usual).meta({ title: 'Port', flag: 'port' });

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
