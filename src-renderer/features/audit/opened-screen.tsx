import { useState, type ReactNode } from 'react';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { firstBadEntry, type Finding } from '../../components/evidence/broken-words.ts';
import { FindingsTable } from '../../components/evidence/findings-table.tsx';
import { AuditedEntries } from './audited-entries.tsx';
import { AuditedPackage } from './audited-package.tsx';

/** Findings over what was opened: entries of a ledger, or tables of a package. A finding shows what it speaks of. */
export function OpenedScreen({ opened }: { readonly opened: AuditOpened }): ReactNode {
  const [chosen, setChosen] = useState<number | null>(firstBadEntry(opened.result));
  const [file, setFile] = useState<string | null>(null);
  const choose = ({ seq, path }: Finding): void => {
    if (seq !== undefined) setChosen(seq);
    if (path !== undefined) setFile(path);
  };
  const isPackage = opened.result.kind === 'package';
  const isChosen = ({ seq, path }: Finding): boolean =>
    isPackage ? path !== undefined && path === file : seq !== undefined && seq === chosen;
  return (
    <>
      <FindingsTable findings={opened.result.findings} chosen={isChosen} onChoose={choose} />
      {isPackage ? (
        <AuditedPackage opened={opened} file={file} />
      ) : (
        <AuditedEntries opened={opened} chosen={chosen} onChoose={setChosen} />
      )}
    </>
  );
}
