/** Pages of Auto Scaling's answers: by a place in a fixed order. */
import { ServiceError } from "../../model/errors.ts";
import { pageBehind, placeIn } from "../place-token.ts";
import { invalid } from "./failures.ts";

interface Asked {
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

export interface Page<T> {
  readonly page: readonly T[];
  readonly token: { readonly NextToken?: string };
}

/** @param rows in ascending order of `place`. @param most default and greatest number on a page. */
export function pageOf<T>(
  rows: readonly T[],
  place: (row: T) => string,
  { MaxRecords, NextToken }: Asked,
  most: readonly [number, number] = [50, 100],
): Page<T> {
  const [usual, greatest] = most;
  if (MaxRecords !== undefined && (MaxRecords < 1 || MaxRecords > greatest)) {
    throw invalid(`Invalid MaxRecords: ${MaxRecords}. It must be between 1 and ${greatest}.`);
  }
  const after = NextToken === undefined ? "" : placeIn(NextToken);
  if (after === undefined) throw new ServiceError("InvalidNextToken", "The NextToken value is not valid.", { shape: "InvalidNextToken" });
  const { page, next } = pageBehind(rows, place, after, MaxRecords ?? usual);
  return { page, token: next === undefined ? {} : { NextToken: next } };
}
