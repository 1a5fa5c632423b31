import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useEffect, useState, type ReactNode } from 'react';
import { text } from '../text/text.ts';

/** Says that the core is gone, over everything: nothing that is shown can be trusted to be current any more. */
export function LostCore({ closed }: { readonly closed: Promise<void> }): ReactNode {
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let isHere = true;
    void closed.then(() => isHere && setLost(true));
    return () => {
      isHere = false;
    };
  }, [closed]);
  return (
    <Dialog open={lost} aria-labelledby="lost-title" role="alertdialog">
      <div className="state-panel">
        <h2 id="lost-title" style={{ fontSize: 15 }}>
          {text.shell.lost.title}
        </h2>
        <span>{text.shell.lost.remedy}</span>
        {window.waybillDesktop === undefined ? null : (
          <Button variant="contained" onClick={() => location.reload()}>
            {text.shell.lost.restart}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
