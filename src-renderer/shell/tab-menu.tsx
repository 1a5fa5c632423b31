import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState, type ReactNode } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { DownIcon } from '../components/icons.tsx';
import { MiddleEllipsis } from '../components/middle-ellipsis.tsx';
import { tabKey, useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { TabIcon } from './tab-list.tsx';

/** All open tabs by their whole names: for those that have no room in the strip. */
export function TabMenu(): ReactNode {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { tabs, active, showTab } = useWorkbench(
    useShallow(({ tabs, active, showTab }) => ({ tabs, active, showTab })),
  );
  return (
    <>
      <IconButton
        aria-label={text.shell.allTabs}
        title={text.shell.allTabs}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ alignSelf: 'center', marginLeft: '4px' }}
      >
        <DownIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {tabs.map((tab) => (
          <MenuItem
            key={tabKey(tab)}
            selected={tabKey(tab) === active}
            onClick={() => {
              setAnchor(null);
              showTab(tabKey(tab));
            }}
            sx={{ gap: '8px', maxWidth: 480 }}
          >
            <TabIcon kind={tab.kind} />
            <MiddleEllipsis text={tab.title} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
