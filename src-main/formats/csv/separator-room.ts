/** Free bytes every cell leaves behind it, for what stands between cells: separators of up to 8 characters and quotes. */
export const SEPARATOR_ROOM = 96;
