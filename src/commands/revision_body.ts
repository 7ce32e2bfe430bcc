/**
 * The two bodies of a new revision file.
 *
 * @module
 */
import type { Dialect } from "../dialects/dialect.ts";
import { LimbeckError } from "../errors.ts";
import { inBatches } from "../operations/batch_alter_table.ts";
import { applyOperation, type Operation } from "../operations/registry.ts";
import { renderOperations } from "../operations/render.ts";
import type { Schema } from "../schema/model.ts";
import { compileOperations } from "./compile_operations.ts";

/** The bodies of a file. */
export interface RevisionBody {
  readonly upgrades: string;
  readonly downgrades: string;
  /** False where the file has to say that it runs outside a transaction. */
  readonly transactional: boolean;
}

/** The body of a file that a person fills. */
export const EMPTY_BODY: RevisionBody = { upgrades: "", downgrades: "", transactional: true };

/** What one database has to do with a new revision. */
export interface BodyPart {
  /** What env.ts calls the database. */
  readonly database: string | undefined;
  readonly upgrade: readonly Operation[];
  /** Null where it cannot be taken back. */
  readonly downgrade: readonly Operation[] | null;
  /** What the database looks like now. */
  readonly current: Schema;
  readonly dialect: Dialect;
  /** Whether the neighbouring changes of one table are written as a batch. */
  readonly renderAsBatch?: boolean | undefined;
}

/** Left where nothing takes an operation back: better an error than a downgrade that does half. */
const IRREVERSIBLE = 'throw new Error("This revision cannot be taken back: write its downgrade");';

/**
 * Writes the bodies. Of several databases, each gets its part: `if (op.database === "users") { … }`.
 *
 * @throws `UNSUPPORTED` for several databases in one SQL file, and for a statement with bound values in one
 */
export function renderBody(parts: readonly BodyPart[], format: "ts" | "sql"): RevisionBody {
  const [first, ...others] = parts;
  if (first === undefined) return EMPTY_BODY;
  if (format === "sql") {
    if (others.length === 0) return renderSql(first);
    throw new LimbeckError("UNSUPPORTED", "Cannot write one SQL revision for several databases", {
      hint: "Use --format ts, or one database at a time: -n NAME",
    });
  }
  const single = others.length === 0 && first.database === undefined;
  return {
    upgrades: single ? typeScript(first, first.upgrade, "") : byDatabase(parts, (part) => part.upgrade),
    downgrades: single ? typeScript(first, first.downgrade, "") : byDatabase(parts, (part) => part.downgrade),
    transactional: true,
  };
}

function typeScript(
  { renderAsBatch }: BodyPart,
  operations: readonly Operation[] | null,
  indent: string,
): string {
  if (operations === null) return `${indent}${IRREVERSIBLE}`;
  return renderOperations(renderAsBatch ? inBatches(operations) : operations, { indent });
}

function byDatabase(parts: readonly BodyPart[], of: (part: BodyPart) => readonly Operation[] | null): string {
  return parts
    .filter((part) => of(part)?.length !== 0)
    .map((part) =>
      `if (op.database === ${JSON.stringify(part.database)}) {\n${
        typeScript(part, of(part), "  ").replace(/\n+$/, "")
      }\n}`
    )
    .join("\n");
}

function renderSql({ upgrade, downgrade, current, dialect }: BodyPart): RevisionBody {
  const up = script(upgrade, current, dialect);
  if (downgrade === null) return { upgrades: up.text, downgrades: "", transactional: up.transactional };
  const down = script(downgrade, upgrade.reduce(applyOperation, current), dialect);
  return { upgrades: up.text, downgrades: down.text, transactional: up.transactional && down.transactional };
}

/** The sentence of a note; the lines below it are TypeScript. */
const firstLine = (note: string): string => note.split(/[\n\r]/)[0] ?? "";

function script(operations: readonly Operation[], before: Schema, dialect: Dialect) {
  const statements = compileOperations(operations, before, dialect);
  const bound = statements.find(({ params }) => params !== undefined && params.length > 0);
  if (bound !== undefined) {
    throw new LimbeckError("UNSUPPORTED", "Cannot write a statement with bound values into a SQL revision", {
      hint: "Use --format ts",
      facts: { sql: bound.sql },
    });
  }
  // A change to a table may be several statements, or several changes one: what is said of them stands above all.
  const notes = operations.flatMap((operation) =>
    "note" in operation && operation.note ? [firstLine(operation.note)] : []
  );
  return {
    text: notes.map((note) => `-- ${note}\n`).join("") + statements.map(({ sql }) => `${sql};\n`).join("\n"),
    transactional: statements.every(({ transactional }) => transactional !== false),
  };
}
