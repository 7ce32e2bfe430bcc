import assert from "node:assert/strict";
import { test } from "node:test";
import { compareSchemas } from "../../src/autogenerate/compare_schemas.ts";
import type { Comparison } from "../../src/autogenerate/comparison.ts";
import { downgradeOperations } from "../../src/autogenerate/downgrade.ts";
import { applyOperation } from "../../src/operations/registry.ts";
import { renderOperations } from "../../src/operations/render.ts";
import { enumType, type SchemaDefinition, type TableDefinition } from "../../src/schema/builder.ts";
import { compareText } from "../../src/schema/edit.ts";
import type { Schema, Table } from "../../src/schema/model.ts";
import { comparisonOf, POSTGRES, SQLITE, tableOf } from "./stub.ts";

/** A schema without what has no order of its own. */
function unordered(schema: Schema): unknown {
  const sorted = <T>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  return {
    ...schema,
    tables: schema.tables.map((table: Table) => ({
      ...table,
      columns: sorted(table.columns),
      uniques: sorted(table.uniques),
      foreignKeys: sorted(table.foreignKeys),
      checks: sorted(table.checks),
      indexes: sorted(table.indexes),
    })),
  };
}

/**
 * Compares, and checks what holds for every comparison: applied, nothing is left to do; taken back, the database is as
 * it was.
 */
function found(comparison: Comparison): readonly string[] {
  const { operations } = compareSchemas(comparison);
  const after = operations.reduce<Schema>(applyOperation, comparison.current);
  assert.deepEqual(compareSchemas({ ...comparison, current: after }).operations, [], "nothing is left to do");
  const back = downgradeOperations(operations, comparison.current, comparison.dialect);
  assert.ok(back !== null);
  const before = back.reduce<Schema>(applyOperation, after);
  assert.deepEqual(unordered(before), unordered(comparison.current), "the downgrade restores the database");
  return lines(renderOperations(operations, { indent: "", width: 10_000 }));
}

const lines = (text: string): readonly string[] => text === "" ? [] : text.split("\n");

interface Case {
  readonly name: string;
  readonly current?: SchemaDefinition;
  readonly target?: SchemaDefinition;
  readonly options?: Partial<Comparison>;
  readonly expected: readonly string[];
}

const users = (columns: readonly string[], rest: Partial<TableDefinition> = {}): SchemaDefinition => ({
  tables: [tableOf("users", columns, rest)],
});

const CASES: readonly Case[] = [
  { name: "nothing", expected: [] },
  { name: "the same", current: users(["id!"]), target: users(["id!"]), expected: [] },
  { name: "types in another spelling", current: users(["id INTEGER"]), target: users(["id integer"]), expected: [] },
  {
    name: "a new table, its constraints named",
    target: users(["id!", "email text"], {
      primaryKey: ["id"],
      uniques: [{ columns: ["email"] }],
      checks: [{ expression: "id > 0" }],
      indexes: [{ columns: ["email"] }],
    }),
    expected: [
      'op.createTable("users", { columns: [{ name: "id", type: "integer", nullable: false }, { name: "email", type: "text" }], primaryKey: ["id"], uniques: [{ name: "users_email_key", columns: ["email"] }], checks: [{ name: "users_check", expression: "id > 0" }], indexes: [{ name: "users_email_idx", columns: ["email"] }] });',
    ],
  },
  { name: "a table that is gone", current: users(["id"]), expected: ['op.dropTable("users");'] },
  {
    name: "the version table is nobody's business",
    current: users(["id"]),
    options: { ignore: [{ name: "users" }] },
    expected: [],
  },
  {
    name: "a kind that the target does not speak about",
    current: users(["id"]),
    options: { kinds: ["enums"] },
    expected: [],
  },
  {
    name: "columns added, changed and dropped",
    current: users(["a", "b text", "c!"]),
    target: users(["b integer", "c", "d text"]),
    expected: [
      'op.alterColumn("users", "b", { type: "integer", using: "b::integer" });',
      'op.alterColumn("users", "c", { nullable: true });',
      'op.addColumn("users", { name: "d", type: "text" });',
      'op.dropColumn("users", "a");',
    ],
  },
  {
    name: "a conversion restates the default",
    current: { tables: [tableOf("t", [], { columns: [{ name: "a", type: "text", default: "'0'" }] })] },
    target: { tables: [tableOf("t", [], { columns: [{ name: "a", type: "integer", default: 0 }] })] },
    expected: ['op.alterColumn("t", "a", { type: "integer", using: "a::integer", default: "0" });'],
  },
  {
    name: "a default in another spelling, one that goes, one that comes",
    current: {
      tables: [tableOf("t", [], {
        columns: [{ name: "a", type: "text", default: "f( 1 )" }, { name: "b", type: "text", default: 1 }, {
          name: "c",
          type: "text",
        }],
      })],
    },
    target: {
      tables: [tableOf("t", [], {
        columns: [{ name: "a", type: "text", default: "f(1)" }, { name: "b", type: "text" }, {
          name: "c",
          type: "text",
          default: "'x'",
        }],
      })],
    },
    expected: ['op.alterColumn("t", "b", { default: null });', 'op.alterColumn("t", "c", { default: "\'x\'" });'],
  },
  {
    name: "types and defaults that are not compared",
    current: { tables: [tableOf("t", [], { columns: [{ name: "a", type: "text", default: 1 }] })] },
    target: { tables: [tableOf("t", [], { columns: [{ name: "a", type: "integer", default: 2 }] })] },
    options: { compareType: false, compareServerDefault: false },
    expected: [],
  },
  {
    name: "a generated column whose rule changes is made anew, with the index on it",
    current: {
      tables: [tableOf("t", [], {
        columns: [{ name: "a", type: "text" }, {
          name: "g",
          type: "text",
          generated: { expression: "a", stored: true },
        }],
        indexes: [{ name: "i", columns: ["g"] }],
      })],
    },
    target: {
      tables: [tableOf("t", [], {
        columns: [{ name: "a", type: "text" }, {
          name: "g",
          type: "text",
          generated: { expression: "upper(a)", stored: true },
        }],
        indexes: [{ name: "i", columns: ["g"] }],
      })],
    },
    expected: [
      'op.dropColumn("t", "g");',
      'op.addColumn("t", { name: "g", type: "text", generated: { expression: "upper(a)", stored: true } });',
      'op.createIndex("i", "t", ["g"]);',
    ],
  },
  ...[POSTGRES, SQLITE].map((dialect): Case => ({
    name: `a column that a generated one is computed from changes its type (${
      dialect === SQLITE ? "rebuilt" : "altered"
    })`,
    current: {
      tables: [tableOf("t", [], {
        columns: [
          { name: "g", type: "text", generated: { expression: 'upper("a")', stored: true } },
          { name: "a", type: "varchar" },
          { name: "upper", type: "integer" },
        ],
      })],
    },
    target: {
      tables: [tableOf("t", [], {
        columns: [
          { name: "g", type: "text", generated: { expression: 'upper("a")', stored: true } },
          { name: "a", type: "text" },
          { name: "upper", type: "integer" },
        ],
      })],
    },
    options: { dialect },
    expected: dialect === SQLITE ? ['op.alterColumn("t", "a", { type: "text" });'] : [
      'op.dropColumn("t", "g");',
      'op.alterColumn("t", "a", { type: "text" });',
      `op.addColumn("t", { name: "g", type: "text", generated: { expression: 'upper("a")', stored: true } });`,
    ],
  })),
  {
    name: "a generated column that keeps its values",
    current: {
      tables: [
        tableOf("t", [], { columns: [{ name: "g", type: "text", generated: { expression: "1", stored: true } }] }),
      ],
    },
    target: { tables: [tableOf("t", ["g text"])] },
    expected: ['op.alterColumn("t", "g", { generated: null });'],
  },
  {
    name: "constraints without a name match whatever they are called",
    current: users(["id!", "email text", "team"], {
      primaryKey: { name: "users_pkey", columns: ["id"] },
      uniques: [{ name: "old_tool_name", columns: ["email"] }],
      foreignKeys: [{ name: "fk_1", columns: ["team"], references: { table: "users", columns: ["id"] } }],
      checks: [{ name: "chk", expression: "(id>0)" }],
      indexes: [{ name: "ix", columns: ["team"] }],
    }),
    target: users(["id!", "email text", "team"], {
      primaryKey: ["id"],
      uniques: [{ columns: ["email"] }],
      foreignKeys: [{
        columns: ["team"],
        references: { table: "users", columns: ["id"] },
        onDelete: "no action",
      }],
      checks: [{ expression: "(id > 0)" }],
      indexes: [{ columns: ["team"] }],
    }),
    expected: [],
  },
  {
    name: "constraints with a name are found by it",
    current: users(["a", "b"], {
      uniques: [{ name: "one", columns: ["a"] }],
      indexes: [{ name: "i", columns: ["a"] }, { name: "old", columns: ["b"] }],
    }),
    target: users(["a", "b"], {
      uniques: [{ name: "two", columns: ["a"] }],
      indexes: [{ name: "i", columns: ["a", "b"] }, { name: "new", columns: ["b"] }],
    }),
    expected: [
      'op.dropIndex("i", "users");',
      'op.renameConstraint("one", "users", "two");',
      'op.renameIndex("old", "users", "new");',
      'op.createIndex("i", "users", ["a", "b"]);',
    ],
  },
  {
    name: "a constraint that the database knows no name of",
    current: users(["a"], { checks: [{ expression: "a>0" }] }),
    target: users(["a"], { checks: [{ name: "positive", expression: "a > 0" }] }),
    options: { dialect: SQLITE },
    expected: [],
  },
  {
    name: "a unique index is no constraint on PostgreSQL",
    current: users(["a"], { indexes: [{ name: "u", columns: ["a"], unique: true }] }),
    target: users(["a"], { uniques: [{ columns: ["a"] }] }),
    expected: [
      'op.dropIndex("u", "users");',
      'op.createUniqueConstraint("users_a_key", "users", ["a"]);',
    ],
  },
  {
    name: "a unique index is a constraint on SQLite",
    current: users(["a", "b"], {
      indexes: [{ name: "u", columns: ["a"], unique: true }],
      uniques: [{ columns: ["b"] }],
    }),
    target: users(["a", "b"], {
      uniques: [{ columns: ["a"] }],
      indexes: [{ name: "named", columns: ["b"], unique: true }],
    }),
    options: { dialect: SQLITE },
    expected: [],
  },
  {
    name: "a partial unique index is none",
    current: users(["a"], { indexes: [{ name: "u", columns: ["a"], unique: true, where: "a>0" }] }),
    target: users(["a"], { uniques: [{ columns: ["a"] }] }),
    options: { dialect: SQLITE },
    expected: ['op.dropIndex("u", "users");', 'op.createUniqueConstraint("users_a_key", "users", ["a"]);'],
  },
  {
    name: "an index whose order is spelled out",
    current: users(["a", "b"], {
      indexes: [{ name: "i", columns: [{ column: "a", order: "desc" }, "b"] }],
    }),
    target: users(["a", "b"], {
      indexes: [{
        name: "i",
        columns: [{ column: "a", order: "desc", nulls: "first" }, { column: "b", nulls: "last" }],
        using: "btree",
      }],
    }),
    expected: [],
  },
  {
    name: "another primary key",
    current: users(["a!", "b!"], { primaryKey: { name: "users_pkey", columns: ["a"] } }),
    target: users(["a!", "b!"], { primaryKey: ["a", "b"] }),
    expected: [
      'op.dropConstraint("users_pkey", "users", { type: "primaryKey" });',
      'op.createPrimaryKey("users_pkey", "users", ["a", "b"]);',
    ],
  },
  {
    name: "a foreign key with another action",
    current: users(["id", "boss"], {
      foreignKeys: [{ name: "f", columns: ["boss"], references: { table: "users", columns: ["id"] } }],
    }),
    target: users(["id", "boss"], {
      foreignKeys: [{ columns: ["boss"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" }],
    }),
    expected: [
      'op.dropConstraint("f", "users", { type: "foreignKey" });',
      'op.createForeignKey("users_boss_fkey", "users", "users", ["boss"], ["id"], { onDelete: "cascade" });',
    ],
  },
  {
    name: "tables in the order of their keys, circles closed afterwards",
    target: {
      tables: [
        tableOf("a", ["id"], { primaryKey: ["id"], foreignKeys: [{ columns: ["id"], references: ref("z") }] }),
        tableOf("b", ["id"], { primaryKey: ["id"], foreignKeys: [{ columns: ["id"], references: ref("c") }] }),
        tableOf("c", ["id"], { primaryKey: ["id"], foreignKeys: [{ columns: ["id"], references: ref("b") }] }),
        tableOf("z", ["id"], { primaryKey: ["id"], foreignKeys: [{ columns: ["id"], references: ref("z") }] }),
      ],
    },
    expected: [
      'op.createTable("z", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"], foreignKeys: [{ name: "z_id_fkey", columns: ["id"], references: { table: "z", columns: ["id"] } }] });',
      'op.createTable("a", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"], foreignKeys: [{ name: "a_id_fkey", columns: ["id"], references: { table: "z", columns: ["id"] } }] });',
      'op.createTable("c", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"] });',
      'op.createTable("b", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"], foreignKeys: [{ name: "b_id_fkey", columns: ["id"], references: { table: "c", columns: ["id"] } }] });',
      'op.createForeignKey("c_id_fkey", "c", "b", ["id"], ["id"]);',
    ],
  },
  {
    name: "circles that are dropped",
    current: {
      tables: [
        tableOf("b", ["id"], {
          primaryKey: ["id"],
          foreignKeys: [{ name: "bc", columns: ["id"], references: ref("c") }],
        }),
        tableOf("c", ["id"], {
          primaryKey: ["id"],
          foreignKeys: [{ name: "cb", columns: ["id"], references: ref("b") }],
        }),
      ],
    },
    expected: [
      'op.dropConstraint("cb", "c", { type: "foreignKey" });',
      'op.dropTable("b");',
      'op.dropTable("c");',
    ],
  },
  {
    name: "a new table that refers to a column which is new too",
    current: users(["id"]),
    target: {
      tables: [
        tableOf("posts", ["author"], { foreignKeys: [{ columns: ["author"], references: ref("users", "uuid") }] }),
        tableOf("users", ["id", "uuid"], { uniques: [{ columns: ["uuid"] }] }),
      ],
    },
    expected: [
      'op.createTable("posts", { columns: [{ name: "author", type: "integer" }] });',
      'op.addColumn("users", { name: "uuid", type: "integer" });',
      'op.createUniqueConstraint("users_uuid_key", "users", ["uuid"]);',
      'op.createForeignKey("posts_author_fkey", "posts", "users", ["author"], ["uuid"]);',
    ],
  },
  {
    name: "schemas are made, and never dropped",
    current: { schemas: ["old"] },
    target: { tables: [tableOf("auth.users", ["id"])] },
    expected: [
      'op.createSchema("auth");',
      'op.createTable({ name: "users", schema: "auth" }, { columns: [{ name: "id", type: "integer" }] });',
    ],
  },
  {
    name: "a schema that the target does not mention",
    current: { tables: [tableOf("other.users", ["id"])], enums: [enumType({ name: "e", schema: "other" }, ["a"])] },
    expected: [],
  },
  {
    name: "the same with includeSchemas",
    current: { tables: [tableOf("other.users", ["id"])], enums: [enumType({ name: "e", schema: "other" }, ["a"])] },
    options: { includeSchemas: true },
    expected: [
      'op.dropTable({ name: "users", schema: "other" });',
      'op.dropEnum({ name: "e", schema: "other" });',
    ],
  },
  {
    name: "enums made, filled up, changed and dropped",
    current: {
      enums: [enumType("added", ["b", "d"]), enumType("changed", ["a", "b"]), enumType("gone", ["a"])],
      tables: [tableOf("t", ["a gone"])],
    },
    target: {
      enums: [
        enumType("added", ["a", "b", "c", "c2", "d", "e"]),
        enumType("changed", ["b", "a"]),
        enumType("fresh", ["x"]),
      ],
      tables: [tableOf("t", ["a text", "b fresh"])],
    },
    expected: [
      'op.addEnumValue("added", "a", { before: "b" });',
      'op.addEnumValue("added", "c", { before: "d" });',
      'op.addEnumValue("added", "c2", { before: "d" });',
      'op.addEnumValue("added", "e");',
      'op.alterEnum("changed", ["b", "a"]);',
      'op.createEnum("fresh", ["x"]);',
      'op.alterColumn("t", "a", { type: "text" });',
      'op.addColumn("t", { name: "b", type: "fresh" });',
      'op.dropEnum("gone");',
    ],
  },
  {
    name: "an enum that a table which is left alone uses",
    current: { enums: [enumType("mood", ["a"])], tables: [tableOf("legacy", ["a mood[]"])] },
    options: { ignore: [{ name: "legacy" }] },
    expected: [],
  },
  {
    name: "enums where there are none",
    target: { enums: [enumType("e", ["a"])] },
    options: { dialect: SQLITE },
    expected: [],
  },
  {
    name: "SQLite: the changes of one table are neighbours",
    current: {
      tables: [tableOf("a", ["x", "y"], { indexes: [{ name: "i", columns: ["x"] }] }), tableOf("b", ["x"])],
    },
    target: {
      tables: [
        tableOf("a", ["x text", "z"], { checks: [{ name: "c", expression: "z > 0" }] }),
        tableOf("b", ["x", "y"], { foreignKeys: [{ columns: ["y"], references: ref("n") }] }),
        tableOf("n", ["id"], { primaryKey: ["id"] }),
      ],
    },
    options: { dialect: SQLITE },
    expected: [
      'op.createTable("n", { columns: [{ name: "id", type: "integer" }], primaryKey: ["id"] });',
      'op.dropIndex("i", "a");',
      'op.alterColumn("a", "x", { type: "text" });',
      'op.addColumn("a", { name: "z", type: "integer" });',
      'op.createCheckConstraint("c", "a", "z > 0");',
      'op.dropColumn("a", "y");',
      'op.addColumn("b", { name: "y", type: "integer" });',
      'op.createForeignKey("b_y_fkey", "b", "n", ["y"], ["id"]);',
    ],
  },
  {
    name: "PostgreSQL: the same by phase",
    current: { tables: [tableOf("a", ["x", "y"]), tableOf("b", ["x"])] },
    target: { tables: [tableOf("a", ["x", "z"]), tableOf("b", ["x", "y"])] },
    expected: [
      'op.addColumn("a", { name: "z", type: "integer" });',
      'op.addColumn("b", { name: "y", type: "integer" });',
      'op.dropColumn("a", "y");',
    ],
  },
  {
    name: "what is on a dropped column goes before it",
    current: {
      tables: [tableOf("t", ["a", "b"], {
        uniques: [{ name: "u", columns: ["b"] }],
        checks: [{ name: "c", expression: "b > a" }],
        indexes: [{ name: "i", columns: ["a", "b"] }],
      })],
    },
    target: { tables: [tableOf("t", ["a"])] },
    expected: [
      'op.dropIndex("i", "t");',
      'op.dropConstraint("c", "t", { type: "check" });',
      'op.dropConstraint("u", "t", { type: "unique" });',
      'op.dropColumn("t", "b");',
    ],
  },
];

function ref(name: string, column = "id"): { readonly table: string; readonly columns: readonly string[] } {
  return { table: name, columns: [column] };
}

for (const { name, current = {}, target = {}, options = {}, expected } of CASES) {
  test(`compare: ${name}`, () => assert.deepEqual(found(comparisonOf(current, target, options)), expected));
}

test("a NOT NULL column without a default is a warning, on a table that is there", () => {
  const target: SchemaDefinition = {
    tables: [
      tableOf("fresh", ["id!"]),
      tableOf("users", ["id", "bio text!", "n serial!"], {
        columns: [
          { name: "id", type: "integer" },
          { name: "bio", type: "text", nullable: false },
          { name: "n", type: "serial", nullable: false },
          { name: "filled", type: "text", nullable: false, default: "''" },
        ],
      }),
    ],
  };
  assert.deepEqual(compareSchemas(comparisonOf(users(["id"]), target)).warnings, [
    '"users"."bio" is NOT NULL without a default: the upgrade fails if the table has rows. ' +
    "Add a default, or add it nullable, fill it, and set NOT NULL then",
  ]);
});

test("a column that becomes NOT NULL is a warning, and its file says how to fill it", () => {
  const { operations, warnings } = compareSchemas(comparisonOf(users(["id", "bio text"]), users(["id", "bio text!"])));
  assert.deepEqual(warnings, [
    '"users"."bio" becomes NOT NULL: the upgrade fails if a row has NULL there. ' +
    "Fill such rows before it, in the revision or in one of its own",
  ]);
  assert.deepEqual(lines(renderOperations(operations, { indent: "" })), [
    '// "users"."bio" becomes NOT NULL: this fails if a row has NULL there',
    "// Fill such rows before it:",
    '//   op.execute("UPDATE users SET bio = … WHERE bio IS NULL");',
    'op.alterColumn("users", "bio", { nullable: false });',
  ]);
});

test("the way back converts types and restores defaults", () => {
  const typed = (type: string, value: string): SchemaDefinition => ({
    tables: [tableOf("t", [], { columns: [{ name: "a", type, default: value }] })],
  });
  const comparison = comparisonOf(typed("integer", "0"), typed("text", "0"));
  const { operations } = compareSchemas(comparison);
  const back = downgradeOperations(operations, comparison.current, POSTGRES);
  assert.deepEqual(back, [{
    kind: "alterColumn",
    table: { name: "t" },
    column: "a",
    changes: { type: "integer", default: "0", using: "a::integer" },
  }]);
  const raw = [{ kind: "execute", sql: "select 1" }] as const;
  assert.equal(downgradeOperations(raw, comparison.current, POSTGRES), null);
});

test("filters: what includeName refuses is left alone, includeObject sees both sides", () => {
  const current = {
    tables: [
      tableOf("legacy", ["id"]),
      tableOf("users", ["id", "old"], { indexes: [{ name: "ix_manual", columns: ["id"] }] }),
    ],
  };
  const target = { tables: [tableOf("users", ["id text", "fresh"])] };
  const asked: string[] = [];
  const { operations } = compareSchemas(comparisonOf(current, target, {
    filters: {
      includeName: (name, type, { schemaName, tableName }) => {
        assert.equal(schemaName, null);
        asked.push(`name ${type} ${tableName === undefined ? "" : `${tableName}.`}${name}`);
        return !(type === "table" && name === "legacy");
      },
      includeObject: (_object, name, type, reflected, compareTo) => {
        asked.push(`object ${type} ${name} ${reflected} ${compareTo !== null}`);
        return !(type === "index" && reflected);
      },
    },
  }));
  assert.deepEqual(operations.map(({ kind }) => kind), ["alterColumn", "addColumn", "dropColumn"]);
  assert.deepEqual(asked, [
    "name table legacy",
    "name table users",
    "object table users false true",
    "name column users.id",
    "object column id false true",
    "object column fresh false false",
    "name column users.old",
    "object column old true false",
    "name index users.ix_manual",
    "object index ix_manual true false",
  ]);
});

test("the database's spelling is compared, the author's is made", () => {
  const written = users(["id", "n INT", "fresh INT"]);
  const comparison: Comparison = {
    ...comparisonOf(users(["id", "n text"]), written),
    target: comparisonOf({}, users(["id", "n int4", "fresh int4"])).target,
    dialect: { ...POSTGRES, canonicalType: (type) => type },
  };
  assert.deepEqual(lines(renderOperations(compareSchemas(comparison).operations, { indent: "" })), [
    'op.alterColumn("users", "n", { type: "INT" });',
    'op.addColumn("users", { name: "fresh", type: "INT" });',
  ]);
  const done = { ...comparison, current: comparison.target };
  assert.deepEqual(compareSchemas(done).operations, []);
});
