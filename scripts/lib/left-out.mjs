// Stands in a bundle for a package that nothing of ours ever reaches.
export const isLeftOut = true;
