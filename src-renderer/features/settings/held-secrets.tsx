import type { ReactNode } from 'react';
import type { HeldSecretFacts } from '../../../src-shared/contract/secrets.ts';
import { counted } from '../../../src-shared/util/format-number.ts';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { EmptyState } from '../../components/states.tsx';
import { text } from '../../text/text.ts';

const { secrets: words } = text;
const OWN = 'connection:';

/** Which secrets there are and where each is; never what they are. */
export function HeldSecrets({ held }: { readonly held: readonly HeldSecretFacts[] }): ReactNode {
  if (held.length === 0) return <EmptyState title={words.nothingStored}>{words.nothingStoredHint}</EmptyState>;
  return (
    <>
      <SectionHead title={words.stored}>
        <span className="second figures">{counted(held.length, 'secret')}</span>
        <span className="faint ellipsis">{words.storedNever}</span>
      </SectionHead>
      <table className="plain" aria-label={words.stored}>
        <thead>
          <tr>
            <th scope="col">{words.belongsTo}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col">{words.whereHead}</th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ kind, name, backend, here }) => (
            <tr key={`${kind}/${name}`}>
              <td className="medium">
                <MiddleEllipsis text={ownerOf(name)} />
              </td>
              <td className="second">{words.kinds[kind]}</td>
              <td className={here ? '' : 'faint'}>{here ? words.brief[backend] : words.gone}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function ownerOf(name: string): string {
  return name.startsWith(OWN) ? words.ofConnection(name.slice(OWN.length)) : name;
}
