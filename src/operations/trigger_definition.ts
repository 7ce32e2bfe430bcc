/**
 * A trigger in parts, and the statement that is made of them.
 *
 * @module
 */
import type { ObjectName } from "../schema/model.ts";
import { invalid, requireColumns, requireName, requireSql } from "./arguments.ts";

/** What a trigger fires on; `{ update: ["email"] }` only where one of the columns is set. */
export type TriggerEvent = "insert" | "update" | "delete" | "truncate" | { readonly update: readonly string[] };

/** A trigger in parts. */
export interface TriggerParts {
  readonly timing: "before" | "after" | "instead of";
  readonly events: readonly TriggerEvent[];
  /** Left out means each row. */
  readonly forEach?: "row" | "statement";
  /** A condition, as a SQL expression. */
  readonly when?: string;
  /** PostgreSQL: the function that it calls: `"touch()"`. */
  readonly execute?: string;
  /** SQLite: the statements that it runs. */
  readonly body?: string;
  /** PostgreSQL: the names of the tables with the rows before and after. */
  readonly referencing?: { readonly oldTable?: string; readonly newTable?: string };
  /** PostgreSQL: a constraint trigger. */
  readonly constraint?: boolean;
  readonly deferrable?: boolean;
  readonly initially?: "immediate" | "deferred";
}

const TIMINGS: ReadonlySet<string> = new Set(["before", "after", "instead of"]);

const EVENTS: ReadonlySet<string> = new Set(["insert", "update", "delete", "truncate"]);

/** In quotes that both databases take, whatever the name is. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function eventSql(event: TriggerEvent): string {
  if (typeof event === "string") {
    if (EVENTS.has(event)) return event.toUpperCase();
    throw invalid("createTrigger", `"${event}" is no event that fires a trigger`);
  }
  requireColumns("createTrigger", event?.update);
  return `UPDATE OF ${event.update.map(quoted).join(", ")}`;
}

function actionSql({ execute, body }: TriggerParts): string {
  if ((execute === undefined) === (body === undefined)) {
    throw invalid("createTrigger", "a trigger has either execute (PostgreSQL) or body (SQLite)");
  }
  if (execute !== undefined) {
    requireSql("createTrigger", "execute", execute);
    if (!execute.includes("(")) throw invalid("createTrigger", `execute is a call: "${execute}()"`);
    return `EXECUTE FUNCTION ${execute}`;
  }
  const text = (body ?? "").trim().replace(/;$/, "");
  requireSql("createTrigger", "the body", text.replaceAll(";", " "));
  return `BEGIN ${text}; END`;
}

/** The CREATE statement. Throws `OPERATION_INVALID` for parts that make no trigger. */
export function triggerDefinition(name: string, table: ObjectName, parts: TriggerParts): string {
  const { timing, events, forEach = "row", when, referencing, constraint, deferrable, initially } = parts;
  if (!TIMINGS.has(timing)) {
    throw invalid("createTrigger", `"${timing}" is no time at which a trigger fires`);
  }
  if (!Array.isArray(events) || events.length === 0) throw invalid("createTrigger", "the list of events is empty");
  requireSql("createTrigger", "the condition", when);
  const { oldTable, newTable } = referencing ?? {};
  for (const each of [oldTable, newTable]) if (each !== undefined) requireName("createTrigger", each);
  const qualified = table.schema === undefined ? quoted(table.name) : `${quoted(table.schema)}.${quoted(table.name)}`;
  return [
    `CREATE${constraint ? " CONSTRAINT" : ""} TRIGGER ${quoted(name)} ${timing.toUpperCase()}`,
    events.map(eventSql).join(" OR "),
    `ON ${qualified}`,
    deferrable ? `DEFERRABLE${initially === "deferred" ? " INITIALLY DEFERRED" : ""}` : "",
    oldTable === undefined && newTable === undefined ? "" : "REFERENCING",
    oldTable === undefined ? "" : `OLD TABLE AS ${quoted(oldTable)}`,
    newTable === undefined ? "" : `NEW TABLE AS ${quoted(newTable)}`,
    `FOR EACH ${forEach.toUpperCase()}`,
    when === undefined ? "" : `WHEN (${when})`,
    actionSql(parts),
  ].filter((part) => part !== "").join(" ");
}
