/** The cases of the service graph: put all segments, in the order of the file and backwards, and ask for the graph. */
import { describe, expect, it } from "vitest";
import type { Edge, Service } from "../../workers/model/generated/xray.ts";
import { xray } from "../../workers/services/xray/definition.ts";
import { harness } from "../unit/services/harness.ts";
import { sharedCases } from "./shared.ts";

interface Node extends Service {
  readonly Name: string;
}
interface Case {
  readonly id: string;
  readonly why: string;
  readonly segments: readonly object[];
  readonly expect: {
    readonly nodes: readonly Node[];
    readonly edges: readonly (Edge & { readonly from: readonly (string | null)[]; readonly to: readonly (string | null)[] })[];
  };
}

const NOW = 1_727_049_600_000;
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === "number" ? Math.round(inner * 1e6) / 1e6 : inner)));
const shown = ({ Name, Type, Root, SummaryStatistics, ResponseTimeHistogram }: Service) =>
  rounded({
    Name,
    Type: Type ?? null,
    Root: Root === true,
    SummaryStatistics: SummaryStatistics ?? null,
    Histogram: ResponseTimeHistogram ?? [],
  });
const shownEdge = (from: unknown, to: unknown, { SummaryStatistics, ResponseTimeHistogram }: Edge) =>
  rounded({ from, to, SummaryStatistics, Histogram: ResponseTimeHistogram });

describe("the service-graph cases", () => {
  const cases = sharedCases<Case>("service-graph");
  if (cases === undefined) {
    it("are not here", () => expect(cases).toBeUndefined());
    return;
  }
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    for (const order of ["as given", "backwards", "one call each, with a look between"] as const) {
      it(`${entry.id} ${entry.why} (${order})`, async () => {
        const service = harness(xray, { now: NOW });
        const documents = entry.segments.map((segment) => JSON.stringify(segment));
        const graph = async (): Promise<readonly Service[]> =>
          (await service.call<{ Services: Service[] }>("GetServiceGraph", { StartTime: NOW - 7_200_000, EndTime: NOW })).Services;
        const put = (texts: readonly string[]) => service.call("PutTraceSegments", { TraceSegmentDocuments: texts });
        if (order === "as given") await put(documents);
        else if (order === "backwards") await put([...documents].reverse());
        else
          for (const document of documents) {
            await put([document]);
            await graph();
          }
        const services = await graph();
        const keyOf = (service: Service | undefined) => [service?.Name, service?.Type ?? null];
        const byId = new Map(services.map((each) => [each.ReferenceId, each]));
        const edges = services.flatMap((each) =>
          (each.Edges ?? []).map((edge) => shownEdge(keyOf(each), keyOf(byId.get(edge.ReferenceId)), edge)),
        );
        const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
        expect(services.map(shown).sort(byText)).toEqual(entry.expect.nodes.map(shown).sort(byText));
        expect(edges.sort(byText)).toEqual(
          entry.expect.edges
            .map((edge) =>
              shownEdge(
                edge.from.map((each) => each ?? null),
                edge.to.map((each) => each ?? null),
                edge,
              ),
            )
            .sort(byText),
        );
      });
    }
  }
});
