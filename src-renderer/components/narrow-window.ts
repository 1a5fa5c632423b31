/** Here a grid beside the side panel has no room for all of its columns. */
export const NARROW_WINDOW = '(max-width: 1150px)';
