/** The real worker in a browser that withholds something; what, stands in the worker's name. */
import "./trouble.ts";
import "../../../workers/main.ts";
