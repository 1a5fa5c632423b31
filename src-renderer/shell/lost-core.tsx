import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useEffect, useState, type ReactNode } from 'react';
import type { ChannelEnd } from '../rpc/channel-error.ts';
import { text } from '../text/text.ts';

/** Says that the core, or the way to it, is gone, over everything: nothing that is shown can be trusted to be current any more. */
export function LostCore({ closed }: { readonly closed: Promise<ChannelEnd> }): ReactNode {
  const [lost, setLost] = useState<ChannelEnd | null>(null);
  useEffect(() => {
    let isHere = true;
    void closed.then((end) => isHere && setLost(end));
    return () => {
      isHere = false;
    };
  }, [closed]);
  const words = lost === 'channel' ? text.shell.cutOff : text.shell.lost;
  return (
    <Dialog open={lost !== null} aria-labelledby="lost-title" role="alertdialog">
      <div className="state-panel">
        <h2 id="lost-title" style={{ fontSize: 15 }}>
          {words.title}
        </h2>
        <span>{words.remedy}</span>
        {window.waybillDesktop === undefined && lost !== 'channel' ? null : (
          <Button variant="contained" onClick={() => location.reload()}>
            {words.restart}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
