/** How the files of a package are compressed; `none`: they are not. */
export const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const;

export type CompressionId = (typeof COMPRESSIONS)[number];

/** What the name of a compressed file ends with, as the programs that unpack it expect. */
export const COMPRESSION_SUFFIX: Readonly<Record<CompressionId, string>> = { none: '', gzip: '.gz', zstd: '.zst' };

/** The command that unpacks files beside themselves and keeps what they were. */
export const UNPACK_COMMAND: Readonly<Record<Exclude<CompressionId, 'none'>, string>> = {
  gzip: 'gzip -dk data/*.gz',
  zstd: 'zstd -d data/*.zst',
};
