/**
 * Names of the Query protocol. Lists are `Name.member.1`, maps `Name.entry.1.key`; flattened ones (SQS) drop the middle
 * part and use a singular: `Attribute.1.Name`. SQS's current model no longer carries those names (its main protocol is
 * JSON now), so its rule stands here: the member's name without the plural s, and tags as `Tag.1.Key`.
 */
import type { MapShape, MemberRef, ServiceModel, Shape } from "../model/shapes.ts";

export interface MapNames {
  /** Empty for a flattened map. */
  readonly entry: string;
  readonly key: string;
  readonly value: string;
}

/** EC2's variant of the protocol: names are capitalised, lists are always flattened, answers have no result element. */
export const isEc2 = (model: ServiceModel | undefined): boolean => model?.metadata.protocol === "ec2";

/** Name of a member in a form of EC2's: its own, else the XML's with a capital. */
export function ec2FieldName(ref: MemberRef, name: string): string {
  if (ref.queryName !== undefined) return ref.queryName;
  const written = ref.locationName ?? name;
  return written.charAt(0).toUpperCase() + written.slice(1);
}

/** Name of a member in the form or the XML. */
export function memberName(ref: MemberRef & { readonly flattened?: boolean }, name: string, shape: Shape): string {
  if (ref.locationName !== undefined) return ref.locationName;
  if (!isFlattened(ref, shape)) return name;
  const singular = name.endsWith("s") ? name.slice(0, -1) : name;
  return singular.charAt(0).toUpperCase() + singular.slice(1);
}

export function isFlattened(ref: MemberRef & { readonly flattened?: boolean }, shape: Shape): boolean {
  return ref.flattened === true || ((shape.type === "list" || shape.type === "map") && shape.flattened === true);
}

export function mapNames(shape: MapShape, flattened: boolean, element: string): MapNames {
  const plain = flattened ? { key: element === "Tag" ? "Key" : "Name", value: "Value" } : { key: "key", value: "value" };
  return { entry: flattened ? "" : "entry", key: shape.key.locationName ?? plain.key, value: shape.value.locationName ?? plain.value };
}

const NAMESPACES: Readonly<Record<string, string>> = { sqs: "http://queue.amazonaws.com/doc/2012-11-05/" };

/** XML namespace of a service's answers. */
export function namespaceOf(model: ServiceModel | undefined): string {
  if (model === undefined) return "http://webservices.amazon.com/AWSFault/2005-15-09";
  return (
    model.metadata.xmlNamespace ??
    NAMESPACES[model.service] ??
    `http://${model.metadata.endpointPrefix}.amazonaws.com/doc/${model.metadata.apiVersion}/`
  );
}
