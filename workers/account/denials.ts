/** Keeps why calls were denied, the newest thousand, for the look `iam/whyDenied`. */
import type { Identity, Scope, ServiceDefinition } from "../services/contract.ts";
import { type AccessTree, DENIALS, type DenialDoc } from "../services/iam/denial.ts";
import { GLOBAL } from "../services/iam/global.ts";
import { sequenceLog } from "../services/sequence-log.ts";
import { type Cause, createContext } from "./call-context.ts";
import type { House } from "./house.ts";

/** Owns the kept denials: beside IAM, whose documents decide over rights and are read anew when one changes. */
const access: ServiceDefinition = { name: DENIALS.service, principal: DENIALS.service, eventSource: "", operations: {} };

interface Denied {
  readonly scope: Scope;
  readonly identity: Identity;
  readonly requestId: string;
}

export function recordDenial(house: House, { scope, identity, requestId }: Denied, cause: Cause, tree: AccessTree, eventId?: string): void {
  const ctx = createContext({ house, service: access, scope, identity, callerKind: "service", requestId, cause });
  sequenceLog<DenialDoc>(ctx, DENIALS.kind, DENIALS.most, GLOBAL).append({
    time: house.now,
    requestId,
    ...(eventId === undefined ? {} : { eventId }),
    identity: identity.id,
    tree,
  });
}
