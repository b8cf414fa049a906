/** Builds what a handler receives. One object per call; nothing in it outlives the call. */
import { Bug } from "../model/errors.ts";
import type { AgendaRequest, CallerKind, Context, Documents, Emission, Identity, Scope, ServiceDefinition } from "../services/contract.ts";
import type { House } from "./house.ts";
import { makeId, makeUuid, type Owner } from "./ids.ts";

/** What one command or agenda item sets off: its ids and the emissions still to be delivered. */
export interface Cause {
  readonly owner: Owner;
  readonly queue: PendingEmission[];
  delivered: number;
}

export interface PendingEmission {
  readonly from: ServiceDefinition;
  readonly scope: Scope;
  readonly emission: Emission;
}

export interface ContextParts {
  readonly house: House;
  readonly service: ServiceDefinition;
  readonly scope: Scope;
  readonly identity: Identity;
  readonly callerKind: CallerKind;
  readonly requestId: string;
  /** Absent = a pure call: no writes, ids, emissions. */
  readonly cause?: Cause;
  readonly explain?: ((because: unknown) => void) | undefined;
}

export function createContext(parts: ContextParts): Context {
  const { house, service, scope, cause } = parts;
  const impure = (what: string): Cause => {
    if (cause === undefined) throw new Bug(`a pure call of ${service.name} tried to ${what}`);
    return cause;
  };
  const touched = (): void => {
    house.versions[service.name] = (house.versions[service.name] ?? 0) + 1;
  };
  return {
    account: scope.account,
    region: scope.region,
    now: house.now,
    requestId: parts.requestId,
    identity: parts.identity,
    callerKind: parts.callerKind,
    cause: cause?.owner.key,
    kernels: house.kernels,
    metrics: house.metrics,
    logs: house.logs,
    traces: house.traces,
    records: house.records,
    blobs: house.blobs,
    explain: parts.explain,
    docs: <D extends object>(kind: string, other?: Partial<Scope>): Documents<D> =>
      house.documents.open<D>(
        `${other?.account ?? scope.account}/${other?.region ?? scope.region}/${service.name}/${kind}`,
        cause !== undefined,
        touched,
      ),
    peek: <D extends object>(name: string, kind: string, other?: Partial<Scope>) =>
      house.documents.open<D>(
        `${other?.account ?? scope.account}/${other?.region ?? scope.region}/${name}/${kind}`,
        false,
        () => undefined,
      ),
    id: (kind) => makeId(house.scenario.seed, kind, impure("make an id").owner),
    uuid: (kind) => makeUuid(house.scenario.seed, kind, impure("make an id").owner),
    emit: (emission) => void impure("emit").queue.push({ from: service, scope, emission }),
    schedule: ({ at, kind, key, payload }: AgendaRequest) => {
      impure("schedule");
      house.agenda.schedule({ at, account: scope.account, region: scope.region, service: service.name, kind, key, payload: payload ?? {} });
    },
    unschedule: (kind, key) => {
      impure("unschedule");
      house.agenda.unschedule({ account: scope.account, region: scope.region, service: service.name, kind, key });
    },
  };
}
