/** The options that stand anywhere on an `aws` line, before or after the operation. */

export interface GlobalOption {
  readonly takes: boolean;
  readonly choices?: readonly string[];
  readonly help: string;
}

/** By name without dashes. Those without effect here are accepted, so that lines from elsewhere run. */
export const GLOBAL_OPTIONS: Readonly<Record<string, GlobalOption>> = {
  region: { takes: true, help: "The Region to call, us-east-1 for example" },
  profile: { takes: true, help: "The identity that calls, instead of the chosen one" },
  output: { takes: true, choices: ["json", "text", "table"], help: "How the answer is printed" },
  query: { takes: true, help: "A JMESPath expression that picks from the answer" },
  "no-paginate": { takes: false, help: "Ask for the first page only" },
  "no-cli-pager": { takes: false, help: "Nothing to do here: output is never paged" },
  "endpoint-url": { takes: true, help: "Nothing to do here: there is one endpoint, the account in this page" },
  color: { takes: true, choices: ["on", "off", "auto"], help: "Nothing to do here: output is plain" },
  debug: { takes: false, help: "Nothing to do here" },
  "no-verify-ssl": { takes: false, help: "Nothing to do here" },
  "no-sign-request": { takes: false, help: "Nothing to do here" },
  "ca-bundle": { takes: true, help: "Nothing to do here" },
  "cli-read-timeout": { takes: true, help: "Nothing to do here" },
  "cli-connect-timeout": { takes: true, help: "Nothing to do here" },
  "cli-binary-format": { takes: true, help: "Blobs are base64 here" },
  "no-cli-auto-prompt": { takes: false, help: "Nothing to do here" },
};

/** Options of every operation. */
export const OPERATION_OPTIONS: Readonly<Record<string, GlobalOption>> = {
  "cli-input-json": { takes: true, help: "The whole input as JSON; options on the line win over it" },
  "generate-cli-skeleton": { takes: true, choices: ["input"], help: "Print the JSON to fill in instead of calling" },
};
