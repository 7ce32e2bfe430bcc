/**
 * The commands as the command line offers them: arguments in, text or JSON out. The work is in `src/commands/`,
 * imported when its command runs, so that `--help` and `heads` start fast.
 *
 * @module
 */
import { checkSpec } from "./commands/checking.ts";
import { diffSpec } from "./commands/differing.ts";
import { branchesSpec, currentSpec, headsSpec, historySpec, showSpec } from "./commands/looking.ts";
import { downgradeSpec, ensureVersionSpec, stampSpec, upgradeSpec } from "./commands/moving.ts";
import { initSpec, listTemplatesSpec } from "./commands/starting.ts";
import { editSpec, mergeSpec, revisionSpec } from "./commands/writing.ts";
import type { CommandSpec } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** Every command, in the order of the help. */
export function commandSpecs(terminal: Terminal): readonly CommandSpec[] {
  return [
    initSpec(terminal),
    listTemplatesSpec(terminal),
    revisionSpec(terminal),
    mergeSpec(terminal),
    editSpec(terminal),
    checkSpec(terminal),
    diffSpec(terminal),
    upgradeSpec(terminal),
    downgradeSpec(terminal),
    stampSpec(terminal),
    ensureVersionSpec(terminal),
    currentSpec(terminal),
    historySpec(terminal),
    headsSpec(terminal),
    branchesSpec(terminal),
    showSpec(terminal),
  ];
}
