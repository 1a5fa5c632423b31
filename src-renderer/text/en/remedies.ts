import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';

/** What to do on screen, where the core names a command for it. */
export const remedies: Readonly<Partial<Record<ErrorCode, string>>> = {
  'CONNECTION/ABSENT': 'Choose another connection, or add it with New connection.',
  'CONNECTION/EXISTS': 'Choose another name, or remove the connection that has it.',
  'CONNECTION/NOT_CONFIRMED': 'Type the name of the connection to say that you mean it.',
  'PLAN/ABSENT': 'Check the path, or make a new plan under Plans.',
  'PLAN/CATALOG_UNACCEPTED': 'Look at the catalog and accept it in the review of the plan.',
  'SOURCE/CATALOG_DRIFT': 'Look at the difference and accept it in the review of the plan.',
  'PLAN/PARAM_UNDECLARED': 'Declare it under params in the plan file.',
  'SOURCE/TLS_REFUSED':
    'Use the host name that the certificate names, give the CA file of its authority, or choose another TLS setting in the connection.',
  'MASK/KEY_MISSING': 'Make it under Settings, Keys, or name another key in the plan.',
  'MASK/KEY_EXISTS': 'Make a key with another name, and name that one in the plan.',
  'SPOOL/DISK_FULL': 'Free some space, or choose another folder.',
  'SPOOL/FOLDER_UNWRITABLE': 'Choose another folder.',
  'SPOOL/EXISTS': 'Choose another folder.',
  'SPOOL/ABSENT': 'Choose another folder.',
  'RUN/ABSENT': 'Choose one of the list under Runs.',
  'TARGET/ABSENT': 'Choose another target, or add one under Targets.',
  'TARGET/EXISTS': 'Choose another name, or remove the target that has it.',
  'TARGET/HOST_KEY_UNKNOWN': 'Compare it with the one its operator gives you another way, then pin it.',
  'TUNNEL/HOST_KEY_UNKNOWN':
    'Compare it with the one its operator gives you another way, then pin it in the connection.',
  'TUNNEL/JUMP_HOST_KEY_UNKNOWN':
    'Compare it with the one its operator gives you another way, then pin it in the connection.',
  'PACKAGE/INCOMPLETE': 'Run the plan again, or say that the incomplete package is to be delivered.',
  'PACKAGE/BROKEN': 'Deliver an intact copy, or run the plan again.',
  'LEDGER/ABSENT': 'The first export makes it.',
  'LEDGER/ENTRY_ABSENT': 'Choose one of the list under Ledger.',
  'VAULT/LOCKED': 'Open the passphrase vault with its passphrase, here or under Settings, Secrets.',
  'VAULT/UNAVAILABLE': 'Choose another place for secrets under Settings, Secrets.',
  'VAULT/SECRET_ABSENT': 'Give it again: edit the connection, or add the target anew.',
};
