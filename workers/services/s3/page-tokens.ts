/** Tokens of pages: they hold the last key or name that was answered. */
import { placeIn } from "../place-token.ts";
import { invalidArgument } from "./failures.ts";

export function keyIn(token: string): string {
  const key = placeIn(token);
  if (key === undefined) throw invalidArgument("The continuation token provided is incorrect");
  return key;
}
