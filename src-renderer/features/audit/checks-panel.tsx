import type { ReactNode } from 'react';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { BadIcon, OkIcon, PendingIcon, WarnIcon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';
import { checksOf, type Check } from './checks-of.ts';
import { KeyCompare } from './key-compare.tsx';
import './audit.css';

const words = text.audit;
const MARKS = {
  ok: <OkIcon size={14} className="tone-ok" />,
  open: <WarnIcon size={14} className="tone-warn" />,
  bad: <BadIcon size={14} className="tone-bad" />,
  unreached: <PendingIcon size={14} className="faint" />,
} as const;

/** What was checked, with how it came out, and the key to compare. */
export function ChecksPanel({ opened }: { readonly opened: AuditOpened }): ReactNode {
  return (
    <div className="scroll grow">
      <table className="plain checks" aria-label={words.checks}>
        <tbody>
          {checksOf(opened.result).map((check) => (
            <tr key={check.id}>
              <th scope="row">
                <span className="status">
                  {MARKS[check.state]}
                  {words.check[check.id]}
                </span>
              </th>
              <td className="second figures">{saidOf(check, opened)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <KeyCompare opened={opened} />
      <Story story={opened.story} />
    </div>
  );
}

/** How a package was read: said only where there is something to say. */
function Story({ story }: Pick<AuditOpened, 'story'>): ReactNode {
  if (story.length === 0) return null;
  return (
    <section className="audit-story" aria-label={words.story}>
      <span className="label">{words.story}</span>
      <dl>
        {story.map(({ about, text: sentence }) => (
          <div key={about}>
            <dt>{about}</dt>
            <dd className="second">{sentence}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function saidOf({ id, state }: Check, { result }: AuditOpened): string {
  if (state !== 'open') return words.state[state];
  if (id === 'key') return words.state.keyOpen;
  return result.anchored === undefined
    ? words.state.anchorOpen
    : words.state.anchorBehind(formatCount(result.anchored));
}
