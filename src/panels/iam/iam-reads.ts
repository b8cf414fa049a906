/** Requests and reads that several parts of these pages share. */
import { type Accessor, createMemo } from "solid-js";
import type { PrincipalRow, UiReply, UiRequest } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createRead, type Read } from "../../client/resource.ts";

export const iamRequest = (operation: string, input: Readonly<Record<string, unknown>>): UiRequest => ({
  service: "iam",
  operation,
  input,
  via: "form",
});

/** A read whose answer changes with IAM alone. */
export const useIam = (operation: string, input: () => Readonly<Record<string, unknown>> | undefined): Read<UiReply> =>
  createRead(
    () => {
      const asked = input();
      return asked === undefined ? undefined : { service: "iam", operation, input: asked };
    },
    { follow: "version" },
  );

/** Users, then roles, each with the policies that speak for it. */
export function usePrincipals(): Read<readonly PrincipalRow[]> {
  const { pulse } = useClient();
  const region = createMemo(() => pulse()?.region ?? "us-east-1");
  return createLook<readonly PrincipalRow[]>(() => ({ service: "iam", view: "principals", region: region() }), { follow: "version" });
}

/** A managed policy as ListPolicies and GetPolicy answer it. */
export interface ManagedPolicy {
  readonly PolicyName: string;
  readonly Arn: string;
  readonly Description?: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
  readonly PermissionsBoundaryUsageCount?: number;
  readonly UpdateDate?: number;
}

export const isOfAws = (arn: string): boolean => arn.startsWith("arn:aws:iam::aws:");

export function usePolicies(): { readonly read: Read<UiReply>; readonly list: Accessor<readonly ManagedPolicy[]> } {
  const read = useIam("ListPolicies", () => ({ MaxItems: 1000 }));
  return { read, list: createMemo(() => (read.data()?.output["Policies"] as readonly ManagedPolicy[] | undefined) ?? []) };
}

/** Operations about a user or a role differ in their name and in how they name it. */
export const onPrincipal = (
  { kind, name }: Pick<PrincipalRow, "kind" | "name">,
  operation: string,
  input: Readonly<Record<string, unknown>> = {},
): UiRequest =>
  iamRequest(operation.replace("Principal", kind === "user" ? "User" : "Role"), {
    [kind === "user" ? "UserName" : "RoleName"]: name,
    ...input,
  });
