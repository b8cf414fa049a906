/** Members of a segment document that count, and the kinds of JSON that each may have (facts xray §4). */
import { ENTRY, JSON_KIND, JsonNames } from "../../language/json/tape.ts";

type Kinds = Readonly<Record<string, number>>;

/** Members of one kind of object: where each that is there stands on the tape. */
export class Members<Name extends string> {
  /** Place of a member's value by its number; 0 where it is absent or null. */
  readonly at: Int32Array;
  private readonly names: JsonNames;
  private readonly allowed: Int32Array;

  /** @param kinds for each member the kinds it may have, as bits */
  constructor(private readonly kinds: Readonly<Record<Name, number>>) {
    const names = Object.keys(kinds);
    this.names = new JsonNames(names);
    this.at = new Int32Array(names.length + 1);
    this.allowed = Int32Array.from([0, ...names.map((name) => (kinds as Kinds)[name] as number)]);
  }

  /** Number of a member, for `at`. */
  number(name: Name): number {
    return Object.keys(this.kinds).indexOf(name) + 1;
  }

  /**
   * Finds the members of the object at `entry`; the last counts where one stands twice. False where one has a kind that it
   * may not have, or a name is written so that it could be any.
   * @param isPlain names with escapes are none of ours
   */
  find(bytes: Uint8Array, tape: Int32Array, entry: number, isPlain: boolean): boolean {
    const { at, names, allowed } = this;
    // Few members: a loop costs less than fill.
    for (let member = 0; member < at.length; member++) at[member] = 0;
    const end = tape[entry + 3] as number;
    for (let key = entry + ENTRY; key < end; ) {
      const value = key + ENTRY;
      const kind = tape[value] as number;
      if (tape[key] === JSON_KIND.text) {
        const member = names.find(bytes, tape[key + 1] as number, tape[key + 2] as number, tape[key + 3] as number);
        if (member !== 0) {
          if ((((allowed[member] as number) >> kind) & 1) === 0) return false;
          at[member] = kind === JSON_KIND.null ? 0 : value;
        }
      } else if (!isPlain) return false;
      key = kind >= JSON_KIND.object ? (tape[value + 3] as number) : value + ENTRY;
    }
    return true;
  }
}

const bit = (kind: keyof typeof JSON_KIND): number => 1 << JSON_KIND[kind];
const ANY = ~0;
const NULL = bit("null");
const TEXT = bit("text") | bit("escaped");
const TEXT_OR_NONE = TEXT | NULL;
const FLAG_OR_NONE = bit("true") | bit("false") | NULL;
const OBJECT_OR_NONE = bit("object") | NULL;
const LIST_OR_NONE = bit("array") | NULL;

/** Of a segment or subsegment. */
export const spanMembers = () =>
  new Members({
    // Ids are plain.
    id: bit("text"),
    name: TEXT,
    trace_id: ANY,
    parent_id: bit("text") | NULL,
    start_time: bit("number"),
    end_time: bit("number") | NULL,
    in_progress: FLAG_OR_NONE,
    type: TEXT_OR_NONE,
    namespace: TEXT_OR_NONE,
    user: TEXT_OR_NONE,
    origin: TEXT_OR_NONE,
    resource_arn: TEXT_OR_NONE,
    error: FLAG_OR_NONE,
    fault: FLAG_OR_NONE,
    throttle: FLAG_OR_NONE,
    traced: FLAG_OR_NONE,
    inferred: FLAG_OR_NONE,
    service: OBJECT_OR_NONE,
    http: OBJECT_OR_NONE,
    aws: OBJECT_OR_NONE,
    sql: OBJECT_OR_NONE,
    annotations: OBJECT_OR_NONE,
    metadata: OBJECT_OR_NONE,
    subsegments: LIST_OR_NONE,
    precursor_ids: LIST_OR_NONE,
    links: LIST_OR_NONE,
    cause: TEXT_OR_NONE | OBJECT_OR_NONE,
  });

export const httpMembers = () => new Members({ request: OBJECT_OR_NONE, response: OBJECT_OR_NONE });
export const requestMembers = () =>
  new Members({
    method: TEXT_OR_NONE,
    url: TEXT_OR_NONE,
    user_agent: TEXT_OR_NONE,
    client_ip: TEXT_OR_NONE,
    x_forwarded_for: FLAG_OR_NONE,
    traced: FLAG_OR_NONE,
  });
export const responseMembers = () => new Members({ status: bit("number") | NULL });
export const awsMembers = () => new Members({ ec2: ANY, ecs: ANY, table_name: ANY, function_arn: ANY, account_id: ANY });
export const hostMembers = () => new Members({ availability_zone: ANY, instance_id: ANY });
export const causeMembers = () => new Members({ working_directory: TEXT_OR_NONE, paths: LIST_OR_NONE, exceptions: LIST_OR_NONE });
export const exceptionMembers = () => new Members({ id: bit("text"), type: TEXT_OR_NONE, message: TEXT_OR_NONE, stack: LIST_OR_NONE });
