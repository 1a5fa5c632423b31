import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { SecretText } from '../src-shared/model/secret-text.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Assets, Core, Registries } from './app/core.ts';
import { createDesk, type Desk, type DeskHost } from './app/desk/desk.ts';
import { endDesk } from './app/desk/end-desk.ts';
import { provideFirstPlan } from './app/desk/first-plan.ts';
import { INITIAL_SETTINGS, settingsSchema } from './app/desk/settings-file.ts';
import { ledgerOpener } from './app/ledger-opener.ts';
import { openHomeLedger } from './app/open-home-ledger.ts';
import { SAMPLE_CONNECTION } from './app/sample.ts';
import type { Verifier } from './app/trusted-keys.ts';
import { connectionRecord, keyRecord, targetRecord } from './app/records.ts';
import { connectors, csvProfiles, drivers, migrationTargets } from './connectors/registry.ts';
import { kernels } from './engine/kernels/registry.ts';
import { formats } from './formats/registry.ts';
import { masks } from './masks/registry.ts';
import type { Clock } from './ports/clock.ts';
import type { HostCapabilities } from './ports/host.ts';
import { compressions } from './store/compressions.ts';
import { createDocuments } from './store/documents.ts';
import { defaultHome } from './store/default-home.ts';
import { createFileDigester } from './store/file-digester.ts';
import { createNodeStore } from './store/node-store.ts';
import { makeSampleDatabase } from './store/sample-database.ts';
import { createLogger } from './store/logger.ts';
import { openHome } from './store/open-home.ts';
import { createLocks } from './store/sqlite-locks.ts';
import { targets } from './targets/registry.ts';
import { agentOf } from './tunnel/agent.ts';
import { sshTunnel } from './tunnel/index.ts';
import type { BegunKey } from './vault/begun-key.ts';
import { createVault } from './vault/create-vault.ts';
import { ThrowAwayVault } from './vault/throw-away-vault.ts';

/** What a host decides about the core it wants. */
export interface ComposeOptions {
  /** Path of the home; default: the system's folder for application data. */
  readonly home?: string;
  readonly passphrase: SecretText | null;
  /** Where it was given, in words for the error that it is wrong: a file, a variable. */
  readonly passphraseFrom?: string;
  /** What {@link beginEarly} gave. */
  readonly begun?: BegunKey | null;
  readonly host: HostCapabilities;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A home for one demonstration: secrets in memory, ledger marked. */
  readonly throwAway: boolean;
  /** Secrets may be kept for the life of this process only; false where the process ends with the command. */
  readonly allowSession?: boolean;
}

export interface Composition {
  readonly core: Core;
  readonly close: () => Promise<void>;
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [item.id, item]));

const registries: Registries = {
  connectors: byId(connectors),
  drivers,
  formats: byId(formats),
  masks: byId(masks),
  targets: byId(targets),
  tunnel: sshTunnel,
  migrationTargets: byId(migrationTargets),
  kernels,
  formatContext: { profiles: csvProfiles },
};

const systemClock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };

// From source this file stands beside assets/; a bundle stands two folders below it.
const assetsFolder = ['../assets', '../../assets']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

const assets: Assets = {
  sampleSeed: join(assetsFolder ?? '', 'sample', 'shop.sql'),
  samplePlan: join(assetsFolder ?? '', 'sample', 'shop.plan.yaml'),
  firstPlan: join(assetsFolder ?? '', 'sample', 'first-export.plan.yaml'),
};

/** The sample database and its connection, in a home that never had them; removed once, they stay removed. */
async function provideSample(core: Core): Promise<void> {
  const folder = join(core.home.root, 'sample');
  if (!core.registries.connectors.has('sqlite')) return;
  if ((await core.store.read.stat(folder)) !== null) return;
  const file = join(folder, 'shop.db');
  // The folder comes last: while it is not there, the next start does both again.
  await core.records.connections.update((all) => ({
    [SAMPLE_CONNECTION]: { connector: 'sqlite', options: { file }, production: false },
    ...all,
  }));
  await makeSampleDatabase(core.store, file, core.assets.sampleSeed);
}

function homeOf({ home, env }: Pick<ComposeOptions, 'home' | 'env'>): string {
  return resolve(home ?? defaultHome({ platform: process.platform, userFolder: homedir(), environment: env }));
}

/** The only place that knows every concrete part. */
export const compose = {
  version: packageJson.version,
  registries: (): Registries => registries,

  /** What verification needs: reading only. */
  verifier: (options: Pick<ComposeOptions, 'home' | 'env'>): Verifier => ({
    reader: createNodeStore().read,
    home: homeOf(options),
  }),

  async core(options: ComposeOptions): Promise<Composition> {
    const store = createNodeStore();
    const locks = createLocks();
    const home = await openHome(store, homeOf(options), { throwAway: options.throwAway });
    const documents = createDocuments(store, locks);
    const records = {
      connections: documents.document({
        path: home.paths.connections,
        schema: z.record(z.string(), connectionRecord),
        initial: {},
      }),
      targets: documents.document({
        path: home.paths.targets,
        schema: z.record(z.string(), targetRecord),
        initial: {},
      }),
      keys: documents.document({ path: home.paths.keys, schema: z.record(z.string(), keyRecord), initial: {} }),
    };
    const vault = options.throwAway
      ? new ThrowAwayVault()
      : createVault({
          folder: home.paths.vaultFolder,
          installation: home.installation,
          store,
          locks,
          passphrase: options.passphrase,
          ...(options.passphraseFrom === undefined ? {} : { passphraseFrom: options.passphraseFrom }),
          begun: options.begun ?? null,
          host: options.host,
          allowSession: options.allowSession ?? false,
        });
    const log = createLogger({ store, locks, clock: systemClock, folder: home.paths.logsFolder });
    const app = { version: packageJson.version, build: packageJson.version };
    const core: Core = {
      app,
      home: home.paths,
      installation: home.installation,
      store,
      compressions,
      digester: createFileDigester(),
      locks,
      clock: systemClock,
      host: options.host,
      registries,
      assets,
      userFiles: { home: options.env['HOME'] ?? homedir(), environment: options.env },
      records,
      log,
      vault: () => Promise.resolve(vault),
      agent: agentOf(options.env, process.platform),
      ledger: ledgerOpener(() => openHomeLedger(core)),
      throwAway: home.throwAway,
    };
    await provideSample(core);
    return { core, close: () => log.flush() };
  },

  /** The core with what lives while a window is open. */
  async desk(
    options: ComposeOptions,
    host: DeskHost,
  ): Promise<{ readonly desk: Desk; readonly close: () => Promise<void> }> {
    const { core, close } = await compose.core({ ...options, allowSession: true });
    const documents = createDocuments(core.store, core.locks);
    const settings = documents.document({
      path: core.home.settings,
      schema: settingsSchema,
      initial: INITIAL_SETTINGS,
    });
    const isUsualHome = core.home.root === homeOf({ env: options.env });
    const desk = createDesk({ core, verifier: compose.verifier(options), host, settings, isUsualHome });
    await provideFirstPlan(desk);
    const end = async (): Promise<void> => {
      await endDesk(desk);
      await close();
    };
    return { desk, close: end };
  },
};
