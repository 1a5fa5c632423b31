import Dialog from '@mui/material/Dialog';
import type { ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { DialogFoot } from '../components/dialog-foot.tsx';
import { text } from '../text/text.ts';
import { PlaceQuestion } from './place-question.tsx';
import type { Place, SecretNeed } from './secret-places.ts';

/** One calm question: where secrets live, and what each answer means. */
export function SecretsGateDialog({
  status,
  need,
  wanted,
  onDone,
}: {
  readonly status: SecretsStatus;
  readonly need: SecretNeed;
  /** The place that is needed; null: any. */
  readonly wanted: Place | null;
  readonly onDone: (place: Place | null) => void;
}): ReactNode {
  return (
    <Dialog
      open
      onClose={() => onDone(null)}
      aria-labelledby="secrets-gate-title"
      slotProps={{ paper: { sx: { width: 560, maxWidth: 'calc(100vw - 48px)', background: 'var(--editor)' } } }}
    >
      <PlaceQuestion
        status={status}
        need={need}
        wanted={wanted}
        className="secrets-gate"
        head={<Question why={whyAsked(status, need, wanted)} />}
        foot={(_place, submit) => <DialogFoot onCancel={() => onDone(null)}>{submit}</DialogFoot>}
        onDone={onDone}
      />
    </Dialog>
  );
}

function Question({ why }: { readonly why: string }): ReactNode {
  return (
    <>
      <div className="dialog-head">
        <h2 id="secrets-gate-title">{text.secrets.gateTitle}</h2>
      </div>
      <p className="second" style={{ padding: '12px 16px' }}>
        {why}
      </p>
    </>
  );
}

function whyAsked(status: SecretsStatus, need: SecretNeed, wanted: Place | null): string {
  const { gateWhy } = text.secrets;
  const place = wanted ?? status.chosen;
  if (place === 'passphrase') return status.passphraseVault === 'absent' ? gateWhy.make : gateWhy.locked;
  if (place === 'keychain') return gateWhy.keychain;
  return need === 'durable' ? gateWhy.durable : gateWhy.any;
}
