/**
 * `postWriteHooks` of the configuration: what is run on each new file.
 *
 * @module
 */
import type { Config } from "../config.ts";
import { LimbeckError, messageOf } from "../errors.ts";
import { runProgram, splitCommand } from "../platform/child_process.ts";
import { relativePath, systemCode } from "../platform/files.ts";

/**
 * Runs every hook, in order, in the directory of the configuration and without a shell. `{path}` stands for the file; a
 * command without it gets it as its last word.
 *
 * @param path of the file, absolute
 * @returns a `HOOK_FAILED` for each that failed: the file is kept whatever happens
 */
export async function runPostWriteHooks(config: Config, path: string): Promise<readonly LimbeckError[]> {
  const failures: LimbeckError[] = [];
  for (const { command } of config.postWriteHooks) {
    const failed = await runHook(command, path, config.directory);
    if (failed !== undefined) failures.push(failed);
  }
  return failures;
}

async function runHook(command: string, path: string, cwd: string): Promise<LimbeckError | undefined> {
  const words = splitCommand(command.includes("{path}") ? command : `${command} {path}`);
  const filled = words.map((word) => word.replaceAll("{path}", path));
  try {
    const { exit, output } = await runProgram(filled, { cwd });
    return exit === 0 ? undefined : failure(command, path, `it ended with ${exit ?? "a signal"}`, output.trim());
  } catch (error) {
    const why = systemCode(error) === "ENOENT" ? `there is no program "${filled[0] ?? ""}"` : messageOf(error);
    return failure(command, path, why, "");
  }
}

function failure(command: string, path: string, why: string, output: string): LimbeckError {
  const printed = output === "" ? "" : `\n${output.split("\n").slice(-20).map((line) => `  ${line}`).join("\n")}`;
  return new LimbeckError("HOOK_FAILED", `Cannot run the hook "${command}" on the new file: ${why}${printed}`, {
    hint: `The file is kept: run the hook by hand on ${relativePath(path)}, or correct postWriteHooks`,
    facts: { path, command, output },
  });
}
