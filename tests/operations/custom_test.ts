import assert from "node:assert/strict";
import { test } from "node:test";
import { type Op, type OperationType, registerOperation } from "../../mod.ts";
import { postgres } from "../../src/dialects/postgres/dialect.ts";
import { sqlite } from "../../src/dialects/sqlite/dialect.ts";
import { createRecorder } from "../../src/operations/recorder.ts";
import { applyOperation, type Operation, OPERATIONS, reverseOperations } from "../../src/operations/registry.ts";
import { renderOperations } from "../../src/operations/render.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model.ts";

interface CreateRole {
  readonly kind: "createRole";
  readonly name: string;
}

const createRole: OperationType<CreateRole, [name: string]> = {
  kind: "createRole",
  create: (name) => ({ kind: "createRole", name }),
  args: ({ name }) => [name],
  reverse: ({ name }) => [{ kind: "execute", sql: `drop role ${name}` } as Operation],
  apply: (schema) => schema,
  compile: ({ name }, { writer }) => [{ sql: `CREATE ROLE ${writer.identifier(name)}` }],
};

declare module "../../mod.ts" {
  interface CustomOperations {
    createRole: typeof createRole;
  }
}

const recorder = (): ReturnType<typeof createRecorder> =>
  createRecorder({ dialect: "postgres", placeholder: (number) => `$${number}`, query: () => Promise.resolve([]) });

function recorded(record: (op: Op) => void): readonly Operation[] {
  const { op, take } = recorder();
  record(op);
  return take().map(({ operation }) => operation);
}

/** Never run: TypeScript has to refuse each line that says so, and to take the others. */
export function typed(op: Op): void {
  op.createRole("app");
  op.invoke({ kind: "createRole", name: "app" });
  // @ts-expect-error: the name is text
  op.createRole(1);
  // @ts-expect-error: there is no such operation
  op.invoke({ kind: "createUser", name: "app" });
  // @ts-expect-error: where is missing
  op.backfill("t", { set: { a: "1" } });
  // @ts-expect-error: an expression is SQL text
  op.backfill("t", { set: { a: 1 }, where: "a is null" });
  // @ts-expect-error: a row is an object
  op.bulkInsert("t", [1]);
  op.bulkInsert("t", [{ a: 1, b: { c: [1] }, d: new Date(), e: undefined, f: null }]);
  op.batchAlterTable("t", (batch) => {
    batch.addColumn({ name: "a", type: "text" });
    batch.createForeignKey("f", "u", ["a"], ["b"], { onDelete: "cascade" });
    // @ts-expect-error: the table is left out
    batch.dropColumn("t", "a");
    // @ts-expect-error: a table is not dropped in a batch
    batch.dropTable("t");
  }, { recreate: "always" });
  // @ts-expect-error: auto, always or never
  op.batchAlterTable("t", () => {}, { recreate: true });
  // @ts-expect-error: undefined is no value
  op.sql`select ${undefined}`;
}

test("a registered operation is recorded, rendered, compiled and taken back as any other", () => {
  registerOperation(createRole);
  const operations = recorded((op) => {
    op.createRole("App");
    op.autocommitBlock((op) => op.createRole("b"));
    op.invoke({ kind: "createRole", name: "c" });
  });
  assert.equal(
    renderOperations(operations),
    '  op.createRole("App");\n  op.autocommitBlock((op) => {\n    op.createRole("b");\n  });\n  op.createRole("c");',
  );
  const first = operations.slice(0, 1);
  for (const { compile, group, writer } of [postgres, sqlite]) {
    assert.deepEqual(group(first), [first]);
    assert.deepEqual(compile(first, { writer, before: EMPTY_SCHEMA }), [{ sql: 'CREATE ROLE "App"' }]);
  }
  assert.equal(operations.reduce(applyOperation, EMPTY_SCHEMA), EMPTY_SCHEMA);
  assert.deepEqual(reverseOperations(first, EMPTY_SCHEMA), [{ kind: "execute", sql: "drop role App" }]);
});

test("what is no kind of operation is not registered", () => {
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ kind: "create role" }, /no name/],
    [{ kind: undefined }, /no name/],
    [{ kind: "addColumn" }, /limbeck has an operation of that name/],
    [{ kind: "query" }, /limbeck has an operation of that name/],
    [{ kind: "other", compile: undefined }, /no function "compile"/],
  ];
  for (const [wrong, message] of cases) {
    assert.throws(() => registerOperation({ ...createRole, ...wrong } as never), {
      code: "OPERATION_INVALID",
      message,
    });
  }
});

test("an operation is invoked as data, and refused where it can never be right", () => {
  const operation = OPERATIONS.dropTable.create("t", { ifExists: true });
  assert.deepEqual(recorded((op) => op.invoke(operation)), [operation]);
  const invoke = (wrong: unknown): void => void recorded((op) => op.invoke(wrong as Operation));
  assert.throws(() => invoke(undefined), { code: "OPERATION_INVALID" });
  assert.throws(() => invoke({ kind: "nosuch" }), { code: "UNSUPPORTED", message: /"nosuch"/ });
  assert.throws(() => invoke({ kind: "createPrimaryKey", table: { name: "t" }, key: { columns: [] } }), {
    code: "OPERATION_INVALID",
  });
});

test("op.sql binds values of every kind", () => {
  const at = new Date(0);
  const bytes = new Uint8Array([1, 255]);
  const [operation] = recorded((op) => op.sql`update t set a = ${at}, b = ${2n ** 60n}, c = ${bytes}, d = ${null}`);
  const sql = "update t set a = $1, b = $2, c = $3, d = $4";
  assert.deepEqual(operation, { kind: "execute", sql, params: [at, 2n ** 60n, bytes, null] });
  const script = (dialect: typeof sqlite, text: string): string =>
    dialect.script.statement({ sql: text, params: [at, 2n ** 60n, bytes, null] });
  assert.equal(
    script(postgres, sql),
    "update t set a = '1970-01-01T00:00:00.000Z', b = '1152921504606846976', c = '\\x01ff'::bytea, d = NULL;",
  );
  assert.equal(
    script(sqlite, sql.replace(/\$\d/g, "?")),
    "update t set a = 0, b = 1152921504606846976, c = x'01ff', d = NULL;",
  );
  assert.throws(() => recorded((op) => op.sql`select ${undefined as never}`), { message: /value 1 is undefined/ });
});
