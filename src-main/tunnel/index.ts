import type { TunnelKind } from '../ports/tunnel.ts';
import { identify, open } from './chain.ts';
import { settle } from './config/settle.ts';
import { throughText, tunnelOptions, type TunnelOptions } from './options.ts';

/** Databases behind an SSH server, or behind a chain of them. */
export const sshTunnel: TunnelKind<TunnelOptions> = {
  id: 'ssh',
  title: 'SSH tunnel',
  options: tunnelOptions,
  through: throughText,
  settle,
  identify,
  open,
};
