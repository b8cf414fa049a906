/** A file dropped anywhere on the page, waiting for Home's import flow, which takes it. */
import { createSignal } from "solid-js";

const [droppedFile, setDroppedFile] = createSignal<File>();

export { droppedFile, setDroppedFile };

/** Answers the waiting file and empties the place. */
export function takeDroppedFile(): File | undefined {
  const file = droppedFile();
  setDroppedFile(undefined);
  return file;
}
