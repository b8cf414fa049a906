import { type JSX, onMount } from "solid-js";
import { createCommand } from "../client/command.ts";
import { useClient } from "../client/context.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { whenIdle } from "../ui/idle.ts";
import { Menu } from "../ui/Menu.tsx";
import { peopleItems, readPeople } from "./people.ts";
import { APP } from "./strings.ts";

/** Who one acts as, always in sight; the menu changes it. */
export function IdentityMenu(): JSX.Element {
  const { pulse } = useClient();
  const command = createCommand();
  const who = (): string => pulse()?.identity ?? "developer";
  onMount(() => whenIdle(readPeople));
  return (
    <Menu
      look="topbtn"
      align="end"
      label={APP.identity(who())}
      onNear={readPeople}
      button={
        <>
          <Glyph name="user" size="s" />
          <span class="identity-name trunc">{who()}</span>
          <Glyph name="down" size="s" />
        </>
      }
      items={peopleItems(who(), (principal) => void command.stage({ kind: "identity", principal }))}
    />
  );
}
