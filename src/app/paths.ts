/** Addresses inside the page. Names are encoded: a log group's own slashes are not the router's. */
export const alarmPath = (name: string): string => `/alarms/${encodeURIComponent(name)}`;
export const NEW_ALARM_PATH = "/alarms/new";
export const logGroupPath = (name: string): string => `/logs/${encodeURIComponent(name)}`;
export const newFilterPath = (group: string): string => `/logs/${encodeURIComponent(group)}/filters/new`;

/** A route parameter as it was before it was encoded; undefined when there is none or it is not an encoding. */
export function decodedParam(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
