/** Logs in. In the mode `thin` over a network of ours; in the mode `thick` as the Oracle client of the machine does. */
import type { Connection, ConnectionAttributes } from 'oracledb';
import { lookup } from 'node:dns/promises';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { Dial } from '../../ports/tunnel.ts';
import { abortable } from '../kit/abort.ts';
import { checkWallet } from './check-wallet.ts';
import { connectStringOf } from './connect-string.ts';
import { loadDriver, type Driver } from './driver.ts';
import { isOfWallet } from './driver-errors.ts';
import { forgetNetwork, registerNetwork, type Network } from './network.ts';
import type { OracleOptions } from './options.ts';

export interface Login {
  readonly options: OracleOptions;
  readonly tls: ConnectionOptions | null;
  readonly secret: SecretText | null;
  /** Opens the key in the wallet; null: it is not locked. */
  readonly walletSecret: SecretText | null;
  readonly applicationName: string;
  /** Absent: straight. */
  readonly dial?: Dial | undefined;
}

export interface OpenConnection {
  readonly driver: Driver;
  readonly connection: Connection;
  /** null: not encrypted, or by the Oracle client, which does not tell. */
  readonly secured: TLSSocket | null;
  /** Gives the connection up without a word. */
  readonly kill: () => void;
}

const LONGEST_NAME = 30;

/** Throws the driver's errors, and the system's where a socket did not come about. */
export async function openConnection(login: Login, signal: AbortSignal): Promise<OpenConnection> {
  const { options, tls, secret, dial } = login;
  if (secret === null) {
    throw appError('SOURCE/AUTH_REFUSED', {
      message: `The connection has no password for ${options.user}.`,
      remedy: 'Store the password with the connection.',
    });
  }
  if (dial !== undefined && options.mode === 'thick') throw clientDials();
  // A connect string alone knows whether the wallet is asked for.
  if (tls !== null) await checkOwnWallet(login);
  const driver = await loadDriver(options);
  if (dial === undefined) await lookUp(options, signal);
  const { host = '', wallet } = options;
  const network: Network = {
    socketPath: host.startsWith('/') ? host : null,
    dialled: dial === undefined ? null : { dial, signal, host: options.host ?? null },
    // A wallet, and what a connect string says, are the driver's to judge by; the name of a dialled server it does not know.
    tls: options.connectString === undefined && (wallet === undefined || dial !== undefined) ? tls : null,
    ...{ secured: null, reason: null, socket: null },
  };
  const isOwn =
    driver.thin && (network.tls !== null || tls === null || network.socketPath !== null || dial !== undefined);
  const prefix = isOwn ? registerNetwork(network) : null;
  const kill = (): void => void network.socket?.destroy();
  const opening = driver.getConnection(attributesOf(login, prefix));
  try {
    const connection = await abortable(opening, signal, () => {
      kill();
      void opening.then(
        (late) => late.close(),
        () => undefined,
      );
    });
    return { driver, connection, secured: network.secured, kill };
  } catch (error) {
    kill();
    if (network.reason === null && isOfWallet(error)) await checkOwnWallet(login);
    throw network.reason ?? error;
  } finally {
    if (prefix !== null) forgetNetwork(prefix);
  }
}

/** The Oracle client has a wallet of its own, which needs no password. */
async function checkOwnWallet({ options: { mode, wallet }, walletSecret }: Login): Promise<void> {
  if (mode === 'thin' && wallet !== undefined) await checkWallet(wallet, walletSecret);
}

/** The driver has one error for all that can be wrong with a name; the system tells which. */
async function lookUp({ host, mode }: OracleOptions, signal: AbortSignal): Promise<void> {
  if (mode === 'thick' || host === undefined || host.startsWith('/')) return;
  await abortable(lookup(host), signal, () => undefined);
}

function clientDials(): Error {
  return appError('CONNECTION/OPTION_INVALID', {
    message: 'The Oracle client makes its own connections, which no tunnel can carry.',
    remedy: 'Use the mode thin for a connection through a tunnel.',
    context: { option: 'mode' },
  });
}

function attributesOf(
  { options, tls, secret, walletSecret, applicationName, dial }: Login,
  prefix: string | null,
): ConnectionAttributes {
  const { user, proxyFor, configFolder, wallet, mode } = options;
  return {
    user: proxyFor === undefined ? user : `${user}[${proxyFor}]`,
    password: secret?.reveal() ?? '',
    connectString: connectStringOf(options, { encrypts: tls !== null, dials: dial !== undefined }),
    ...(mode === 'thin' && configFolder !== undefined ? { configDir: configFolder } : {}),
    ...(mode === 'thin' && wallet !== undefined ? { walletLocation: wallet } : {}),
    ...(mode === 'thin' && wallet !== undefined && walletSecret !== null
      ? { walletPassword: walletSecret.reveal() }
      : {}),
    ...(prefix === null ? {} : { connectionIdPrefix: prefix }),
    ...(mode === 'thin' ? { program: applicationName.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME) } : {}),
    // Rows are asked for by the same few statements: nothing is gained by keeping them.
    stmtCacheSize: 0,
  };
}
