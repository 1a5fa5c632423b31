import { connectors } from '../../../src-main/connectors/registry.ts';
import type { Connector } from '../../../src-main/ports/connector.ts';
import { mysqlRig } from './mysql-rig.ts';
import { oracleRig } from './oracle-rig.ts';
import { postgresRig } from './postgres-rig.ts';
import type { ConnectorRig } from './rig.ts';
import { sqliteRig } from './sqlite-rig.ts';
import { sqlserverRig } from './sqlserver-rig.ts';

/** A rig for every entry of the registry. */
export const RIGS: Readonly<Record<string, ConnectorRig>> = {
  postgres: postgresRig,
  mysql: mysqlRig,
  sqlserver: sqlserverRig,
  oracle: oracleRig,
  sqlite: sqliteRig,
};

/** What a contract suite runs over; a connector without a rig fails it. */
export const RIGGED: readonly { connector: Connector; rig: ConnectorRig; title: string }[] = connectors.map(
  (connector) => {
    const rig = RIGS[connector.id];
    if (rig === undefined) throw new Error(`there is no rig for the connector ${connector.id}`);
    return { connector, rig, title: `${connector.id} on ${rig.standIn ?? rig.product}` };
  },
);
