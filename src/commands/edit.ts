/**
 * `limbeck edit`: opens revision files in the user's editor.
 *
 * @module
 */
import { LimbeckError, messageOf } from "../errors.ts";
import { runProgram, splitCommand } from "../platform/child_process.ts";
import { systemCode } from "../platform/files.ts";
import { currentDirectory, environment } from "../platform/process.ts";
import { openProject } from "./project.ts";
import { revisionInfo, type RevisionsResult } from "./result.ts";
import { findRevisions, type ShowOptions } from "./show.ts";

/**
 * Opens the files of some revisions in `$VISUAL`, else `$EDITOR`, and waits until it is closed.
 *
 * @throws `USAGE` where neither is set or the editor fails, and what `show` throws
 */
export async function edit(options: ShowOptions): Promise<RevisionsResult> {
  const project = await openProject(options);
  const map = await project.revisions();
  const revisions = await findRevisions(project, map, options.target, "edit");
  const paths = revisions.map(({ path }) => path);
  await openEditor(editorCommand(), paths, options.cwd ?? currentDirectory());
  // Read again: what is open in an editor may be saved with another message.
  const after = await (await openProject(options)).revisions();
  return {
    revisions: after.revisions.filter(({ path }) => paths.includes(path)).map((each) => revisionInfo(after, each)),
  };
}

function editorCommand(): string {
  const { VISUAL, EDITOR } = environment();
  const command = VISUAL || EDITOR;
  if (command) return command;
  throw new LimbeckError("USAGE", "Cannot open an editor: neither VISUAL nor EDITOR is set", {
    hint: 'Set one in the shell, for example: export EDITOR="code --wait"',
  });
}

async function openEditor(command: string, paths: readonly string[], cwd: string): Promise<void> {
  const failure = (why: string, cause?: unknown): LimbeckError =>
    new LimbeckError("USAGE", `Cannot edit with "${command}": ${why}`, {
      hint: "VISUAL, else EDITOR, says which program is started",
      facts: { command, paths },
      cause,
    });
  const end = await runProgram([...splitCommand(command), ...paths], { cwd, terminal: true })
    .catch((error) => {
      throw failure(systemCode(error) === "ENOENT" ? "there is no such program" : messageOf(error), error);
    });
  if (end.exit !== 0) throw failure(`it ended with ${end.exit ?? "a signal"}`);
}
