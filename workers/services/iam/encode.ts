/** Policies stand in IAM's answers percent-encoded (RFC 3986). */

const MORE: Readonly<Record<string, string>> = { "!": "%21", "'": "%27", "(": "%28", ")": "%29", "*": "%2A" };

export const encodeDocument = (document: string): string => encodeURIComponent(document).replace(/[!'()*]/g, (one) => MORE[one] as string);
