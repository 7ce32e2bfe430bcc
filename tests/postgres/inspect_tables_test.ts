import type { Column } from "../../src/schema/model.ts";
import { inspectCases, PLAIN } from "./inspect_cases.ts";

const integer = (name: string): Column => ({ name, type: "integer" });
const key = (name: string): Column => ({ name, type: "integer", nullable: false });

inspectCases({
  "partitions, their indexes and bounds; what comes from the parent is told of the parent": {
    ddl: `CREATE SCHEMA old;
      CREATE TABLE m (id int, k int, n int CHECK (n > 0), PRIMARY KEY (id, k)) PARTITION BY RANGE (k);
      CREATE INDEX m_n ON m (n);
      CREATE TABLE old.m1 PARTITION OF m FOR VALUES FROM (1) TO (10);
      CREATE TABLE rest PARTITION OF m DEFAULT;
      CREATE INDEX rest_own ON rest (n);
      CREATE INDEX m_only ON ONLY m (k);`,
    expected: {
      tables: [
        {
          ...PLAIN,
          name: "m",
          columns: [key("id"), key("k"), integer("n")],
          primaryKey: { name: "m_pkey", columns: ["id", "k"] },
          checks: [{ name: "m_n_check", expression: "n > 0" }],
          indexes: [
            { name: "m_n", parts: [{ column: "n" }] },
            { name: "m_only", parts: [{ column: "k" }], invalid: true },
          ],
          partitionBy: "RANGE (k)",
        },
        {
          ...PLAIN,
          name: "rest",
          columns: [key("id"), key("k"), integer("n")].map((column) => ({ ...column, inherited: true })),
          indexes: [
            { name: "rest_n_idx", parts: [{ column: "n" }], partOf: { name: "m_n" } },
            { name: "rest_own", parts: [{ column: "n" }] },
          ],
          partitionOf: { table: "m", bound: "DEFAULT" },
        },
        {
          ...PLAIN,
          schema: "old",
          name: "m1",
          columns: [key("id"), key("k"), integer("n")].map((column) => ({ ...column, inherited: true })),
          indexes: [{ name: "m1_n_idx", parts: [{ column: "n" }], partOf: { name: "m_n" } }],
          partitionOf: { table: "m", bound: "FOR VALUES FROM (1) TO (10)" },
        },
      ],
    },
  },
  "inheritance: columns and checks of the parents": {
    ddl: `CREATE TABLE a (x int, CHECK (x > 0)); CREATE TABLE b (y int);
      CREATE TABLE c (z int, x int, CHECK (z > 0)) INHERITS (b, a);`,
    expected: {
      tables: [
        { ...PLAIN, name: "a", columns: [integer("x")], checks: [{ name: "a_x_check", expression: "x > 0" }] },
        { ...PLAIN, name: "b", columns: [integer("y")] },
        {
          ...PLAIN,
          name: "c",
          columns: [{ ...integer("y"), inherited: true }, integer("x"), integer("z")],
          checks: [{ name: "c_z_check", expression: "z > 0" }],
          inherits: [{ name: "b" }, { name: "a" }],
        },
      ],
    },
  },
  "how a table is stored": {
    ddl: `CREATE UNLOGGED TABLE a (x int NOT NULL, y text) WITH (toast.autovacuum_enabled = off, fillfactor = 50);
      CREATE UNIQUE INDEX a_x ON a (x); CLUSTER a USING a_x; ALTER TABLE a REPLICA IDENTITY USING INDEX a_x;
      CREATE TABLE b (x int); ALTER TABLE b REPLICA IDENTITY FULL; ALTER TABLE b ENABLE ROW LEVEL SECURITY;
      CREATE TABLE c (x int); ALTER TABLE c REPLICA IDENTITY NOTHING; ALTER TABLE c FORCE ROW LEVEL SECURITY;
      CREATE TABLE d (x int); ALTER TABLE d ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
    expected: {
      tables: [
        {
          ...PLAIN,
          name: "a",
          columns: [key("x"), { name: "y", type: "text" }],
          indexes: [{ name: "a_x", parts: [{ column: "x" }], unique: true }],
          unlogged: true,
          with: { "fillfactor": "50", "toast.autovacuum_enabled": "off" },
          replicaIdentity: { index: "a_x" },
          clusteredOn: "a_x",
        },
        { ...PLAIN, name: "b", columns: [integer("x")], rowSecurity: "enabled", replicaIdentity: "full" },
        { ...PLAIN, name: "c", columns: [integer("x")], rowSecurity: "forcedOnly", replicaIdentity: "nothing" },
        { ...PLAIN, name: "d", columns: [integer("x")], rowSecurity: "forced" },
      ],
    },
  },
  "columns: collation, storage, compression, statistics": {
    ddl: `CREATE SCHEMA s; CREATE COLLATION s."my c" FROM "C"; CREATE COLLATION c2 FROM "C";
      CREATE TABLE t (a text COLLATE s."my c", b text COLLATE c2, c text COLLATE "POSIX", d text COMPRESSION pglz);
      ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET STORAGE MAIN, ALTER c SET STATISTICS 0;`,
    expected: {
      tables: [{
        ...PLAIN,
        name: "t",
        columns: [
          { name: "a", type: "text", collation: '"s"."my c"', storage: "external" },
          { name: "b", type: "text", collation: "c2", storage: "main" },
          { name: "c", type: "text", collation: "POSIX", statistics: 0 },
          { name: "d", type: "text", compression: "pglz" },
        ],
      }],
    },
  },
  "constraints with all that they can say": {
    ddl: `CREATE EXTENSION btree_gist;
      CREATE TABLE p (a int, b int, PRIMARY KEY (a) INCLUDE (b) WITH (fillfactor = 70), UNIQUE (a, b) DEFERRABLE);
      CREATE TABLE t (a int, b int, r int4range,
        CONSTRAINT ck CHECK (a > 0) NO INHERIT,
        CONSTRAINT ex EXCLUDE USING gist (a WITH =, (b + 1) WITH <>, r WITH &&) INCLUDE (b)
          WITH (fillfactor = 60) WHERE (a > 0) DEFERRABLE INITIALLY DEFERRED);
      ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p MATCH FULL NOT VALID,
        ADD CONSTRAINT late CHECK (b > 1) NOT VALID;`,
    expected: {
      tables: [
        {
          ...PLAIN,
          name: "p",
          columns: [key("a"), integer("b")],
          primaryKey: { name: "p_pkey", columns: ["a"], include: ["b"], with: { fillfactor: "70" } },
          uniques: [{ name: "p_a_b_key", columns: ["a", "b"], deferrable: true }],
        },
        {
          ...PLAIN,
          name: "t",
          columns: [integer("a"), integer("b"), { name: "r", type: "int4range" }],
          foreignKeys: [{
            name: "fk",
            columns: ["a"],
            references: { table: "p", columns: ["a"] },
            match: "full",
            notValid: true,
          }],
          checks: [
            { name: "ck", expression: "a > 0", noInherit: true },
            { name: "late", expression: "b > 1", notValid: true },
          ],
          exclusions: [{
            name: "ex",
            using: "gist",
            parts: [
              { column: "a", operator: "=" },
              { expression: "b + 1", operator: "<>" },
              { column: "r", operator: "&&" },
            ],
            include: ["b"],
            where: "a > 0",
            with: { fillfactor: "60" },
            deferrable: true,
            initially: "deferred",
          }],
        },
      ],
    },
  },
  "nulls not distinct, and the columns that ON DELETE sets": {
    since: 15,
    ddl: `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b), UNIQUE NULLS NOT DISTINCT (a));
      CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (b));
      CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT;`,
    expected: {
      tables: [
        {
          ...PLAIN,
          name: "p",
          columns: [key("a"), key("b")],
          primaryKey: { name: "p_pkey", columns: ["a", "b"] },
          uniques: [{ name: "p_a_key", columns: ["a"], nullsNotDistinct: true }],
        },
        {
          ...PLAIN,
          name: "t",
          columns: [integer("a"), integer("b")],
          foreignKeys: [{
            name: "t_a_b_fkey",
            columns: ["a", "b"],
            references: { table: "p", columns: ["a", "b"] },
            onDelete: "set null",
            onDeleteColumns: ["b"],
          }],
          indexes: [{ name: "i", parts: [{ column: "a" }], unique: true, nullsNotDistinct: true }],
        },
      ],
    },
  },
  "periods, what is not enforced, and virtual columns": {
    since: 18,
    ddl: `CREATE EXTENSION btree_gist;
      CREATE TABLE p (a int, r daterange, PRIMARY KEY (a, r WITHOUT OVERLAPS));
      CREATE TABLE t (a int, r daterange, v int GENERATED ALWAYS AS (a + 1) VIRTUAL,
        CONSTRAINT f FOREIGN KEY (a, PERIOD r) REFERENCES p (a, PERIOD r),
        CONSTRAINT c CHECK (a > 0) NOT ENFORCED);`,
    expected: {
      tables: [
        {
          ...PLAIN,
          name: "p",
          columns: [key("a"), { name: "r", type: "daterange", nullable: false }],
          primaryKey: { name: "p_pkey", columns: ["a", "r"], withoutOverlaps: true },
        },
        {
          ...PLAIN,
          name: "t",
          columns: [
            integer("a"),
            { name: "r", type: "daterange" },
            { name: "v", type: "integer", generated: { expression: "a + 1", stored: false } },
          ],
          foreignKeys: [{
            name: "f",
            columns: ["a", "r"],
            references: { table: "p", columns: ["a", "r"] },
            period: true,
          }],
          checks: [{ name: "c", expression: "a > 0", notEnforced: true }],
        },
      ],
    },
  },
  "indexes with all that they can say": {
    ddl: `CREATE EXTENSION pg_trgm; CREATE SCHEMA s; CREATE TABLE t (a text, b int, c int[]);
      CREATE INDEX i1 ON t USING gist (a gist_trgm_ops (siglen = 32));
      CREATE INDEX i2 ON t (a COLLATE "C" text_pattern_ops DESC NULLS LAST, lower(a)) INCLUDE (b) WHERE b > 1;
      CREATE INDEX i3 ON t USING gin (c) WITH (fastupdate = off);`,
    expected: {
      tables: [{
        ...PLAIN,
        name: "t",
        columns: [{ name: "a", type: "text" }, integer("b"), { name: "c", type: "integer[]" }],
        indexes: [
          { name: "i1", parts: [{ column: "a", opclass: "gist_trgm_ops (siglen=32)" }], using: "gist" },
          {
            name: "i2",
            parts: [
              { column: "a", order: "desc", nulls: "last", opclass: "text_pattern_ops", collation: "C" },
              { expression: "lower(a)" },
            ],
            where: "b > 1",
            include: ["b"],
          },
          { name: "i3", parts: [{ column: "c" }], using: "gin", with: { fastupdate: "off" } },
        ],
      }],
    },
  },
  "a serial column is one as long as its sequence and default are what serial makes": {
    ddl: `CREATE TABLE t (a serial, b bigserial, c smallserial, d serial, e serial, f serial);
      ALTER SEQUENCE t_c_seq CACHE 5; ALTER SEQUENCE t_d_seq RENAME TO own; ALTER TABLE t ALTER e DROP NOT NULL;
      ALTER TABLE t ALTER f SET DEFAULT nextval('t_f_seq') + 1;
      CREATE TABLE ${"l".repeat(40)} (${"m".repeat(40)} serial);`,
    expected: {
      sequences: [
        { name: "own", type: "integer", ownedBy: { table: "t", column: "d" } },
        { name: "t_c_seq", type: "smallint", cache: 5, ownedBy: { table: "t", column: "c" } },
        { name: "t_e_seq", type: "integer", ownedBy: { table: "t", column: "e" } },
        { name: "t_f_seq", type: "integer", ownedBy: { table: "t", column: "f" } },
      ],
      tables: [
        { ...PLAIN, name: "l".repeat(40), columns: [{ name: "m".repeat(40), type: "serial", nullable: false }] },
        {
          ...PLAIN,
          name: "t",
          columns: [
            { name: "a", type: "serial", nullable: false },
            { name: "b", type: "bigserial", nullable: false },
            { name: "c", type: "smallint", nullable: false, default: "nextval('t_c_seq'::regclass)" },
            { name: "d", type: "integer", nullable: false, default: "nextval('own'::regclass)" },
            { name: "e", type: "integer", default: "nextval('t_e_seq'::regclass)" },
            { name: "f", type: "integer", nullable: false, default: "nextval('t_f_seq'::regclass) + 1" },
          ],
        },
      ],
    },
  },
  "sequences of their own": {
    ddl: `CREATE SCHEMA s; CREATE SEQUENCE plain;
      CREATE SEQUENCE s.full AS smallint START 5 INCREMENT -2 MINVALUE -100 MAXVALUE 10 CACHE 3 CYCLE;
      CREATE TABLE s.t (a int GENERATED ALWAYS AS IDENTITY, b int); CREATE SEQUENCE s.two OWNED BY s.t.b;
      CREATE SEQUENCE s.three OWNED BY s.t.b;`,
    expected: {
      sequences: [
        { name: "plain" },
        {
          schema: "s",
          name: "full",
          type: "smallint",
          start: 5,
          increment: -2,
          minValue: -100,
          maxValue: 10,
          cache: 3,
          cycle: true,
        },
        { schema: "s", name: "three", ownedBy: { table: "t", schema: "s", column: "b" } },
        { schema: "s", name: "two", ownedBy: { table: "t", schema: "s", column: "b" } },
      ],
    },
  },
});
