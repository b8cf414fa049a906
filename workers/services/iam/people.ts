/** Who a fresh account knows. A module of its own, and small: the door starts with it. */

/** In the order of the switcher. */
export const PEOPLE = ["developer", "admin", "auditor", "intruder", "root"] as const;
export const DEFAULT_PERSON = "developer";
/** The role under which the simulated agents on hosts ship their telemetry. */
export const AGENT_ROLE = "CloudWatchAgentServerRole";
