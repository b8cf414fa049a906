/**
 * Whether a part was given to a component, without making it: reading a property that holds markup makes that markup, with
 * all its reads, each time. Asked of `props` itself, not of what it holds.
 */
export const isGiven = <P extends object>(props: P, name: keyof P): boolean => name in props;
