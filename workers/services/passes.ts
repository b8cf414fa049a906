/** Roles that a call hands to a service, for `Operation.passes`. */

export interface Passed {
  readonly role: string;
  readonly to: string;
}

/** Those of `roles` that are there, for the service of that name (`lambda.amazonaws.com`). */
export const handedTo = (to: string, ...roles: readonly (string | undefined)[]): readonly Passed[] =>
  roles.flatMap((role) => (role === undefined ? [] : [{ role, to }]));
