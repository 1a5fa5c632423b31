import type { CompressionId } from '../../src-shared/model/compression.ts';
import type { Clock } from '../ports/clock.ts';
import type { Compression } from '../ports/compression.ts';
import type { FileDigester } from '../ports/digest.ts';
import type { Connector, UserFiles } from '../ports/connector.ts';
import type { Format, FormatContext } from '../ports/format.ts';
import type { HostCapabilities } from '../ports/host.ts';
import type { FusedKernel } from '../ports/kernel.ts';
import type { LedgerWriter } from '../ports/ledger.ts';
import type { MigrationTarget } from '../ports/migration.ts';
import type { Locks } from '../ports/lock.ts';
import type { Mask } from '../ports/mask.ts';
import type { Store } from '../ports/store.ts';
import type { Target } from '../ports/target.ts';
import type { TunnelKind } from '../ports/tunnel.ts';
import type { Logger } from '../store/logger.ts';
import type { HomePaths } from '../store/home-paths.ts';
import type { HomeVault } from '../vault/home-vault.ts';
import type { Records } from './records.ts';

/** Every adapter by its id. */
export interface Registries {
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Loads the driver of a connector that has a large one; absent: nothing is begun early. */
  readonly drivers?: ReadonlyMap<string, () => Promise<unknown>>;
  readonly formats: ReadonlyMap<string, Format>;
  readonly masks: ReadonlyMap<string, Mask>;
  readonly targets: ReadonlyMap<string, Target>;
  /** How a connection is led through another server. */
  readonly tunnel: TunnelKind;
  /** Products that a package can be written for, whether or not they can be read. */
  readonly migrationTargets: ReadonlyMap<string, MigrationTarget>;
  readonly kernels: readonly FusedKernel[];
  readonly formatContext: FormatContext;
}

/** The version of Waybill, for entries and `--version`. */
export interface AppIdentity {
  readonly version: string;
  readonly build: string;
}

/** Absolute paths of what comes with the program. */
export interface Assets {
  readonly sampleSeed: string;
  readonly samplePlan: string;
  /** The plan that a first start finds half made. */
  readonly firstPlan: string;
}

/** What use cases work with: everything concrete is behind it. Made by compose.ts. */
export interface Core {
  readonly app: AppIdentity;
  readonly home: HomePaths;
  /** UUID of this installation. */
  readonly installation: string;
  readonly store: Store;
  readonly digester: FileDigester;
  readonly compressions: Readonly<Record<Exclude<CompressionId, 'none'>, Compression>>;
  readonly locks: Locks;
  readonly clock: Clock;
  readonly host: HostCapabilities;
  readonly registries: Registries;
  readonly assets: Assets;
  /** Where a product's own client programs keep files of this user. */
  readonly userFiles: UserFiles;
  readonly records: Records;
  readonly log: Logger;
  readonly vault: () => Promise<HomeVault>;
  /** Where an agent listens that holds login keys of the person; null: there is none. */
  readonly agent: string | null;
  /** Opens the home's ledger, creating it at first use; recovers what a crash left. */
  readonly ledger: () => Promise<LedgerWriter>;
  /** A home that exists for one demonstration: nothing in it is evidence. */
  readonly throwAway: boolean;
}
