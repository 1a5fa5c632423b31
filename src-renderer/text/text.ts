import { audit } from './en/audit.ts';
import { connections } from './en/connections.ts';
import { everywhere } from './en/everywhere.ts';
import { evidence } from './en/evidence.ts';
import { explore } from './en/explore.ts';
import { files } from './en/files.ts';
import { forms } from './en/forms.ts';
import { history } from './en/history.ts';
import { ledger } from './en/ledger.ts';
import { plan } from './en/plan.ts';
import { planDeliver } from './en/plan-deliver.ts';
import { planFormat } from './en/plan-format.ts';
import { planKeys } from './en/plan-keys.ts';
import { planLimits } from './en/plan-limits.ts';
import { planPackage } from './en/plan-package.ts';
import { planReview } from './en/plan-review.ts';
import { runs } from './en/runs.ts';
import { secrets } from './en/secrets.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { targets } from './en/targets.ts';

/**
 * Every sentence a person can see, by screen. One language now; another one is a second set of the same shape, chosen
 * here. Short sentences, no exclamation marks, the terms of the glossary.
 */
export const text = {
  audit,
  connections,
  everywhere,
  evidence,
  explore,
  files,
  forms,
  history,
  ledger,
  plan,
  planDeliver,
  planFormat,
  planKeys,
  planLimits,
  planPackage,
  planReview,
  runs,
  secrets,
  settings,
  shell,
  targets,
} as const;
