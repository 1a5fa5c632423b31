import { useState, type ReactNode } from 'react';
import type { SecretsStatus } from '../../../src-shared/contract/secrets.ts';
import { InfoIcon } from '../../components/icons.tsx';
import { Tick } from '../../components/marks.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { PlaceQuestion } from '../../forms/place-question.tsx';
import { passphraseWish, type Place } from '../../forms/secret-places.ts';
import { text } from '../../text/text.ts';

const { secrets: words } = text;

/** Another place for secrets: what it means, what it needs, and whether what is stored elsewhere moves there. */
export function ChangePlace({ status }: { readonly status: SecretsStatus }): ReactNode {
  const [move, setMove] = useState(true);
  return (
    <PlaceQuestion
      status={status}
      need="any"
      isMoving={(place) => move && movable(status, place) > 0}
      head={<SectionHead title={words.where} />}
      foot={(place, submit) => (
        <>
          {isChange(status, place) ? (
            <div className="column" style={{ padding: 12, gap: 8 }}>
              {movable(status, place) > 0 ? (
                <label className="row">
                  <Tick value={move} label={words.move} onChange={setMove} />
                  <span>{words.move}</span>
                  <span className="push small second figures">{movable(status, place)}</span>
                </label>
              ) : null}
              {submit}
            </div>
          ) : null}
          <div className="row small second" style={{ padding: 12, alignItems: 'flex-start' }}>
            <InfoIcon size={14} className="faint" />
            <span>{words.moveHint}</span>
          </div>
        </>
      )}
    />
  );
}

/** How many secrets can go to this place from others. */
function movable({ held }: SecretsStatus, place: Place): number {
  if (place === 'session') return 0;
  return held.filter(({ backend, here }) => here && backend !== place && backend !== 'session').length;
}

function isChange(status: SecretsStatus, place: Place): boolean {
  const opens = place === 'passphrase' && passphraseWish(status) !== null;
  return place !== status.chosen || opens || movable(status, place) > 0;
}
