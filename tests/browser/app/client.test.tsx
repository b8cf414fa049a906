import { createSignal } from "solid-js";
import { describe, expect, it, vi } from "vitest";
import { type Command, createCommand } from "../../../src/client/command.ts";
import { connect } from "../../../src/client/connect.ts";
import { ClientContext } from "../../../src/client/context.ts";
import { createRead, type Read, type ReadOptions } from "../../../src/client/resource.ts";
import { toasts } from "../../../src/ui/toasts.ts";
import type { UiReply, UiRequest } from "../../../workers/api.ts";
import { mount } from "../ui/mount.tsx";
import { fakeClient, NOON, PULSE } from "./fake-client.ts";

interface Pending {
  readonly request: UiRequest;
  readonly answer: (n: number) => void;
  readonly fail: (code: string) => void;
}

/** A client whose answers the test gives by hand. */
function slow(): { readonly fake: ReturnType<typeof fakeClient>; readonly pending: Pending[] } {
  const pending: Pending[] = [];
  const read = (request: UiRequest): Promise<UiReply> =>
    new Promise((resolve, reject) => {
      pending.push({
        request,
        answer: (n) => resolve({ output: { n }, requestId: "r", clock: NOON, line: "" }),
        fail: (code) => reject({ kind: "service", code, message: "No." }),
      });
    });
  return { fake: fakeClient({}, { read }), pending };
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

function reading(fake: ReturnType<typeof fakeClient>, question: () => UiRequest | undefined, options: ReadOptions = {}): Read<UiReply> {
  let read!: Read<UiReply>;
  const Reader = (): null => {
    read = createRead(question, options);
    return null;
  };
  mount(() => (
    <ClientContext.Provider value={fake.client}>
      <Reader />
    </ClientContext.Provider>
  ));
  return read;
}
const ask = (name: string): UiRequest => ({ service: "logs", operation: "Describe", input: { name } });

describe("createRead", () => {
  it("looks at its question where what that makes has an owner, also when an answer comes late", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { fake, pending } = slow();
    const [isOther, setOther] = createSignal(false);
    // A condition in JSX is a computation, made when the prop is read.
    const Reader = (props: { readonly name: string }): null => {
      createRead(() => ask(props.name));
      return null;
    };
    mount(() => (
      <ClientContext.Provider value={fake.client}>
        <Reader name={isOther() ? ["b"].join("") : ["a"].join("")} />
      </ClientContext.Provider>
    ));
    expect(pending).toHaveLength(1);
    fake.setPulse({ ...PULSE, versions: { logs: 1 } });
    pending[0]?.answer(1);
    await settled();
    setOther(true);
    await settled();
    expect(pending.at(-1)?.request.input).toEqual({ name: "b" });
    expect(warned.mock.calls.map(([text]) => String(text))).toEqual([]);
    warned.mockRestore();
  });

  it("drops a late answer to a question that is no longer asked", async () => {
    const { fake, pending } = slow();
    const [name, setName] = createSignal("a");
    const read = reading(fake, () => ask(name()));
    expect(read.loading()).toBe(true);
    setName("b");
    expect(pending.map((one) => one.request.input["name"])).toEqual(["a", "b"]);
    pending[1]?.answer(2);
    await settled();
    pending[0]?.answer(1);
    await settled();
    expect(read.data()?.output["n"]).toBe(2);
    expect(read.stale()).toBe(false);
  });

  it("keeps old data while a new question is under way, and says so", async () => {
    const { fake, pending } = slow();
    const [name, setName] = createSignal("a");
    const read = reading(fake, () => ask(name()));
    pending[0]?.answer(1);
    await settled();
    setName("b");
    expect(read.data()?.output["n"]).toBe(1);
    expect(read.stale()).toBe(true);
  });

  it("asks again when the service's version or the clock's minute changes, never twice at once", async () => {
    const { fake, pending } = slow();
    reading(fake, () => ask("a"));
    fake.setPulse({ ...PULSE, versions: { logs: 1 } });
    fake.setPulse({ ...PULSE, versions: { logs: 2 } });
    expect(pending.length).toBe(1);
    pending[0]?.answer(1);
    await settled();
    expect(pending.length).toBe(2);
    pending[1]?.answer(2);
    await settled();
    fake.setPulse({ ...PULSE, versions: { logs: 2, sns: 9 } });
    expect(pending.length).toBe(2);
    fake.setPulse({ ...PULSE, versions: { logs: 2 }, clock: NOON + 60_000 });
    expect(pending.length).toBe(3);
  });

  it("forgets what another identity was shown or refused, and asks anew", async () => {
    const { fake, pending } = slow();
    const read = reading(fake, () => ask("a"), { follow: "question" });
    pending[0]?.answer(1);
    await settled();
    fake.setPulse({ ...PULSE, identity: "intruder" });
    expect(read.data()).toBeUndefined();
    pending[1]?.fail("AccessDenied");
    await settled();
    expect(read.error()?.code).toBe("AccessDenied");
    fake.setPulse({ ...PULSE, identity: "admin" });
    expect(read.error()).toBeUndefined();
    expect(read.loading()).toBe(true);
    expect(pending.length).toBe(3);
  });

  it("asks a service that is not in use nothing, until it is", async () => {
    const { fake, pending } = slow();
    fake.setPulse({ ...PULSE, inUse: ["sns"] });
    const read = reading(fake, () => ask("a"), { onceInUse: true });
    expect(pending.length).toBe(0);
    expect(read.loading()).toBe(false);
    fake.setPulse({ ...PULSE, inUse: ["sns", "logs"] });
    expect(pending.length).toBe(1);
    pending[0]?.answer(1);
    await settled();
    expect(read.data()?.output["n"]).toBe(1);
  });

  it("tells a failure plainly, keeps the data it had, and forgets the failure with the next answer", async () => {
    const { fake, pending } = slow();
    const read = reading(fake, () => ask("a"));
    pending[0]?.answer(1);
    await settled();
    read.again();
    pending[1]?.fail("ThrottlingException");
    await settled();
    expect(read.error()?.code).toBe("ThrottlingException");
    expect(read.data()?.output["n"]).toBe(1);
    expect(read.stale()).toBe(true);
    read.again();
    pending[2]?.answer(3);
    await settled();
    expect(read.error()).toBeUndefined();
    expect(read.data()?.output["n"]).toBe(3);
  });

  it("asks nothing and shows nothing while there is no question", async () => {
    const { fake, pending } = slow();
    const [name, setName] = createSignal<string | undefined>("a");
    const read = reading(fake, () => (name() === undefined ? undefined : ask(name() ?? "")));
    pending[0]?.answer(1);
    await settled();
    setName(undefined);
    expect(read.data()).toBeUndefined();
    expect(pending.length).toBe(1);
  });
});

describe("createCommand", () => {
  it("is pending while it runs and tells a failure in the form and as a toast", async () => {
    let command!: Command;
    const fake = fakeClient();
    const Form = (): null => {
      command = createCommand();
      return null;
    };
    mount(() => (
      <ClientContext.Provider value={fake.client}>
        <Form />
      </ClientContext.Provider>
    ));
    const running = command.run({ service: "logs", operation: "CreateLogGroup", input: {} });
    expect(command.pending()).toBe(true);
    expect(await running).toBeUndefined();
    expect(command.pending()).toBe(false);
    expect(command.error()?.code).toBe("NotImplemented");
    expect(toasts().at(-1)?.text).toBe("CreateLogGroup is not built.");
  });
});

describe("the connection", () => {
  it("takes over a worker that was started before the page's scripts, and tells what broke it meanwhile", () => {
    const early = Object.assign(new Worker(URL.createObjectURL(new Blob([""], { type: "text/javascript" }))), { broken: "no such file" });
    globalThis.nephoscopeWorker = early;
    try {
      const told: string[] = [];
      const connection = connect();
      connection.onBroken((reason) => told.push(reason));
      expect(told).toEqual(["no such file"]);
      expect(connect()).toBe(connection);
      expect(globalThis.nephoscopeWorker).toBe(early);
      early.dispatchEvent(new ErrorEvent("error", { message: "" }));
      expect(told[1]).toBe("The worker could not start.");
    } finally {
      early.terminate();
      globalThis.nephoscopeWorker = undefined;
    }
  });
});
