/**
 * What the command line prints: results on stdout, progress and messages on stderr.
 *
 * @module
 */
import process from "node:process";
import { styleText } from "node:util";
import { systemCode } from "../platform/files.ts";

/** A colour or weight of the terminal. */
export type Style = Parameters<typeof styleText>[0];

/** The two streams, with colours where each of them shows them. */
export interface Output {
  /** A line of the answer, on stdout. */
  result(line?: string): void;
  /** A line of progress, on stderr; nothing with `--quiet`. */
  message(line: string): void;
  /** The beginning of a line of progress; the next line on either stream stands below it unless `endLine` ends it. */
  beginLine(text: string): void;
  /** The rest of the line that was begun. */
  endLine(text: string): void;
  /** A line on stderr, also with `--quiet`. */
  error(line: string): void;
  /** Text in a style, where the stream shows styles. */
  style(style: Style, text: string, stream?: "stdout" | "stderr"): string;
  /** Resolves when everything has been handed to the operating system. */
  flush(): Promise<void>;
}

/** What of the global options concerns the output. */
export interface OutputOptions {
  readonly quiet: boolean;
  readonly color: boolean;
}

/** An output to this process's streams. */
export function processOutput({ quiet, color }: OutputOptions): Output {
  const { stdout, stderr } = process;
  let open = false;
  // `limbeck history | head` closes the pipe early: what is left has no reader, and is no error.
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error) => {
      if (systemCode(error) !== "EPIPE") throw error;
    });
  }
  const line = (text: string): void => {
    stderr.write(open ? `\n${text}\n` : `${text}\n`);
    open = false;
  };
  const unlessQuiet = (write: (text: string) => void) => (text: string): void => quiet ? undefined : write(text);
  return {
    result: (text = "") => {
      if (open) stderr.write("\n");
      open = false;
      stdout.write(`${text}\n`);
    },
    message: unlessQuiet(line),
    beginLine: unlessQuiet((text) => {
      stderr.write(open ? `\n${text}` : text);
      open = true;
    }),
    endLine: unlessQuiet((text) => {
      stderr.write(`${text}\n`);
      open = false;
    }),
    error: line,
    style: (style, text, stream = "stdout") =>
      // One at a time: Node 20 looks at the stream for a single style only.
      color
        ? [style].flat().reduce(
          (styled: string, each) => styleText(each, styled, { stream: stream === "stdout" ? stdout : stderr }),
          text,
        )
        : text,
    flush: async () => {
      await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write("", () => done()))));
    },
  };
}
