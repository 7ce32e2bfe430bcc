/**
 * Revisions that are run online and as a script, which must come to the same.
 */

/** A folder of revisions, in a row: each revises the one before it. */
export interface RevisionSet {
  readonly name: string;
  readonly dialect: "postgres" | "sqlite";
  /** The revisions' bodies, by id. */
  readonly revisions: { readonly [id: string]: string };
  /** What an application has written by the time that a revision is applied, by id. */
  readonly rows?: { readonly [id: string]: readonly string[] };
}

/** Characters that quoting gets wrong. */
const NASTY = String.raw`it's "quoted" \\ \' \n $1 ? :x -- ; /* $$ ` + "`\n\t line\r\n\u00e4\u{1f600}\u2028";
const nasty = JSON.stringify(NASTY);

const typescript = (upgrade: string, downgrade: string, more = ""): string =>
  `${more}\nexport function upgrade(op: any): void {\n${upgrade}\n}\n` +
  `export function downgrade(op: any): void {\n${downgrade}\n}\n`;

export const SETS: readonly RevisionSet[] = [
  {
    name: "rebuilds under child rows",
    dialect: "sqlite",
    revisions: {
      aaaaaaaaaa01: typescript(
        `op.createTable("users", {
          columns: [
            { name: "id", type: "integer", nullable: false, autoincrement: true },
            { name: "email", type: "text", nullable: false },
            { name: "age", type: "text" },
          ],
          primaryKey: ["id"],
          uniques: [{ name: "users_email_key", columns: ["email"] }],
        });
        op.createTable("posts", {
          columns: [
            { name: "id", type: "integer", nullable: false },
            { name: "author_id", type: "integer", nullable: false },
            { name: "title", type: "text", nullable: false, default: "''" },
          ],
          primaryKey: ["id"],
          foreignKeys: [{ columns: ["author_id"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" }],
        });
        op.execute("create view adults as select id, email from users where age >= 18");`,
        `op.execute("drop view adults"); op.dropTable("posts"); op.dropTable("users");`,
      ),
      aaaaaaaaaa02: typescript(
        `op.alterColumn("users", "age", { type: "integer", nullable: false, default: 0, using: "coalesce(age, 0)" });
        op.addColumn("users", { name: "bio", type: "text", nullable: false, default: "'none'" });
        op.createCheckConstraint("users_age_positive", "users", "age >= 0");
        op.createIndex("posts_title_idx", "posts", ["title"]);`,
        `op.dropIndex("posts_title_idx", "posts");
        op.dropConstraint("users_age_positive", "users");
        op.dropColumn("users", "bio");
        op.alterColumn("users", "age", { type: "text", nullable: true, default: null });`,
      ),
      aaaaaaaaaa03: `
-- upgrade
CREATE TRIGGER posts_title AFTER INSERT ON posts BEGIN
  UPDATE posts SET title = upper(title) WHERE id = new.id; -- a comment; with a semicolon
END;
INSERT INTO posts (author_id, title) VALUES (1, 'it''s; -- a title'); -- the last

-- downgrade
DELETE FROM posts WHERE title LIKE 'IT%';
DROP TRIGGER posts_title;
`,
      aaaaaaaaaa04: typescript(
        `op.execute("delete from users where email = ?", ["second"]);
        op.dropTable("log");`,
        `op.createTable("log", { columns: [{ name: "line", type: "text" }] });`,
      ).replace(`op.dropTable("log");`, `op.execute("create table log (line)"); op.renameTable("log", "logs");`)
        .replace(/op\.createTable\("log".*/, `op.dropTable("logs");`),
      aaaaaaaaaa05: typescript(
        `op.alterColumn("users", "email", { newName: "address" });
        op.addColumn("logs", { name: "at", type: "integer", nullable: false, default: 0 });`,
        `op.dropColumn("logs", "at");
        op.alterColumn("users", "address", { newName: "email" });`,
        "export const transaction = false;",
      ),
    },
    rows: {
      aaaaaaaaaa01: [
        "insert into users (id, email, age) values (1, 'first', '41'), (2, 'second', null), (9, 'gone', '1')",
        "delete from users where id = 9",
        "insert into posts (author_id, title) values (1, 'one'), (1, 'two'), (2, 'three')",
      ],
    },
  },
  {
    name: "values",
    dialect: "sqlite",
    revisions: {
      bbbbbbbbbb01: typescript(
        `op.createTable("v", { columns: [{ name: "n", type: "integer" }, { name: "x", type: "" }] });
        const put = (n: number, x: unknown): void => op.execute("insert into v (n, x) values (?, ?)", [n, x]);
        put(1, ${nasty});
        put(2, 9223372036854775807n);
        put(3, -9223372036854775808n);
        put(4, new Uint8Array([0, 39, 92, 255]));
        put(5, new Date("2026-11-23T05:00:00.123Z"));
        put(6, true);
        put(7, 0.1);
        put(8, 2 ** 60);
        put(9, 1e300);
        put(10, null);
        put(11, -1.5e-7);
        put(12, '{"a": [1, "\\\\u00e4", null]}');
        put(13, "");
        put(14, 0);
        const name = ${nasty};
        op.sql\`insert into v values (\${15}, \${name} || \${-1} -\${-2})\`;`,
        `op.execute("update v set x = ? where n = ?2 -?", [${nasty}, -1, -2]); op.dropTable("v");`,
      ),
    },
  },
  {
    name: "enums and types",
    dialect: "postgres",
    revisions: {
      cccccccccc01: typescript(
        `op.createSchema("shop");
        op.createEnum("mood", ["sad", "ok", "happy"]);
        op.createTable("users", {
          columns: [
            { name: "id", type: "integer", nullable: false, identity: { generation: "byDefault" } },
            { name: "email", type: "varchar(255)", nullable: false },
            { name: "mood", type: "mood", nullable: false, default: "'ok'" },
            { name: "moods", type: "mood[]" },
            { name: "age", type: "text", default: "'7'" },
          ],
          primaryKey: ["id"],
          indexes: [{ name: "users_unhappy_idx", columns: ["email"], where: "mood = 'ok'" }],
          checks: [{ name: "users_mood_check", expression: "mood <> 'happy' or email <> ''" }],
          comment: ${nasty},
        });
        op.createTable({ schema: "shop", name: "Order" }, {
          columns: [{ name: "id", type: "serial", nullable: false }, { name: "user", type: "integer" }],
          primaryKey: ["id"],
          foreignKeys: [{ columns: ["user"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" }],
        });`,
        `op.dropTable({ schema: "shop", name: "Order" }); op.dropTable("users"); op.dropEnum("mood"); op.dropSchema("shop");`,
      ),
      cccccccccc02: typescript(
        `op.addEnumValue("mood", "so-so", { before: "ok" });
        op.execute("update users set mood = $1 where email = $2", ["so-so", "second"]);
        op.alterColumn("users", "age", { type: "integer", using: "age::integer", default: 8, nullable: true });
        op.createIndex("users_age_idx", "users", ["age"], { concurrently: true });
        op.addColumn("users", { name: "bio", type: "text", nullable: false, default: "'none'" });`,
        `op.dropColumn("users", "bio");
        op.dropIndex("users_age_idx", "users", { concurrently: true });
        op.alterColumn("users", "age", { type: "text", default: "'7'" });
        op.execute("update users set mood = 'ok' where mood = 'so-so'");
        op.alterEnum("mood", ["sad", "ok", "happy"]);`,
      ),
      cccccccccc03: `
-- upgrade
CREATE FUNCTION shout(t text) RETURNS text LANGUAGE plpgsql AS $f$
BEGIN
  RETURN upper(t) || ';'; -- $1; not a parameter
END $f$;
INSERT INTO users (email) VALUES (shout('it''s \\ -- a "mail"')), (E'tab\\t\\'x'); -- the last

-- downgrade
DELETE FROM users WHERE email LIKE 'IT%' OR email LIKE 'tab%';
DROP FUNCTION shout;
`,
      cccccccccc04: typescript(
        `op.alterEnum("mood", ["ok", "so-so", "happy"]);
        op.alterColumn("users", "id", { type: "bigint" });`,
        `op.alterColumn("users", "id", { type: "integer" });
        op.alterEnum("mood", ["sad", "so-so", "ok", "happy"]);`,
      ).replace(
        "op.alterEnum",
        `op.execute("update users set mood = 'ok', moods = null where 'sad' = mood");\nop.alterEnum`,
      ),
      cccccccccc05: typescript(
        `op.createIndex("users_bio_idx", "users", ["bio"], { concurrently: true });`,
        `op.dropIndex("users_bio_idx", "users", { concurrently: true });`,
        "export const transaction = false;",
      ),
    },
    rows: {
      cccccccccc01: [
        "insert into users (email, age, mood, moods) values ('first', '41', 'happy', '{ok,happy}')",
        "insert into users (email, age, mood) values ('second', null, 'ok')",
        `insert into shop."Order" ("user") values (1), (2)`,
      ],
    },
  },
  {
    name: "values",
    dialect: "postgres",
    revisions: {
      dddddddddd01: typescript(
        `op.createTable("v", { columns: [
          { name: "n", type: "integer" }, { name: "t", type: "text" }, { name: "b", type: "bytea" },
          { name: "j", type: "jsonb" }, { name: "at", type: "timestamptz" }, { name: "local", type: "timestamp" },
          { name: "big", type: "bigint" }, { name: "yes", type: "boolean" }, { name: "f", type: "double precision" },
          { name: "num", type: "numeric" }, { name: "tags", type: "text[]" },
        ] });
        const put = (n: number, column: string, x: unknown): void =>
          op.execute(\`insert into v (n, \${column}) values ($1, $2)\`, [n, x]);
        put(1, "t", ${nasty});
        put(2, "b", new Uint8Array([0, 39, 92, 255]));
        put(3, "j", '{"a": [1, "\\\\u00e4 \\\\\\\\ \\\\" it\\'s", null]}');
        put(4, "at", new Date("2026-11-23T05:00:00.123Z"));
        put(5, "local", new Date("2026-11-23T05:00:00.123Z"));
        put(6, "big", 9223372036854775807n);
        put(7, "big", -9223372036854775808n);
        put(8, "yes", true);
        put(9, "f", 0.1);
        put(10, "f", Number.NaN);
        put(11, "f", -Infinity);
        put(12, "num", 12345678901234567890123n);
        put(13, "t", 5);
        put(14, "j", 5);
        put(15, "j", true);
        put(16, "t", null);
        put(17, "tags", '{"a \\\\" b", "it\\'s"}');
        put(18, "num", -1.5e-7);
        const name = ${nasty};
        op.sql\`insert into v (n, t, num) values (\${19}, 'x' || \${name}, 1 -\${-2}::int)\`;
        op.execute("update v set t = $1 where t = $2", ["five", 5]);`,
        `op.execute("delete from v where t = $1", [${nasty}]); op.dropTable("v");`,
      ),
    },
  },
];
