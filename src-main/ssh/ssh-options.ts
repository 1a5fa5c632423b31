/** Pieces of which the options of whatever logs in over SSH are built. */
import { z } from 'zod';

/** The port that sshd listens on unless told otherwise. */
export const SSH_PORT = 22;

/** A fingerprint as `ssh-keygen -l` prints it. */
export const hostKeyText = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must look like SHA256: and 43 characters, as ssh-keygen -l prints it');
