import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { MoreIcon } from '../../components/icons.tsx';
import { useCore } from '../../rpc/core-context.tsx';
import { runCommand, useOffer } from '../../state/commands.ts';
import { showError } from '../../state/notices.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';

interface Action {
  readonly id: string;
  readonly title: string;
  readonly run: () => void;
  /** A line stands above it. */
  readonly apart?: boolean;
}

/** What can be done with the connection shown, and a new one; the palette has the same. */
export function ConnectionMenu({ name }: { readonly name: string | null }): ReactNode {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const actions = useActions(name);
  useOffer(actions);
  const openDialog = useWorkbench((state) => state.openDialog);
  const add = (): void => openDialog({ kind: 'connection', name: null });
  const pick = (run: () => void): void => {
    setAnchor(null);
    run();
  };
  return (
    <>
      <IconButton
        aria-label={text.connections.menu}
        title={text.connections.menu}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => pick(() => runCommand('plan-new'))}>{text.plan.list.new}</MenuItem>
        <MenuItem onClick={() => pick(add)}>{text.connections.connect}</MenuItem>
        {actions.flatMap(({ id, title, run, apart }) => [
          apart === true ? <Divider key={`${id}-line`} component="li" /> : null,
          <MenuItem key={id} onClick={() => pick(run)}>
            {title}
          </MenuItem>,
        ])}
      </Menu>
    </>
  );
}

function useActions(name: string | null): readonly Action[] {
  const core = useCore();
  const client = useQueryClient();
  const openDialog = useWorkbench((state) => state.openDialog);
  return useMemo(() => {
    if (name === null) return [];
    const readAnew = async (): Promise<void> => {
      const fresh = await core.catalog.summary({ connection: name, refresh: true });
      client.setQueryData(['catalog', 'summary', name], fresh);
      await client.invalidateQueries({ queryKey: ['catalog', 'table', name] });
    };
    return [
      { id: 'catalog-refresh', title: text.explore.refresh, run: () => void readAnew().catch(showError), apart: true },
      {
        id: 'connection-edit',
        title: text.connections.editOrTest,
        run: () => openDialog({ kind: 'connection', name }),
      },
      {
        id: 'connection-remove',
        title: text.connections.remove,
        run: () => openDialog({ kind: 'remove-connection', name }),
        apart: true,
      },
    ];
  }, [name, core, client, openDialog]);
}
