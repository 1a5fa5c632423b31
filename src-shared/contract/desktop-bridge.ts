/**
 * What the desktop gives its page through the preload script, and nothing else. `DroppedFile`: the page's own type of a
 * file, which only a page has.
 */
export interface DesktopBridge<DroppedFile> {
  /** Asks the shell for a channel to the core; it arrives as a message with a port. */
  readonly connect: () => void;
  readonly chooseFolder: (title: string, start: string | null) => Promise<string | null>;
  readonly chooseFile: (title: string, extensions: readonly string[]) => Promise<string | null>;
  readonly chooseNewFile: (title: string, start: string) => Promise<string | null>;
  /** The path of a file that was dropped on the page; null where it has none. */
  readonly pathOf: (file: DroppedFile) => string | null;
  /** How far the work under way is, from 0 to 1; null: it cannot be said. */
  readonly setProgress: (value: number | null) => void;
  /** Actions of the native menu, by the id of the command. */
  readonly onCommand: (listener: (id: string) => void) => () => void;
}

/** What the preload script says to the page's window: a port follows, or the core behind the last one is gone. */
export const PORT_MESSAGE = 'waybill:port';
export const CORE_CLOSED_MESSAGE = 'waybill:core-closed';
