/**
 * The commands, one file each: what the command line runs, and what the library offers as `commands`.
 *
 * @module
 */
export { current, type CurrentResult } from "./current.ts";
export { downgrade, type DowngradeOptions } from "./downgrade.ts";
export { heads } from "./heads.ts";
export { history, type HistoryOptions, type HistoryResult } from "./history.ts";
export { init, type InitOptions, type InitResult } from "./init.ts";
export type { CommandOptions } from "./project.ts";
export type { MigrateResult, RevisionInfo, RevisionsResult, StepInfo } from "./result.ts";
export { revision, type RevisionOptions, type RevisionResult } from "./revision.ts";
export { upgrade, type UpgradeOptions } from "./upgrade.ts";
