/**
 * The command line from its arguments to its exit code.
 *
 * @module
 */
import process from "node:process";
import { CommanderError } from "commander";
import { type LimbeckError, toLimbeckError } from "../errors.ts";
import { commandSpecs } from "./commands.ts";
import { errorLines } from "./errors.ts";
import { type Output, processOutput } from "./output.ts";
import { createProgram, endDocument, isRegularEnd, usageError } from "./program.ts";

/**
 * Runs one command line.
 *
 * @param argv what follows the program's name
 * @returns the exit code: 0 done, 1 a negative answer or a failure, 2 wrong usage or configuration, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  const flags = { json: argv.includes("--json"), raise: argv.includes("--raiseerr") };
  const color = !argv.includes("--no-color");
  const output = processOutput({ quiet: argv.includes("-q") || argv.includes("--quiet"), color });
  const interrupt = listenForInterrupts(output);
  const specs = commandSpecs({ output, signal: interrupt.signal });
  let negative: LimbeckError | undefined;
  let asked = "";
  try {
    const program = createProgram(specs, (answer) => {
      negative = answer;
    }, (text) => {
      asked += text;
    });
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    if (negative === undefined) return 0;
    // The one JSON document is the answer itself, which is printed.
    report(negative, output, { ...flags, json: false });
    return (negative as LimbeckError).exitCode;
  } catch (thrown) {
    if (isRegularEnd(thrown)) {
      const text = asked.trimEnd();
      output.result(flags.json ? JSON.stringify(endDocument(thrown, text)) : text);
      return 0;
    }
    const error = thrown instanceof CommanderError ? usageError(thrown, argv, specs) : toLimbeckError(thrown);
    report(error, output, flags);
    return error.exitCode;
  } finally {
    interrupt.dispose();
    await output.flush();
  }
}

function report(
  error: LimbeckError,
  output: Output,
  { json, raise }: { readonly json: boolean; readonly raise: boolean },
): void {
  if (json) output.result(JSON.stringify({ error }));
  for (const line of errorLines(error, output)) output.error(line);
  if (raise) { for (const line of stackLines(error)) output.error(line); }
}

/** The stack of an error and of everything beneath it. */
function stackLines(error: Error): readonly string[] {
  const { cause } = error;
  const beneath = cause instanceof Error ? ["Caused by:", ...stackLines(cause)] : [];
  return [error.stack ?? error.message, ...beneath];
}

/** The first Ctrl-C stops the command in good order, the second one at once. */
function listenForInterrupts(output: Output): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    output.message("Stopping: what is not committed is rolled back (once more to stop at once)");
    controller.abort();
  };
  // Windows has no SIGTERM to listen for.
  const signals = process.platform === "win32" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of signals) process.off(name, stop);
    },
  };
}
