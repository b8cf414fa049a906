import "./ui/styles/all.css";
import { start } from "./app/start.tsx";

const host = document.getElementById("root");
if (host !== null) start(host);
