import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import { useEffect, useState, type ReactNode } from 'react';
import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import { SearchIcon } from '../../components/icons.tsx';
import { ConnectionDot } from '../../components/marks.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { OpenVault } from '../../forms/open-vault.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { ConnectionMenu } from './connection-menu.tsx';
import { TableTree } from './table-tree.tsx';

/** The side panel of Explore: which database, and its tables. */
export function ExploreSide(): ReactNode {
  const { data: connections, error } = useAnswer(['connections', 'list'], (core, signal) =>
    core.connections.list(undefined, { signal }),
  );
  const connection = useWorkbench((state) => state.connection);
  const chooseConnection = useWorkbench((state) => state.chooseConnection);
  const followConnection = useWorkbench((state) => state.followConnection);
  const first = connections?.[0]?.name;
  useEffect(() => {
    if (connection === null && first !== undefined) followConnection(first);
  }, [connection, first, followConnection]);
  if (error !== null) return <ErrorState error={error} />;
  if (connections === undefined) return <LoadingState what={text.explore.reading} />;
  const chosen = connections.find(({ name }) => name === connection);
  return (
    <>
      <div className="side-head">
        <ConnectionChoice connections={connections} value={chosen?.name ?? ''} onChange={chooseConnection} />
        {chosen?.production === true ? (
          <span className="tag production" title={text.explore.production}>
            {text.explore.productionShort}
          </span>
        ) : null}
        <ConnectionMenu name={chosen?.name ?? null} />
      </div>
      {chosen === undefined ? null : <FilteredTree key={chosen.name} connection={chosen.name} />}
    </>
  );
}

function ConnectionChoice({
  connections,
  value,
  onChange,
}: {
  readonly connections: readonly ConnectionFacts[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}): ReactNode {
  return (
    <Select
      variant="standard"
      disableUnderline
      fullWidth
      sx={{ minWidth: 0 }}
      value={value}
      inputProps={{ 'aria-label': text.explore.connection }}
      onChange={(event) => onChange(event.target.value)}
      renderValue={(name) => (
        <span className="row strong">
          <ConnectionDot color={connections.find((one) => one.name === name)?.color ?? 'grey'} />
          <span className="ellipsis">{name}</span>
        </span>
      )}
    >
      {connections.map(({ name, color, place }) => (
        <MenuItem key={name} value={name} title={place}>
          <span className="row">
            <ConnectionDot color={color} />
            {name}
          </span>
        </MenuItem>
      ))}
    </Select>
  );
}

function FilteredTree({ connection }: { readonly connection: string }): ReactNode {
  const [filter, setFilter] = useState('');
  const { data, error, refetch } = useAnswer(
    ['catalog', 'summary', connection],
    (core, signal) => core.catalog.summary({ connection }, { signal }),
    { large: true },
  );
  return (
    <>
      <div style={{ padding: 8, flex: 'none' }}>
        <OutlinedInput
          fullWidth
          placeholder={text.explore.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          sx={{ fontSize: 12 }}
          inputProps={{ 'aria-label': text.explore.filter }}
          startAdornment={
            <InputAdornment position="start" sx={{ mr: 0 }}>
              <SearchIcon size={14} />
            </InputAdornment>
          }
        />
      </div>
      {error !== null ? (
        <TreeError error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what={text.explore.reading} />
      ) : (
        <TableTree connection={connection} catalog={data} filter={filter} />
      )}
    </>
  );
}

/** Why there is no tree; where the password is behind a passphrase, it can be given here. */
function TreeError({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): ReactNode {
  return (
    <>
      <ErrorState error={error} onRetry={onRetry} />
      <OpenVault error={error} onOpened={onRetry} />
    </>
  );
}
