import { statement } from "../ddl/statement.ts";
import { compact, compareText, editTable, findColumn, findTable } from "../schema/edit.ts";
import type { Schema, Table } from "../schema/model.ts";
import type { ObjectRef } from "../schema/objects.ts";
import { refKey } from "../schema/refs.ts";
import { invalid, type Name, requireName, toName } from "./arguments.ts";
import { data, type OperationType } from "./operation.ts";
import { refSql, tableOfRef } from "./ref_sql.ts";

/** The data of `op.comment`. */
export interface Comment {
  readonly kind: "comment";
  readonly on: ObjectRef;
  /** Null takes the comment away. */
  readonly text: string | null;
}

/** What else has to be said of an object of each kind. A constraint may be a domain's, which `type` names then. */
const NEEDED: { readonly [kind in ObjectRef["kind"]]: "table" | "arguments" | "type" | undefined } = {
  schema: undefined,
  extension: undefined,
  type: undefined,
  domain: undefined,
  collation: undefined,
  sequence: undefined,
  table: undefined,
  column: "table",
  constraint: undefined,
  index: undefined,
  view: undefined,
  materializedView: undefined,
  routine: "arguments",
  trigger: "table",
  policy: "table",
  object: "type",
};

/** A ref from what a user writes: the name of a table, or the ref itself. */
export function toRef(kind: string, on: Name | ObjectRef): ObjectRef {
  if (typeof on !== "string" && "kind" in on) {
    requireName(kind, on.name);
    if (!Object.hasOwn(NEEDED, on.kind)) throw invalid(kind, `"${on.kind}" is no kind of object`);
    const needed = NEEDED[on.kind];
    if (needed !== undefined && typeof on[needed] !== "string") {
      throw invalid(kind, `a ${on.kind} is named with its ${needed}: { kind: "${on.kind}", name, ${needed} }`);
    }
    return compact<ObjectRef>({ ...on });
  }
  return { kind: "table", ...toName(kind, on) };
}

/** The shortest form of a ref. */
export function fromRef(ref: ObjectRef): Name | ObjectRef {
  if (ref.kind !== "table") return ref;
  return ref.schema === undefined ? ref.name : { name: ref.name, schema: ref.schema };
}

function commentOf(schema: Schema, on: ObjectRef): string | null {
  if (on.kind === "table") return findTable(schema, on)?.comment ?? null;
  const table = on.kind === "column" ? findTable(schema, tableOfRef(on)) : undefined;
  if (table !== undefined) return findColumn(table, on.name)?.comment ?? null;
  return schema.comments.find((comment) => refKey(comment.on) === refKey(on))?.text ?? null;
}

function withComment(schema: Schema, on: ObjectRef, text: string | null): Schema {
  const comment = text ?? undefined;
  if (on.kind === "table") {
    return editTable(schema, on, ({ comment: _, ...table }) => compact<Table>({ ...table, comment }));
  }
  if (on.kind === "column" && findTable(schema, tableOfRef(on)) !== undefined) {
    return editTable(schema, tableOfRef(on), (table) => ({
      ...table,
      columns: table.columns.map(({ comment: old, ...column }) =>
        compact({ ...column, comment: column.name === on.name ? comment : old })
      ),
    }));
  }
  const others = schema.comments.filter((each) => refKey(each.on) !== refKey(on));
  const comments = text === null ? others : [...others, { on, text }];
  return { ...schema, comments: comments.toSorted((a, b) => compareText(refKey(a.on), refKey(b.on))) };
}

/**
 * Says something about an object (PostgreSQL): a table by its name, any other by a ref.
 *
 * @example
 * ```ts
 * import type { Op } from "limbeck";
 *
 * export function upgrade(op: Op): void {
 *   op.comment("users", "Who may log in");
 *   op.comment({ kind: "index", table: "users", name: "users_email_idx" }, "For the login");
 * }
 * ```
 */
export const comment: OperationType<Comment, [on: Name | ObjectRef, text: string | null]> = {
  kind: "comment",
  create(on, text) {
    if (text !== null && (typeof text !== "string" || text === "")) {
      throw invalid("comment", "the comment is a text, or null where there shall be none");
    }
    return { kind: "comment", on: toRef("comment", on), text };
  },
  args: ({ on, text }) => [fromRef(on), text],
  reverse: ({ on }, before) => [data<Comment>({ kind: "comment", on, text: commentOf(before, on) })],
  apply: (schema, { on, text }) => withComment(schema, on, text),
  compile: ({ on, text }, { writer }) => [statement(`COMMENT ON ${refSql(writer, on)} IS ${writer.literal(text)}`)],
};
