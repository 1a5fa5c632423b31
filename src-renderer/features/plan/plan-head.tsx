import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { MoreIcon } from '../../components/icons.tsx';
import { ConnectionDot, KeyHint } from '../../components/marks.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { printedKeys } from '../../state/commands.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { CommitField } from './commit-field.tsx';
import type { PlanStore } from './plan-document.ts';
import type { PlanEditorState } from './plan-editor.ts';
import { SavePlanAs } from './path-dialog.tsx';

interface HeadProps {
  readonly store: PlanStore;
  readonly editor: PlanEditorState | null;
  readonly fileShown: boolean;
  readonly onToggleFile: () => void;
  /** null: it is in front. */
  readonly onReview: (() => void) | null;
}

/** Name, connection and purpose of a plan, and the way to its review. */
export function PlanHead({ store, editor, fileShown, onToggleFile, onReview }: HeadProps): ReactNode {
  const { state } = useStore(store);
  const purpose = editor?.plan.purpose ?? '';
  return (
    <div className="plan-head">
      {editor === null ? (
        <h1 className="plan-title ellipsis">{state?.name}</h1>
      ) : (
        <>
          <NameField editor={editor} />
          <ConnectionChip editor={editor} />
          <CommitField
            value={purpose}
            onCommit={(typed) => editor.edit({ kind: 'purpose', purpose: typed })}
            className="plan-purpose"
            error={purpose.trim() === ''}
            inputProps={{ 'aria-label': text.plan.purpose, maxLength: 2000, title: purpose }}
            startAdornment={
              <InputAdornment position="start" sx={{ mr: 0 }}>
                <span className="small faint">{text.plan.purpose}</span>
              </InputAdornment>
            }
          />
          <span className={purpose.trim() === '' ? 'small tone-bad purpose-hint' : 'small faint purpose-hint'}>
            {purpose.trim() === '' ? text.plan.purposeMissing : text.plan.purposeHint}
          </span>
        </>
      )}
      <span className="push row">
        <MoreMenu store={store} fileShown={fileShown} onToggleFile={onToggleFile} />
        {onReview === null ? null : (
          <Button variant="contained" onClick={onReview} disabled={editor === null}>
            {text.plan.review}
            <KeyHint>{printedKeys('mod+enter')}</KeyHint>
          </Button>
        )}
      </span>
    </div>
  );
}

function NameField({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { name } = editor.plan;
  return (
    <h1 className="plan-title">
      <CommitField
        value={name}
        pauseMs={1200}
        onCommit={(typed) => editor.edit({ kind: 'name', name: typed })}
        inputProps={{ 'aria-label': text.plan.name, title: name, size: Math.min(Math.max(name.length, 4), 28) }}
      />
    </h1>
  );
}

function ConnectionChip({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const { data: connections = [] } = useAnswer(['connections', 'list'], (core, signal) =>
    core.connections.list(undefined, { signal }),
  );
  const { connection } = editor.plan;
  const color = (name: string) => connections.find((one) => one.name === name)?.color ?? 'grey';
  const names = connections.some(({ name }) => name === connection)
    ? connections.map(({ name }) => name)
    : [connection, ...connections.map(({ name }) => name)];
  return (
    <Select
      value={connection}
      className="connection-chip"
      inputProps={{ 'aria-label': text.plan.connection }}
      onChange={({ target }) => {
        editor.edit({ kind: 'connection', connection: target.value });
        useWorkbench.getState().chooseConnection(target.value);
      }}
      renderValue={(name) => (
        <span className="row medium" style={{ gap: 6 }}>
          <ConnectionDot color={color(name)} />
          <span className="ellipsis">{name}</span>
        </span>
      )}
    >
      {names.map((name) => (
        <MenuItem key={name} value={name}>
          <span className="row">
            <ConnectionDot color={color(name)} />
            {name}
          </span>
        </MenuItem>
      ))}
    </Select>
  );
}

function MoreMenu({
  store,
  fileShown,
  onToggleFile,
}: Pick<HeadProps, 'store' | 'fileShown' | 'onToggleFile'>): ReactNode {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [saving, setSaving] = useState(false);
  const { undo, redo, undoLast, redoLast, state } = useStore(store);
  const then = (work: () => void) => () => {
    setAnchor(null);
    work();
  };
  return (
    <>
      <IconButton
        aria-label={text.plan.more}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem disabled={undo.length === 0} onClick={then(undoLast)}>
          <span className="grow">{text.plan.undo}</span>
          <KeyHint>{printedKeys('mod+z')}</KeyHint>
        </MenuItem>
        <MenuItem disabled={redo.length === 0} onClick={then(redoLast)}>
          <span className="grow">{text.plan.redo}</span>
          <KeyHint>{printedKeys('mod+shift+z')}</KeyHint>
        </MenuItem>
        <MenuItem onClick={then(onToggleFile)}>{fileShown ? text.plan.hideFile : text.plan.viewFile}</MenuItem>
        <MenuItem onClick={then(() => setSaving(true))}>{text.plan.saveAs}</MenuItem>
      </Menu>
      {saving && state !== null ? <SavePlanAs path={state.path} onClose={() => setSaving(false)} /> : null}
    </>
  );
}
