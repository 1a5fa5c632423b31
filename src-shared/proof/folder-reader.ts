/** What a listing says of one thing in a folder. */
export interface FolderEntry {
  /** Relative to the folder, `/` between its parts. UNTRUSTED: may be anything a file system, or an archive, can name. */
  readonly path: string;
  /** Of the thing itself: a link is a link, whatever it points to. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes of a file; 0 of anything else. */
  readonly size: number;
}

/**
 * A folder that somebody hands over: on disk, or chosen in a page. Implementations follow no link while listing or opening,
 * open nothing but plain files, write nothing, and pass over what disappears between reading a folder and asking for a name.
 */
export interface FolderReader {
  /** Everything below the folder, at any depth, in any order. */
  list(): AsyncIterable<FolderEntry>;
  /** The bytes of a file that the listing called a `file`. Leaving the iteration early closes the file. */
  open(path: string): AsyncIterable<Uint8Array>;
}
