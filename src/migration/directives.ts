/**
 * What `revision` is about to write, as `processRevisionDirectives` of env.ts may change it.
 *
 * @module
 */
import type { Operation } from "../operations/registry.ts";

/** A file that is to be written. Everything may be changed in place. */
export interface RevisionDirective {
  /** The id that the file gets; left out of a directive that was added, it gets a new one. */
  revId?: string;
  message: string;
  /** What upgrades: what the comparison found, nothing without one. */
  upgrade: readonly Operation[];
  /** What takes it back; null where nothing can. Where only `upgrade` was changed, this is made anew from it. */
  downgrade: readonly Operation[] | null;
  /** What it follows, as `--head`; an added directive follows the one before it. */
  head?: string;
  splice?: boolean;
  branchLabels?: readonly string[];
  dependsOn?: readonly string[];
  versionPath?: string;
}

/** What a hook may know of where it is called from. */
export interface DirectiveContext {
  /** The dialect's name. */
  readonly dialect: string;
  /** What env.ts calls the database; null where it has no name. */
  readonly database: string | null;
  /** Whether the database was compared: false for a plain `revision`. */
  readonly autogenerate: boolean;
  /** The command that asks: `check` writes nothing. */
  readonly command: "revision" | "check";
}

/**
 * Changes, adds or empties (`directives.length = 0`) what is to be written.
 *
 * @param revision the full ids that the new revision follows
 * @param directives one at first
 */
export type RevisionHook = (
  context: DirectiveContext,
  revision: readonly string[],
  directives: RevisionDirective[],
) => void | Promise<void>;
