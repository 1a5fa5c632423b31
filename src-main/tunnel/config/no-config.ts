/** As `ssh -F none`: no file is read. */
export const NO_CONFIG = 'none';
