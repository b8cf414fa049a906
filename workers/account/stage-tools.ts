import { Bug } from "../model/errors.ts";
import type { AccountStorage, Attachment } from "../store/contract.ts";
import { type Cause, createContext } from "./call-context.ts";
import { dispatch } from "./door.ts";
import type { AccountHooks } from "./hooks.ts";
import type { House } from "./house.ts";
import { resolveIdentity } from "./identity.ts";
import type { StageDefinition, StageTools } from "./stage.ts";

export interface StageToolsParts {
  readonly house: House;
  readonly stage: StageDefinition;
  readonly region: string;
  readonly cause: Cause;
  readonly storage: AccountStorage;
  readonly hooks: AccountHooks;
  readonly onMissing: (file: Attachment) => void;
}

/** What a running stage command may use; see `StageTools`. */
export function stageTools(parts: StageToolsParts): StageTools {
  const { house, stage, cause } = parts;
  const service = house.services.get(stage.service);
  if (service === undefined) throw new Bug(`no service ${stage.service} for a stage command`);
  const scope = { account: house.account, region: parts.region };
  const kind = service.callerKind ?? "service";
  const ctx = createContext({
    house,
    service,
    scope,
    identity: resolveIdentity(scope.account, kind, service.principal),
    callerKind: kind,
    requestId: "",
    cause,
  });
  return {
    ctx,
    call: (request) =>
      dispatch(
        house,
        {
          ...request,
          input: request.input ?? {},
          region: parts.region,
          caller: { kind, principal: service.principal },
          via: kind === "simulated" ? "agent" : "service",
        },
        cause,
      ),
    attachment: (sha256) => parts.storage.attachment(sha256),
    progress: (what, done, total) => parts.hooks.onWork?.(what, done, total),
    breathe: () => parts.hooks.breathe?.(),
    missing: parts.onMissing,
  };
}
