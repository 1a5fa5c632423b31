import Button from '@mui/material/Button';
import { useState, type ReactNode } from 'react';
import { formatBytes } from '../../../src-shared/util/format-number.ts';
import { copyText } from '../../components/copy-text.ts';
import { CopyIcon, FolderIcon } from '../../components/icons.tsx';
import { useAnswer, useCore, useFacts } from '../../rpc/core-context.tsx';
import { showError } from '../../state/notices.ts';
import { text } from '../../text/text.ts';
import { PageHead } from './page-head.tsx';

const { settings: words } = text;

/** Where this home is. */
export function FolderPage(): ReactNode {
  const core = useCore();
  const { home } = useFacts();
  const [isMissed, setMissed] = useState(false);
  const { data } = useAnswer(['files', 'list', home], (asked, signal) => asked.files.list({ path: home }, { signal }));
  const free = data?.freeBytes ?? null;
  const reveal = async (): Promise<void> => {
    const { shown } = await core.files.reveal({ path: home });
    setMissed(!shown);
  };
  return (
    <>
      <PageHead title={words.pages.folder} what={words.what.folder} />
      <div className="settings-form">
        <dl className="facts">
          <dt>{words.path}</dt>
          <dd className="data">{home}</dd>
          <dt>{words.freeHere}</dt>
          <dd className="figures">{free === null ? '' : formatBytes(free)}</dd>
        </dl>
        <span className="row">
          <Button variant="outlined" onClick={() => void reveal().catch(showError)}>
            <FolderIcon size={14} />
            {words.reveal}
          </Button>
          <Button variant="outlined" onClick={() => copyText(home)}>
            <CopyIcon size={14} />
            {text.everywhere.copy}
          </Button>
          <span className="tone-warn" role="status">
            {isMissed ? words.notShown : ''}
          </span>
        </span>
        <p className="second">{words.folderHint}</p>
      </div>
    </>
  );
}
