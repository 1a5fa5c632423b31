export { cancelled } from '../engine/run/cancelled.ts';
