import { boot } from './boot.ts';

// The desktop's main process. It draws nothing and reads no data: it opens a window, keeps it locked, and starts the core.
boot();
