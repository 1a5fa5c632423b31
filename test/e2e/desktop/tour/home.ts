import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  follow,
  newTestHome,
  reviewed,
  until,
  type TestDesk,
  type TestHome,
} from '../../../integration/desk/runs-rig.ts';

/** A home as somebody has it who has worked with it: connections, plans, runs, targets, a ledger and a bundle of it. */
export interface TourHome extends AsyncDisposable {
  readonly home: TestHome;
  readonly desk: TestDesk;
  /** Folder of a package. */
  readonly package: string;
  /** Folder of an audit bundle. */
  readonly bundle: string;
  /** Starts a run that takes minutes. */
  startLong(): Promise<void>;
}

const LONG_NAME = 'customer_contact_history_of_the_former_regional_sales_organisation_2019_2024';

/** A name from right to left that is too long for the tree. */
export const LEFTWARDS_NAME = 'الطلبات المؤرشفة منذ سنة ألفين';

function makeShop(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table ${LONG_NAME} (id integer primary key, "كود العميل" text, note text);
    insert into ${LONG_NAME} values (1, 'عميل رقم ١', 'two  spaces '), (2, null, '');
    create table exact_figures (id integer primary key, amount numeric, big text);
    insert into exact_figures values (9007199254740993, '12345678901234567890.123456789', 'x');
    create table a (id integer primary key);
    create table "${LEFTWARDS_NAME}" (id integer primary key);
    create view empty_view as select * from a;
    analyze;`);
  database.close();
}

const planOf = (name: string, tables: string): string =>
  `waybill: 1\nname: ${name}\npurpose: "CHG-4711, sample"\nconnection: sample\ntables: [${tables}]\nformat: { type: csv }\n`;
const MASKED = '{ table: main.customers, masks: { email: { mask: redact } } }, { table: main.orders }';
/** SQLite cannot give the absolute value of the least integer. */
const FAILS = '{ query: "select abs(-9223372036854775808) as n", name: bad, columns: { n: { unmasked: ok } } }';
const COUNTS =
  'with recursive c(n) as (values(1) union all select n + 1 from c where n < 2000000000) select n from c where n % 200000 = 0';
const SLOW = `{ query: "${COUNTS}", name: ledger_lines, columns: { n: { unmasked: ok } } }`;

export async function newTourHome(): Promise<TourHome> {
  const home = newTestHome();
  const desk = await home.open();
  const { core } = desk;
  const shop = home.folder.join('shop.db');
  makeShop(shop);
  const connection = { connector: 'sqlite', options: { file: shop } };
  await core.connections.add({ ...connection, name: 'shop-prod', production: true, color: 'red' });
  await core.connections.add({
    ...{
      ...connection,
      name: 'warehouse-of-the-northern-region-read-only-replica',
      production: false,
      color: 'violet',
    },
  });
  const drop = home.folder.join('partner-inbox');
  mkdirSync(drop);
  await core.targets.add({
    ...{ name: 'partner-inbox', type: 'folder', options: { path: drop } },
    ...{ password: null, passphrase: null },
  });
  const run = async (name: string, tables: string): Promise<string | null> => {
    const wish = home.plan(planOf(name, tables), `${name}.plan.yaml`);
    const { run: id } = await core.runs.start(await reviewed(core, wish));
    return (await follow(desk, id)).detail.package;
  };
  await run('nightly-delta', `${MASKED}, ${FAILS}`);
  const made = (await run('crm-migration', MASKED)) ?? '';
  const bundle = join(home.folder.path, 'audit-bundle');
  await core.ledger.bundle({ out: bundle, withoutSql: false });
  await core.keys.add({ name: 'client-a' });
  return {
    ...{ home, desk, package: made, bundle },
    async startLong() {
      const wish = home.plan(planOf('year-end', `${MASKED}, ${SLOW}`), 'year-end.plan.yaml');
      const { run: id } = await core.runs.start(await reviewed(core, wish));
      await until(desk, id, ({ tables }) =>
        tables.some(({ name, state }) => name === 'ledger_lines' && state === 'reading'),
      );
    },
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}
