/** Scope of documents that belong to no Region. */
export const GLOBAL = { region: "global" } as const;
