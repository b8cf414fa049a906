/**
 * Every built operation through the AWS SDK v3 client of its service, over the real engine: once as it should be, once as it
 * must be refused. Each service has a file here; an operation that is added to a table without a line in it fails there.
 */
import { expect } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { loadServices } from "../../../workers/engine.ts";
import { loadModels } from "../../../workers/model/models.ts";
import { createWire, identitiesByKey } from "../../../workers/wire/wire.ts";
import { openTestAccount } from "../../unit/account/engine-harness.ts";
import { plugged } from "../../unit/wire-sdk/plug.ts";

/** A client with this access key is the admin; any other is the developer, who may not do everything. */
export const ADMIN_KEY = "AKIAADMIN";

export interface Book {
  readonly account: Account;
  /** What a client is made with. */
  readonly settings: ReturnType<typeof plugged>;
  /** Sends, and the operation counts as shown to work. */
  ok(send: Send, command: object): Promise<Record<string, unknown>>;
  /** Sends, and must be refused by the error of that name. */
  no(send: Send, command: object, name: string): Promise<void>;
  /** Fails where an operation of the service was not shown, or not refused; `neverRefused` takes no input and needs no permission. */
  complete(service: string, neverRefused?: readonly string[]): Promise<void>;
}

type Send = (command: object) => Promise<unknown>;

const operationOf = (command: object): string => command.constructor.name.replace(/Command$/, "");

export async function openBook(): Promise<Book> {
  const models = await loadModels();
  const account = await openTestAccount({ journal: false });
  const bugs: unknown[] = [];
  const wire = createWire({ call: (request) => account.call(request) }, models, {
    identityOf: identitiesByKey({ [ADMIN_KEY]: "admin" }),
    onBug: (error) => void bugs.push(error),
  });
  const [succeeded, refused] = [new Set<string>(), new Set<string>()];
  return {
    account,
    settings: plugged(wire),
    async ok(send, command) {
      const answer = (await send(command)) as Record<string, unknown>;
      succeeded.add(operationOf(command));
      return answer;
    },
    async no(send, command, name) {
      const error = await send(command).then(
        () => new Error(`${operationOf(command)} succeeded`),
        (thrown: unknown) => thrown as Error,
      );
      expect(`${operationOf(command)}: ${error.name}`, error.message).toBe(`${operationOf(command)}: ${name}`);
      refused.add(operationOf(command));
    },
    async complete(service, neverRefused = []) {
      const built = Object.keys((await loadServices()).find(({ name }) => name === service)?.operations ?? {});
      expect(built.length).toBeGreaterThan(0);
      expect(built.filter((each) => !succeeded.has(each))).toEqual([]);
      expect(built.filter((each) => !refused.has(each))).toEqual(neverRefused);
      expect(bugs).toEqual([]);
    },
  };
}
