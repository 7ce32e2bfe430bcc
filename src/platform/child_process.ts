/**
 * Other programs: the editor, and what is run on new files.
 *
 * @module
 */
import { spawn } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  /** Null where a signal ended it. */
  readonly exit: number | null;
  /** What it printed on both streams, where that was not shown. */
  readonly output: string;
}

/** How a program is run. */
export interface ProgramOptions {
  readonly cwd: string;
  /** It talks to the terminal itself; left out, what it prints is kept. */
  readonly terminal?: boolean;
}

/**
 * Splits a command into words as a shell does, with single and double quotes; nothing else is special.
 *
 * @example
 * ```ts
 * import { splitCommand } from "./child_process.ts";
 *
 * console.assert(splitCommand('code --wait "my file"').length === 3);
 * ```
 */
export function splitCommand(command: string): readonly string[] {
  const words = command.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? "")
  );
}

/**
 * Runs a program to its end, without a shell.
 *
 * @param words the program and its arguments
 * @throws the system's error where the program cannot be started
 */
export function runProgram(
  [program = "", ...args]: readonly string[],
  { cwd, terminal = false }: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, stdio: terminal ? "inherit" : ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => output += chunk);
    }
    child.on("error", fail);
    child.on("close", (exit) => done({ exit, output }));
  });
}
