/** What a filter takes of the range, live, and how many each preset would. */
import { type Accessor, createMemo } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createQuestion, type Read } from "../../client/resource.ts";
import type { FilterPreview } from "./answers.ts";
import { PRESETS, type Preset } from "./presets.ts";
import { useXrayLook } from "./trace-reads.ts";

export interface SearchQuestion {
  readonly expression: string;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly traceId?: string;
}

export const usePreview = (question: () => SearchQuestion | undefined): Read<FilterPreview> =>
  useXrayLook<FilterPreview>("filterPreview", () => {
    const asked = question();
    return asked === undefined ? undefined : { ...asked };
  });

/** Presets in one question: they are asked again together. */
export function usePresetCounts(
  span: Accessor<{ readonly from: number; readonly to: number }>,
): Accessor<Readonly<Partial<Record<Preset, number>>>> {
  const { api, pulse } = useClient();
  const region = createMemo(() => pulse()?.region ?? "us-east-1");
  const names = Object.keys(PRESETS) as Preset[];
  const read = createQuestion(
    () => ({ service: "xray", region: region(), ...span() }),
    async ({ from, to, region: where }) =>
      (await Promise.all(
        names.map((name) =>
          api.look({ service: "xray", view: "filterPreview", region: where, question: { expression: PRESETS[name], from, to, limit: 1 } }),
        ),
      )) as readonly FilterPreview[],
    { follow: "version" },
  );
  return createMemo(() =>
    Object.fromEntries(
      names.flatMap((name, at) => {
        const matched = read.data()?.[at]?.matched;
        return matched === undefined ? [] : [[name, matched]];
      }),
    ),
  );
}
