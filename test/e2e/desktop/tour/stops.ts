import type { Page } from 'playwright';
import type { TourHome } from './home.ts';

/** A screen to be looked at, and how to get there from the one before. */
export interface Stop {
  readonly name: string;
  readonly go: (page: Page, home: TourHome) => Promise<void>;
}

const section = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true }).click();
const step = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click();
const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};
const settingsPage = (name: string): Stop => ({
  name: `settings-${name.toLowerCase().replace(' ', '-')}`,
  async go(page) {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  },
});

const AUDIT: readonly Stop[] = [
  {
    name: 'audit-empty',
    async go(page) {
      await section(page, 'Audit');
      await page.getByRole('textbox', { name: 'Folder' }).waitFor();
    },
  },
  {
    name: 'audit-package',
    async go(page, home) {
      await page.getByRole('textbox', { name: 'Folder' }).fill(home.package);
      await page.keyboard.press('Enter');
      await page.getByRole('grid', { name: 'Tables' }).getByText('main.customers').waitFor();
    },
  },
  {
    name: 'audit-bundle',
    async go(page, home) {
      await section(page, 'Audit');
      await page.getByRole('textbox', { name: 'Folder' }).fill(home.bundle);
      await page.keyboard.press('Enter');
      await page.getByRole('grid', { name: 'Entries, newest first' }).waitFor();
    },
  },
];

const RUNS: readonly Stop[] = [
  {
    name: 'run-finished',
    async go(page) {
      await section(page, 'Runs');
      await page.getByRole('option', { name: /crm-migration/ }).click();
      await page.getByRole('heading', { name: /Complete — 2 of 2/ }).waitFor();
    },
  },
  {
    name: 'run-failed',
    async go(page) {
      await page.getByRole('option', { name: /nightly-delta/ }).click();
      await page
        .getByRole('heading', { name: /1 of|2 of/ })
        .first()
        .waitFor();
    },
  },
];

const HISTORY: readonly Stop[] = [
  {
    name: 'run-history',
    async go(page) {
      await page.getByRole('button', { name: 'History of a plan' }).click();
      await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).waitFor();
      await page.getByRole('img', { name: /^Duration over time/ }).waitFor();
    },
  },
];

const PLAN: readonly Stop[] = [
  {
    name: 'plan-tables',
    async go(page) {
      await section(page, 'Explore');
      await page.getByRole('tab', { name: 'first-export' }).click();
      await page.getByRole('grid', { name: 'Tables in this plan' }).getByText('order_lines').waitFor();
    },
  },
  {
    name: 'plan-columns',
    async go(page) {
      await step(page, 'Columns and filters');
      await page.getByRole('treeitem', { name: /^orders/ }).click();
      await page
        .getByRole('grid', { name: /^Preview main.orders/ })
        .getByRole('row')
        .nth(2)
        .waitFor();
    },
  },
  {
    name: 'plan-masking',
    async go(page) {
      await step(page, 'Masking');
      await page.getByRole('row', { name: /customers\.\s*full_name/ }).click();
      await page
        .getByRole('grid', { name: /^main\.customers/ })
        .getByText('REDACTED')
        .first()
        .waitFor();
    },
  },
  {
    name: 'plan-format',
    async go(page) {
      await step(page, 'Format');
      await page.getByText('customer_no').first().waitFor();
    },
  },
  {
    name: 'plan-package',
    async go(page) {
      await step(page, 'Package');
      await page.getByText('datapackage.json').first().waitFor();
    },
  },
  {
    name: 'plan-deliver',
    async go(page) {
      await step(page, 'Deliver');
      await page.getByText('partner-inbox').first().waitFor();
    },
  },
  {
    name: 'target-dialog',
    async go(page) {
      await page.getByRole('button', { name: 'Add a target…' }).click();
      await page.getByRole('dialog', { name: 'Add a target' }).waitFor();
    },
  },
  {
    name: 'plan-limits',
    async go(page) {
      await closeDialog(page);
      await step(page, 'Limits');
      await page.getByText('What the server notices').waitFor();
    },
  },
  {
    name: 'plan-review',
    async go(page) {
      await step(page, 'Review');
      await page.getByText('Accept, and record it').first().waitFor();
    },
  },
];

const CONNECTIONS: readonly Stop[] = [
  {
    name: 'connection-dialog',
    async go(page) {
      await page.keyboard.press('Alt+n');
      await page.getByRole('dialog', { name: 'New connection' }).waitFor();
    },
  },
  {
    name: 'command-palette',
    async go(page) {
      await closeDialog(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or run an action' }).waitFor();
    },
  },
  {
    name: 'explorer',
    async go(page) {
      await closeDialog(page);
      await page.getByRole('complementary').getByRole('combobox', { name: 'Connection' }).click();
      await page.getByRole('option', { name: 'shop-prod' }).click();
      await page.getByRole('treeitem', { name: /customer_contact/ }).waitFor();
    },
  },
  {
    name: 'table',
    async go(page) {
      await page.getByRole('treeitem', { name: /customer_contact/ }).click();
      await page
        .getByRole('grid', { name: /^Columns / })
        .getByText('note', { exact: true })
        .waitFor();
    },
  },
];

const REST: readonly Stop[] = [
  {
    name: 'targets',
    async go(page) {
      await section(page, 'Targets');
      await page.getByText('partner-inbox').first().waitFor();
    },
  },
  {
    name: 'ledger',
    async go(page) {
      await section(page, 'Ledger');
      await page.getByRole('grid', { name: 'Entries, newest first' }).getByText('export.completed').first().click();
      await page.getByRole('heading', { name: /^Entry \d/ }).waitFor();
    },
  },
  {
    name: 'settings-secrets',
    async go(page) {
      await section(page, 'Settings');
      await page.getByText('Write a random value').first().waitFor();
    },
  },
  ...['Keys', 'Appearance', 'Limits', 'Data folder', 'About'].map(settingsPage),
];

/** The last one but for its pause, since it keeps the machine busy. */
const RUNNING: Stop = {
  name: 'run-running',
  async go(page, home) {
    await section(page, 'Runs');
    await home.startLong();
    await page.getByRole('option', { name: /year-end/ }).click();
    await page.getByRole('grid', { name: 'Tables' }).getByText('ledger_lines').waitFor();
  },
};

const PAUSED: Stop = {
  name: 'run-paused',
  async go(page) {
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Paused since' }).waitFor();
  },
};

/** Every screen, in an order in which one leads to the next. */
export const STOPS: readonly Stop[] = [
  ...PLAN,
  ...CONNECTIONS,
  ...RUNS,
  ...HISTORY,
  ...REST,
  ...AUDIT,
  RUNNING,
  PAUSED,
];
