/**
 * What SQLite has no words for, and what to do instead.
 *
 * @module
 */
import { LimbeckError } from "../../errors.ts";
import type { Operation } from "../../operations/registry.ts";

/** The error for what SQLite cannot do. */
export function unsupported(what: string, hint: string, facts: { readonly [key: string]: string } = {}): LimbeckError {
  return new LimbeckError("UNSUPPORTED", `Cannot ${what} on SQLite`, { hint, facts });
}

/** What to do instead of an operation that SQLite has no words for. */
const HINTS: readonly (readonly [kinds: RegExp, hint: string])[] = [
  [/Enum/, "SQLite has no enums: use a text column, and op.createCheckConstraint with the values"],
  [/Domain/, "SQLite has no domains: use op.createCheckConstraint on each column"],
  [/Sequence/, "SQLite has no sequences: use an integer primary key, with autoincrement: true"],
  [/MaterializedView/, "SQLite has no materialized views: use op.createView, or a table that triggers fill"],
  [/Function|Routine/, "SQLite keeps no functions: register them in the application"],
  [/Policy|RowLevelSecurity|grant|revoke|Privileges/, "SQLite has no roles: guard the rows in the application"],
  [/renameView/, "SQLite renames no views: use op.dropView and op.createView"],
  [
    /CompositeType|^(drop|rename)Type$/,
    "SQLite has no types of one's own: use a column for each part, or JSON in a text",
  ],
  [/Extension/, "SQLite's extensions are loaded by the application"],
  [/Collation/, "SQLite's collations are registered by the application"],
  [/Object/, "Write its statement with op.execute"],
  [/Trigger/, "SQLite's triggers always fire: drop it with op.dropTrigger"],
  [/[sS]chema/, "SQLite has no schemas: leave them out"],
  [/Partition/, "SQLite has no partitions: use one table"],
  [/Exclude/, "SQLite has no exclusion constraints: use a trigger that raises an error"],
  [/comment/, "SQLite keeps no comments: write it in the revision"],
];

/** The error for an operation that SQLite has nothing for. */
export function refused({ kind }: Operation): LimbeckError {
  const found = HINTS.find(([pattern]) => pattern.test(kind));
  const hint = found?.[1] ?? "Only PostgreSQL has that: leave it out";
  return unsupported(`run op.${kind}`, `${hint}, or ask op.dialect in the revision`, { operation: kind });
}
