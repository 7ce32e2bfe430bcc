/**
 * The commands, one file each: what the command line runs, and what the library offers as `commands`.
 *
 * @module
 */
export { branches, type BranchesResult } from "./branches.ts";
export { check, type CheckResult } from "./check.ts";
export { current, type CurrentDatabase, type CurrentResult } from "./current.ts";
export { diff, type DiffOptions, type DiffResult } from "./diff.ts";
export { downgrade, type DowngradeOptions } from "./downgrade.ts";
export { dryRun, type DryRunOptions, type DryRunResult, type DryRunStep } from "./dry_run.ts";
export { edit } from "./edit.ts";
export { type EnsuredTable, ensureVersion, type EnsureVersionResult } from "./ensure_version.ts";
export { heads, type HeadsOptions } from "./heads.ts";
export { history, type HistoryOptions, type HistoryResult } from "./history.ts";
export { init, type InitOptions, type InitResult } from "./init.ts";
export { listTemplates, type TemplatesResult } from "./list_templates.ts";
export { merge, type MergeOptions } from "./merge.ts";
export {
  downgradeScript,
  ensureVersionScript,
  type OfflineOptions,
  type ScriptResult,
  stampScript,
  upgradeScript,
} from "./offline.ts";
export type { CommandOptions } from "./project.ts";
export type { DatabaseInfo, MigrateResult, RevisionInfo, RevisionsResult, Standing, StepInfo } from "./result.ts";
export { revision, type RevisionOptions, type RevisionResult } from "./revision.ts";
export { show, type ShowOptions } from "./show.ts";
export { stamp, type StampOptions } from "./stamp.ts";
export { upgrade, type UpgradeOptions } from "./upgrade.ts";
