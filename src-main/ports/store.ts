/**
 * Durable files, the only way the core writes to a disk. Files are 0600 and folders 0700 from the open call on, whatever
 * the umask. Paths are absolute. Errors: `SPOOL/DISK_FULL`, `SPOOL/FOLDER_UNWRITABLE`, `SPOOL/EXISTS`, `SPOOL/WRITE_FAILED`.
 */
export interface Store {
  /**
   * Creates a file that must not exist yet. `bulk`: it may become large and is read back once; blocks of 1 MiB and more that
   * lie at a page of memory go past the system's cache where the volume lets them.
   */
  create(path: string, how?: { readonly bulk: boolean }): Promise<FileWriter>;
  /** Opens for appending; creates it when it is missing. `size` of the writer is the size found. */
  openAppend(path: string): Promise<FileWriter>;
  /** Writes a file whole: temporary name, fsync, rename over `path`, fsync of the folder. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  /** Renames to a name that must not exist, never replacing, and makes the name durable. */
  renameNew(from: string, to: string): Promise<void>;
  /** Creates a folder and its missing parents. */
  makeFolder(path: string): Promise<void>;
  /** Removes one file, or one folder that holds nothing; absent is fine. A folder that holds something stays: `SPOOL/EXISTS`. */
  remove(path: string): Promise<void>;
  /** Gives a file or folder exactly these permission bits, whatever the umask; never through a link. Nothing on Windows. */
  widen(path: string, mode: number): Promise<void>;
  read: StoreReader;
}

/** Reading only; never follows a symbolic link in the last component, never opens a device or a pipe. */
export interface StoreReader {
  /** Whole content, or null when there is no such file. Larger than `maxBytes`: an error. */
  file(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Content in blocks of about 1 MiB, from `start` on. */
  blocks(path: string, start?: number): AsyncIterable<Uint8Array>;
  /** Opens a file to be read by places. Blocks as `create` has them come from the disk itself where the volume lets them. */
  open(path: string): Promise<FileReader>;
  /** Names in a folder, sorted; null when there is no such folder. A name that is not UTF-8 is `other`, whatever it names. */
  list(path: string): Promise<readonly StoreEntry[] | null>;
  /** null when nothing is there. */
  stat(path: string): Promise<StoreEntry | null>;
  /** Bytes an ordinary user may still write on the volume of `path`; null when the system does not say. */
  freeBytes(path: string): Promise<number | null>;
}

export interface StoreEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  readonly modifiedMs: number;
}

/** Reads one file wherever it is asked to, whatever becomes of its name. Calls do not overlap: await each. */
export interface FileReader extends AsyncDisposable {
  /** Fills `into` from a place on; fewer bytes than asked for only at the file's end, 0 behind it. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Whether this path names the very file that is open, and not another one. */
  isAt(path: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Sequential writer. Calls do not overlap: await each. A failed write leaves the writer unusable. */
export interface FileWriter extends AsyncDisposable {
  readonly size: number;
  /** Appends all of `bytes`; the buffer may be reused when the promise has resolved. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Has what was written so far put on the disk while more is written, so that the last `sync` is short. Resolves with how
   * many bytes from the beginning are safe; after a failure with 0, and the next call throws it.
   */
  flushEarly(): Promise<number>;
  /** fsync. */
  sync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}
