/** The encryption configuration: which key new traces are said to be encrypted with. Nothing is encrypted here. */
import type { EncryptionConfig, Operations } from "../../model/generated/xray.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";

interface EncryptionDoc {
  readonly KeyId?: string;
  readonly Type: "NONE" | "KMS";
}

const CONFIG = "config";
/** A key's id, alias, or the ARN of either. */
const KEY = /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[A-Za-z0-9/_-]+|alias\/[A-Za-z0-9/_-]+|(?:mrk-)?[a-f0-9-]{32,36})$/;

const docs = (ctx: Context) => ctx.docs<EncryptionDoc>("encryption");

/** Always ACTIVE: a change is in force at once. */
const shown = ({ KeyId, Type }: EncryptionDoc): EncryptionConfig => ({ ...(KeyId === undefined ? {} : { KeyId }), Status: "ACTIVE", Type });

export const getEncryptionConfig = (ctx: Context): Operations["GetEncryptionConfig"]["output"] => ({
  EncryptionConfig: shown(docs(ctx).get(CONFIG) ?? { Type: "NONE" }),
});

export function putEncryptionConfig(
  ctx: Context,
  { Type, KeyId }: Operations["PutEncryptionConfig"]["input"],
): Operations["PutEncryptionConfig"]["output"] {
  if (Type === "NONE" && KeyId !== undefined) throw invalidRequest("KeyId must be empty when Type is NONE.");
  if (Type === "KMS" && KeyId === undefined) throw invalidRequest("KeyId is required when Type is KMS.");
  if (KeyId !== undefined && !KEY.test(KeyId))
    throw invalidRequest("Invalid KeyId.", "A key is named by its id, an alias, or the ARN of either.");
  const config: EncryptionDoc = KeyId === undefined ? { Type } : { Type, KeyId };
  docs(ctx).put(CONFIG, config);
  return { EncryptionConfig: shown(config) };
}
