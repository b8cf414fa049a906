/** Expressions that are a click away: of the whole trace, but throttling of any service in it; `slow` is what most would call so. */
export const PRESETS = { fault: "fault", error: "error", throttle: "service() { throttle }", slow: "responsetime > 1" } as const;
export type Preset = keyof typeof PRESETS;
