/** Expressions that are a click away; `slow` is what most would call so. */
export const PRESETS = { fault: "fault", error: "error", throttle: "throttle", slow: "responsetime > 1" } as const;
export type Preset = keyof typeof PRESETS;
