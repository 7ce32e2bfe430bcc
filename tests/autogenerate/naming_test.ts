import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { limitName, nameConstraints, type NamingConvention, primaryKeyName } from "../../src/schema/naming.ts";
import { orderTables } from "../../src/schema/order.ts";
import { tableOf } from "./stub.ts";

const users = tableOf("users", ["email text", "team"], {
  primaryKey: ["email", "team"],
  uniques: [{ columns: ["email"] }, { name: "mine", columns: ["team"] }],
  foreignKeys: [{ columns: ["team"], references: { table: "teams", columns: ["id"] } }],
  checks: [{ expression: "team > 0" }, { expression: "team < 9" }],
  indexes: [{ columns: ["team", { expression: "lower(email)" }] }],
});

const NAMES: { readonly [convention in NamingConvention]: readonly (string | undefined)[] } = {
  "postgres": [
    "users_pkey",
    "users_email_key",
    "mine",
    "users_team_fkey",
    "users_check",
    "users_check1",
    "users_team_expr_idx",
  ],
  "drizzle-0": [
    "users_email_team_pk",
    "users_email_unique",
    "mine",
    "users_team_teams_id_fk",
    "users_check",
    "users_check1",
    "users_team_expr_index",
  ],
  "drizzle-1": [
    "users_pkey",
    "users_email_key",
    "mine",
    "users_team_teams_id_fkey",
    "users_check",
    "users_check1",
    "users_team_expr_idx",
  ],
};

for (const [convention, expected] of Object.entries(NAMES) as [NamingConvention, readonly string[]][]) {
  test(`names: ${convention}`, () => {
    const { primaryKey, uniques, foreignKeys, checks, indexes } = nameConstraints(users, convention);
    const parts = [primaryKey, ...uniques, ...foreignKeys, ...checks, ...indexes];
    assert.deepEqual(parts.map((part) => part?.name), expected);
  });
}

test("a primary key of one column is named only when it is made by itself", () => {
  const table = tableOf("t", ["id"], { primaryKey: ["id"] });
  assert.deepEqual(nameConstraints(table, "postgres"), table);
  assert.equal(primaryKeyName("t", { columns: ["id"] }, "postgres"), "t_pkey");
  assert.equal(primaryKeyName("t", { name: "mine", columns: ["id"] }, "postgres"), "mine");
});

test("names have at most 63 bytes, and stay apart", () => {
  const name = "a".repeat(63);
  assert.equal(limitName(name), name);
  const cut = limitName(`${name}b`);
  assert.match(cut, /^a{54}_[0-9a-f]{8}$/);
  assert.notEqual(cut, limitName(`${name}c`));
  // The digits are in users' databases: they never change.
  assert.equal(cut, `${"a".repeat(54)}_d66f0acc`);
  const wide = limitName("ü".repeat(40));
  assert.ok(Buffer.byteLength(wide) <= 63);
  assert.match(wide, /^ü{27}_[0-9a-f]{8}$/);
  assert.doesNotMatch(limitName(`x${"ü".repeat(40)}`), /\uFFFD/);
});

test("tables are ordered by their foreign keys, circles named", () => {
  const on = (...tables: readonly string[]) => ({
    foreignKeys: tables.map((table) => ({ columns: ["id"], references: { table, columns: ["id"] } })),
  });
  const names = (list: readonly ReturnType<typeof tableOf>[]): unknown => {
    const { tables, cyclic } = orderTables(list);
    return [tables.map(({ name }) => name), cyclic.map(({ table, key }) => `${table.name}>${key.references.table}`)];
  };
  const a = tableOf("a", ["id"], on("b", "elsewhere", "a"));
  const b = tableOf("b", ["id"], on("d"));
  const c = tableOf("c", ["id"]);
  const d = tableOf("d", ["id"]);
  assert.deepEqual(names([a, b, c, d]), [["d", "b", "a", "c"], []]);
  assert.deepEqual(names([d, c, b, a]), [["d", "b", "a", "c"], []]);
  const x = tableOf("x", ["id"], on("y"));
  const y = tableOf("y", ["id"], on("z"));
  const z = tableOf("z", ["id"], on("x"));
  assert.deepEqual(names([z, y, x, tableOf("after", ["id"], on("x"))]), [["z", "y", "x", "after"], ["z>x"]]);
});
