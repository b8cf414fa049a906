/** What the first view is compared with: a Solid page with one button that answers a click. */
import { createSignal } from "solid-js";
import { render } from "solid-js/web";

function Empty() {
  const [isAnswered, setAnswered] = createSignal(false);
  return (
    <button type="button" onClick={() => setAnswered(true)}>
      {isAnswered() ? "answered" : "Alarms"}
    </button>
  );
}

const root = document.getElementById("root");
if (root !== null) render(Empty, root);
