/**
 * A folder at a target, as a plan may name it. Written so that no part of it climbs out of the target's root: no leading
 * slash, no `.` or `..` part.
 */
export const DELIVERY_PATH = /^(?:(?!\.{1,2}(?:\/|$))[^/\\\p{Cc}]+(?:\/|$))*$/u;
