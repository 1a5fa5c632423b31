const PREBUILDS = /(?:^|\/)prebuilds\/([^/]+)/;
/** Native parts beside each other, told apart by their names: `oracledb-26.0.0-linux-x64.node`. */
const NATIVE = /-((?:linux|darwin|win32)-(?:x64|arm64))\.node$/;

/** What a package brings for those who develop, test or compile it; beside it, the words of its licence. */
const NOT_TO_RUN = [
  /(?:^|\/)(?:tests?|__tests__|spec|examples?|benchmarks?|docs?|typings|\.github)(?:\/|$)/,
  /\.(?:map|ts|mts|cts|tsx|flow|md|markdown|c|cc|cpp|h|hpp|gyp|gypi|patch|yml|yaml)$/i,
  /(?:^|\/)(?:script|util)\/[^/]*$/,
  /\.node-buildinfo\.txt$|^package\//,
  /(?:^|\/)install\.js$/,
];
const LICENCE = /(?:^|\/)(?:licen[cs]e|copying|notice|authors)[^/]*$/i;

export const isLicence = (path) => LICENCE.test(path);

/**
 * Whether a file of an installed package goes into ours. `path`: below the package's folder; `target`: `linux-x64` and the
 * like, whose native parts stay while every other platform's go.
 */
export function isPackaged(path, target) {
  if (LICENCE.test(path)) return true;
  const prebuilt = PREBUILDS.exec(path)?.[1];
  if (prebuilt !== undefined) return prebuilt === target;
  const native = NATIVE.exec(path)?.[1];
  if (native !== undefined) return native === target;
  return !NOT_TO_RUN.some((pattern) => pattern.test(path));
}
