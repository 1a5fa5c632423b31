const two = (figure: number): string => String(figure).padStart(2, '0');

/** The day of an instant (ISO 8601), where the person is: `2026-11-25`. */
export function formatDay(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The time of day of an instant, where the person is: `14:01:37`. */
export function formatTimeOfDay(instant: string): string {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
