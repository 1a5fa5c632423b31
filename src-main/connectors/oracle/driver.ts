/** The driver, loaded when a connection is opened. Its mode is that of the whole process: the first connection decides. */
import type Oracledb from 'oracledb';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { OracleOptions } from './options.ts';

export type Driver = typeof Oracledb;

/** Takes long; in which mode it works is decided later. */
export const importDriver = (): Promise<{ default: Driver }> => import('oracledb');

/** Loads the driver, and the Oracle client of this machine in the mode `thick`. */
export async function loadDriver({ mode, clientFolder, configFolder }: OracleOptions): Promise<Driver> {
  const { default: driver } = await importDriver();
  if (mode === 'thin') {
    if (!driver.thin) throw otherMode('thick');
    return driver;
  }
  try {
    driver.initOracleClient({
      ...(clientFolder === undefined ? {} : { libDir: clientFolder }),
      ...(configFolder === undefined ? {} : { configDir: configFolder }),
    });
  } catch (error) {
    throw clientFailure(error);
  }
  return driver;
}

function clientFailure(error: unknown): Error {
  const { code } = error as { code?: unknown };
  if (code === 'NJS-118' || code === 'NJS-090')
    return otherMode(code === 'NJS-118' ? 'thin' : 'thick, of another folder');
  return appError('CONNECTION/OPTION_INVALID', {
    message: `The Oracle client of this machine cannot be loaded${typeof code === 'string' ? ` (${code})` : ''}.`,
    remedy: 'Give the folder of its libraries with --client-folder, or use the mode thin, which needs none.',
    context: { option: 'clientFolder' },
  });
}

function otherMode(now: string): Error {
  return appError('CONNECTION/OPTION_INVALID', {
    message: `The driver runs in the mode ${now} already, and one process has one mode.`,
    remedy: 'Give all connections that are used together the same mode, or start Waybill again.',
    context: { option: 'mode' },
  });
}
