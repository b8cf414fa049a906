/** What each of the people may do, in one sentence; their policies say it exactly. */
export const MAY: Readonly<Record<string, string>> = {
  root: "Owns the account: everything, whatever policies say.",
  admin: "Everything, by AdministratorAccess. Gives and takes rights.",
  developer: "All services but IAM, which it reads. Cannot stop or delete a trail.",
  auditor: "Reads everything, changes nothing.",
  intruder: "Holds a forgotten key: sends metrics of builds, and is denied all else.",
  other: "An IAM user of this account: what its policies allow.",
};
