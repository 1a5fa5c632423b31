// The kernel: rows in one of three wire forms in, delimited text out, masks applied on the way, in one pass. Byte-equal
// with the path through cells: test/unit/engine/kernels proves it on generated rows.
export { transform } from './copy-text';
export { transformBinary } from './copy-binary';
export { setRowHead, transformCounted } from './counted-text';
export { malformed, rows, used } from './progress';
export { setColumns, setQuoting, setScratch, setSeparators } from './settings';
export { keyQueue } from './tokens';
