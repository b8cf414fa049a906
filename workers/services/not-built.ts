/** What a service of ours lacks says so by its name, whichever service it is. */
import { ServiceError } from "../model/errors.ts";

/** @param what begins the sentence: `The parameter Filters of DescribeScalingActivities`. @param hint what there is instead. */
export const notBuilt = (what: string, hint?: string): ServiceError =>
  new ServiceError("NotImplemented", `${what} is not built in Nephoscope.`, { status: 501, ...(hint === undefined ? {} : { hint }) });
