/** RunInstances: what is asked for is checked, then launched together as one reservation. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/ec2.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { allInstances, answerOf, type InstanceDoc } from "./documents.ts";
import { invalidValue, unlessDryRun } from "./failures.ts";
import { enter } from "./state.ts";
import { checkedTags } from "./tags.ts";

type Input = Operations["RunInstances"]["input"];
type Output = Operations["RunInstances"]["output"];

const BUILT: ReadonlySet<string> = new Set([
  "ImageId",
  "InstanceType",
  "MinCount",
  "MaxCount",
  "Monitoring",
  "TagSpecifications",
  "Placement",
  "ClientToken",
  "DryRun",
]);

/** Of one type in a Region that are not terminated: EC2's on-demand limit before it counted vCPUs. */
const MOST_OF_TYPE = 20;

export function runInstances(ctx: Context, input: Input): Output {
  const asked = checked(ctx, input);
  const { token } = asked;
  if (token !== undefined) {
    const before = allInstances(ctx).filter((doc) => doc.token === token);
    if (before.length > 0) return again(ctx, before, asked.text);
  }
  const count = granted(ctx, asked.type, input);
  unlessDryRun(input);
  const reservation = `r-0${ctx.id("reservation").slice(-16)}`;
  const byService = ctx.identity.type === "AWSService";
  const launched = Array.from({ length: count }, (_, index): InstanceDoc => {
    const hex = ctx.id("instance");
    const doc: InstanceDoc = {
      id: `i-0${hex.slice(-16)}`,
      reservation,
      index,
      image: asked.image,
      type: asked.type,
      zone: asked.zone,
      address: addressIn(hex),
      state: "pending",
      launched: ctx.now,
      booted: ctx.now,
      monitoring: input.Monitoring?.Enabled === true,
      tags: asked.tags,
      ...(byService ? { requester: ctx.identity.id } : {}),
      ...(token === undefined ? {} : { token, asked: asked.text }),
    };
    return enter(ctx, doc, "pending");
  });
  return reservationOf(ctx, launched);
}

interface Asked {
  readonly image: string;
  readonly type: string;
  readonly zone: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  /** All of it, to know a repeated call by. */
  readonly text: string;
}

function checked(ctx: Context, input: Input): Asked {
  for (const name of Object.keys(input)) {
    if (!BUILT.has(name))
      throw notBuilt(`The parameter ${name} of RunInstances`, "Networks, disks, keys and roles of instances are not here.");
  }
  const image = input.ImageId;
  if (image === undefined) throw new ServiceError("MissingParameter", "The request must contain the parameter ImageId");
  if (!/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(image)) {
    throw new ServiceError("InvalidAMIID.Malformed", `Invalid id: "${image}" (expecting "ami-...")`, {
      hint: "Any well-formed id will do here: ami-0123456789abcdef0.",
    });
  }
  const { AvailabilityZone: zone = `${ctx.region}a`, ...placement } = input.Placement ?? {};
  const placed = Object.keys(placement)[0];
  if (placed !== undefined) throw notBuilt(`Placement.${placed} of RunInstances`);
  if (!zone.startsWith(ctx.region) || !/^[a-f]$/.test(zone.slice(ctx.region.length)))
    throw invalidValue(`Invalid availability zone: [${zone}]`);
  const specified = input.TagSpecifications ?? [];
  for (const { ResourceType } of specified) {
    if (ResourceType !== "instance") throw notBuilt(`Tagging ${ResourceType ?? "without a resource type"} in RunInstances`);
  }
  const tags = checkedTags(
    ctx,
    {},
    specified.flatMap(({ Tags }) => Tags ?? []),
  );
  const token = input.ClientToken === "" ? undefined : input.ClientToken;
  return { image, type: input.InstanceType ?? "m1.small", zone, tags, token, text: JSON.stringify(input) };
}

/** How many are launched: all that fit, if those are no fewer than asked for at least. */
function granted(ctx: Context, type: string, { MinCount, MaxCount }: Input): number {
  if (MinCount < 1) throw invalidValue(`Value ( ${MinCount} ) for parameter minCount is invalid. Expecting a value greater than 0.`);
  if (MaxCount < MinCount) {
    throw invalidValue(`Value ( ${MaxCount} ) for parameter maxCount is invalid. Expecting a value no less than minCount, ${MinCount}.`);
  }
  const there = allInstances(ctx).filter((doc) => doc.type === type && doc.state !== "terminated").length;
  const room = Math.max(0, MOST_OF_TYPE - there);
  if (room < MinCount) {
    throw new ServiceError(
      "InstanceLimitExceeded",
      `You have requested more instances (${there + MinCount}) than your current instance limit of ${MOST_OF_TYPE} allows for the specified instance type. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
    );
  }
  return Math.min(room, MaxCount);
}

function again(ctx: Context, before: readonly InstanceDoc[], text: string): Output {
  if (before[0]?.asked !== text) {
    throw new ServiceError(
      "IdempotentParameterMismatch",
      "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
    );
  }
  return reservationOf(ctx, before);
}

/** The default network of every account is 172.31.0.0/16. */
const addressIn = (hex: string): string =>
  `172.31.${Number.parseInt(hex.slice(0, 2), 16) % 96}.${4 + (Number.parseInt(hex.slice(2, 4), 16) % 250)}`;

/** @param docs of one reservation. */
export function reservationOf(ctx: Context, docs: readonly InstanceDoc[]): Output {
  const [first] = docs;
  return {
    ReservationId: first?.reservation ?? "",
    OwnerId: ctx.account,
    ...(first?.requester === undefined ? {} : { RequesterId: first.requester }),
    Groups: [],
    Instances: docs.map(answerOf),
  };
}
