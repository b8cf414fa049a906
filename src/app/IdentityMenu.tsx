import { type JSX, onMount, Show } from "solid-js";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { whenIdle } from "../ui/idle.ts";
import { Menu } from "../ui/Menu.tsx";
import { peopleItems, readPeople } from "./people.ts";
import { APP } from "./strings.ts";

/** Who one acts as; the menu changes it. `bare`: a drawing alone, where the name stands elsewhere. */
export function IdentityMenu(props: { readonly bare?: boolean }): JSX.Element {
  const { pulse } = useClient();
  const command = createCommand();
  const who = (): string => pulse()?.identity ?? "developer";
  onMount(() => whenIdle(readPeople));
  return (
    <Menu
      look={props.bare ? "btn ghost icon" : "topbtn"}
      align="end"
      label={APP.identity(who())}
      title={props.bare ? APP.identity(who()) : undefined}
      onNear={readPeople}
      button={
        <Show when={!props.bare} fallback={<Glyph name="user" />}>
          <Glyph name="user" size="s" />
          <span class="identity-name trunc">{who()}</span>
          <Glyph name="down" size="s" />
        </Show>
      }
      items={peopleItems(who(), (principal) => void command.stage({ kind: "identity", principal }))}
    />
  );
}
