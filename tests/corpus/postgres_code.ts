/** PostgreSQL: views, functions, procedures, triggers, policies and rules. */
import type { LawCase } from "../commands/diff_law.ts";
import { beside, pair } from "./pairs.ts";

const T = "CREATE TABLE t (id int PRIMARY KEY, a int, b text)";
const on = beside(T, "INSERT INTO t VALUES (1, 5, 'x')");

/** The view `w`, selecting otherwise. */
const view = (name: string, from: string, to: string): LawCase =>
  on(name, `CREATE VIEW w ${from}`, `CREATE VIEW w ${to}`);

const VIEWS: readonly LawCase[] = [
  view("a view with one column more", "AS SELECT id FROM t", "AS SELECT id, a FROM t"),
  view("a view with a column less, in another order", "AS SELECT id, a, b FROM t", "AS SELECT b, id FROM t"),
  view("a view's columns are of another type", "AS SELECT a FROM t", "AS SELECT a::text FROM t"),
  view("a view's columns have names of their own", "AS SELECT id, a FROM t", "(one, two) AS SELECT id, a FROM t"),
  view("a view's condition", "AS SELECT id FROM t WHERE a > 1", "AS SELECT id FROM t WHERE a > 2 AND b LIKE 'x%'"),
  view("a view's options", "AS SELECT id FROM t", "WITH (security_barrier) AS SELECT id FROM t"),
  view(
    "a view that checks what is written",
    "AS SELECT id, a FROM t WHERE a > 1",
    "AS SELECT id, a FROM t WHERE a > 1 WITH LOCAL CHECK OPTION",
  ),
  view(
    "a view with the rights of its reader",
    "WITH (security_invoker = true) AS SELECT id FROM t",
    "WITH (check_option = cascaded) AS SELECT id FROM t",
  ),
  view(
    "a view with joins, groups and windows",
    "AS SELECT 1 AS n",
    "AS WITH x AS (SELECT id, sum(a) OVER (ORDER BY id) AS s FROM t) SELECT t.id, count(*) AS n FROM t LEFT JOIN x USING (id) GROUP BY t.id HAVING count(*) > 0 ORDER BY 1 LIMIT 3",
  ),
  on("a recursive view", "", "CREATE RECURSIVE VIEW w (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM w WHERE n < 5"),
  on(
    "a view's default of a column",
    "CREATE VIEW w AS SELECT id FROM t",
    "CREATE VIEW w AS SELECT id, a FROM t; CREATE VIEW x AS SELECT * FROM w",
  ),
  on(
    "a view becomes a materialized one",
    "CREATE VIEW w AS SELECT id FROM t",
    "CREATE MATERIALIZED VIEW w AS SELECT id FROM t",
  ),
  on("a view becomes a table", "CREATE VIEW w AS SELECT id FROM t", "CREATE TABLE w (id int)"),
  on(
    "a view gets another name",
    "CREATE VIEW w AS SELECT id, a, b FROM t",
    "CREATE VIEW entries AS SELECT id, a, b FROM t",
  ),
  on(
    "a view in another schema",
    "CREATE SCHEMA s; CREATE VIEW w AS SELECT id FROM t",
    "CREATE SCHEMA s; CREATE VIEW s.w AS SELECT id FROM t",
  ),
  pair(
    "a view over a column that goes",
    `${T}; CREATE VIEW w AS SELECT id, a FROM t; CREATE VIEW x AS SELECT a FROM w; COMMENT ON VIEW x IS 'x'; GRANT SELECT ON x TO pg_monitor`,
    "CREATE TABLE t (id int PRIMARY KEY, b text); CREATE VIEW w AS SELECT id FROM t; CREATE VIEW x AS SELECT id AS a FROM w; COMMENT ON VIEW x IS 'x'; GRANT SELECT ON x TO pg_monitor",
    { rows: "INSERT INTO t VALUES (1, 2, 'b')" },
  ),
];

const MATERIALIZED: readonly LawCase[] = [
  on(
    "a materialized view with indexes",
    "",
    "CREATE MATERIALIZED VIEW m AS SELECT id, b FROM t; CREATE UNIQUE INDEX m_id ON m (id); CREATE INDEX ON m (lower(b)) WHERE id > 1",
  ),
  on(
    "a materialized view's index is made otherwise",
    "CREATE MATERIALIZED VIEW m AS SELECT id, b FROM t; CREATE INDEX i ON m (id)",
    "CREATE MATERIALIZED VIEW m AS SELECT id, b FROM t; CREATE INDEX i ON m (b DESC)",
  ),
  on(
    "a materialized view selects otherwise, with a view over it",
    "CREATE MATERIALIZED VIEW m AS SELECT id FROM t; CREATE UNIQUE INDEX i ON m (id); CREATE VIEW w AS SELECT * FROM m",
    "CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t WHERE a > 0; CREATE UNIQUE INDEX i ON m (id); CREATE VIEW w AS SELECT id FROM m",
  ),
  on(
    "a materialized view without its rows, with storage",
    "CREATE MATERIALIZED VIEW m AS SELECT id FROM t",
    "CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT id FROM t",
  ),
  pair(
    "a materialized view over a column whose type changes",
    "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a; CREATE UNIQUE INDEX i ON m (a)",
    "CREATE TABLE t (a bigint); CREATE MATERIALIZED VIEW m AS SELECT a, count(*) AS n FROM t GROUP BY a; CREATE UNIQUE INDEX i ON m (a)",
    { rows: "INSERT INTO t VALUES (1)", kept: [["SELECT n::int FROM m", [{ n: 1 }]]] },
  ),
];

const f = (rest: string, body = "SELECT 1"): string => `CREATE FUNCTION f${rest} LANGUAGE sql AS '${body}'`;
const routine = (name: string, from: string, to: string): LawCase => pair(name, from, to);

const ROUTINES: readonly LawCase[] = [
  routine("a function's body", f("() RETURNS int"), f("() RETURNS int", "SELECT 2")),
  routine("a function's result", f("() RETURNS int"), f("() RETURNS bigint", "SELECT 1::bigint")),
  routine(
    "a function's arguments",
    f("(a int) RETURNS int", "SELECT a"),
    f("(a int, b int DEFAULT 5) RETURNS int", "SELECT a + b"),
  ),
  routine("an argument's name", f("(a int) RETURNS int", "SELECT a"), f("(b int) RETURNS int", "SELECT b")),
  routine(
    "an argument's default goes",
    f("(a int DEFAULT 5) RETURNS int", "SELECT a"),
    f("(a int) RETURNS int", "SELECT a"),
  ),
  routine(
    "functions of one name",
    f("(a int) RETURNS int", "SELECT a"),
    `${f("(a int) RETURNS int", "SELECT a")}; ${f("(a text) RETURNS text", "SELECT a")}`,
  ),
  routine(
    "a function that gives a table",
    f("() RETURNS TABLE (a int)"),
    f("() RETURNS TABLE (a int, b text)", "SELECT 1, ''x''"),
  ),
  routine(
    "a function with arguments to write to, and a list",
    f("(a int) RETURNS int", "SELECT a"),
    f("(INOUT a int, OUT b text, VARIADIC c int[])", "SELECT a, ''x''"),
  ),
  routine(
    "a function's promises",
    f("() RETURNS int"),
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER PARALLEL SAFE LEAKPROOF COST 5 SET search_path = pg_catalog, public SET work_mem = '4MB' AS 'SELECT 1'`,
  ),
  routine(
    "a function that gives rows, with an estimate",
    "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql ROWS 10 AS 'SELECT 1'",
    "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql ROWS 20 AS 'SELECT 1'",
  ),
  routine(
    "a function of another language, with quotes in it",
    f("() RETURNS text", "SELECT ''x''"),
    "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $f$ DECLARE x text := $$it's; -- no$$; BEGIN RETURN x; END $f$",
  ),
  routine(
    "a function with a body in SQL",
    f("() RETURNS int"),
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
  ),
  routine(
    "a function that becomes a procedure",
    f("() RETURNS void"),
    "CREATE PROCEDURE f() LANGUAGE sql AS 'SELECT 1'",
  ),
  routine(
    "a procedure's body and arguments",
    "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1'",
    "CREATE PROCEDURE p(a int, INOUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END'",
  ),
  routine(
    "an aggregate",
    f("(a int, b int) RETURNS int", "SELECT a + b"),
    `${
      f("(a int, b int) RETURNS int", "SELECT a + b")
    }; CREATE AGGREGATE total(int) (SFUNC = f, STYPE = int, INITCOND = '0')`,
  ),
  routine(
    "an operator and a cast of one's own",
    f("(a text, b text) RETURNS text", "SELECT a || b"),
    `${
      f("(a text, b text) RETURNS text", "SELECT a || b")
    }; CREATE OPERATOR @@@ (FUNCTION = f, LEFTARG = text, RIGHTARG = text)`,
  ),
  routine(
    "an event trigger",
    "CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER never ON sql_drop WHEN TAG IN ('DROP AGGREGATE') EXECUTE FUNCTION g()",
  ),
];

const G = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'";
const firing = beside(`${T}; ${G}`, "INSERT INTO t VALUES (1, 5, 'x')");
/** The trigger `r` on `t`, made otherwise. */
const trigger = (name: string, from: string, to: string): LawCase =>
  firing(name, from && `CREATE ${from} EXECUTE FUNCTION g()`, to && `CREATE ${to} EXECUTE FUNCTION g()`);
const BEFORE = "TRIGGER r BEFORE INSERT ON t FOR EACH ROW";

const TRIGGERS: readonly LawCase[] = [
  trigger("a trigger comes", "", BEFORE),
  trigger(
    "a trigger fires at other times",
    BEFORE,
    "TRIGGER r AFTER INSERT OR UPDATE OF a, b OR DELETE ON t FOR EACH ROW",
  ),
  trigger(
    "a trigger gets a condition",
    "TRIGGER r BEFORE UPDATE ON t FOR EACH ROW",
    "TRIGGER r BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a)",
  ),
  trigger(
    "a trigger for each statement, with its rows",
    "TRIGGER r AFTER UPDATE ON t",
    "TRIGGER r AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT",
  ),
  trigger(
    "a constraint trigger",
    "",
    "CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
  ),
  trigger(
    "a constraint trigger that waits no more",
    "CONSTRAINT TRIGGER r AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
    "CONSTRAINT TRIGGER r AFTER INSERT OR UPDATE ON t FOR EACH ROW",
  ),
  trigger("a trigger on truncation", "", "TRIGGER r BEFORE TRUNCATE ON t"),
  firing(
    "a trigger's arguments",
    `CREATE ${BEFORE} EXECUTE FUNCTION g('a')`,
    `CREATE ${BEFORE} EXECUTE FUNCTION g('a', 'it''s')`,
  ),
  firing(
    "a trigger that is off, and one for replicas",
    `CREATE ${BEFORE} EXECUTE FUNCTION g()`,
    `CREATE ${BEFORE} EXECUTE FUNCTION g(); ALTER TABLE t DISABLE TRIGGER r; CREATE TRIGGER s BEFORE DELETE ON t EXECUTE FUNCTION g(); ALTER TABLE t ENABLE REPLICA TRIGGER s`,
  ),
  firing(
    "a trigger on a view",
    "CREATE VIEW w AS SELECT id, a FROM t",
    "CREATE VIEW w AS SELECT id, a FROM t; CREATE TRIGGER r INSTEAD OF INSERT OR UPDATE ON w FOR EACH ROW EXECUTE FUNCTION g()",
  ),
  firing(
    "a view with a trigger is made anew",
    "CREATE VIEW w AS SELECT id, a FROM t; CREATE TRIGGER r INSTEAD OF INSERT ON w FOR EACH ROW EXECUTE FUNCTION g()",
    "CREATE VIEW w AS SELECT a, id FROM t; CREATE TRIGGER r INSTEAD OF INSERT ON w FOR EACH ROW EXECUTE FUNCTION g()",
  ),
  pair(
    "a trigger of a column whose type changes",
    `CREATE TABLE t (a int, b int); ${G}; CREATE TRIGGER r AFTER UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION g()`,
    `CREATE TABLE t (a bigint, b int); ${G}; CREATE TRIGGER r AFTER UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION g()`,
    { rows: "INSERT INTO t VALUES (1, 2)" },
  ),
  pair(
    "a trigger of a partitioned table",
    `CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); ${G}`,
    `CREATE TABLE t (a int) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); ${G}; CREATE TRIGGER r AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()`,
  ),
  pair("a table with a trigger goes", `${T}; ${G}; CREATE ${BEFORE} EXECUTE FUNCTION g()`, G),
];

const policy = (name: string, from: string, to: string): LawCase =>
  on(name, from && `CREATE POLICY p ON t ${from}`, to && `CREATE POLICY p ON t ${to}`);

const POLICIES: readonly LawCase[] = [
  policy("a policy comes", "", "USING (a > 1)"),
  policy("a policy's conditions", "USING (a > 1)", "USING (a > 2) WITH CHECK (b <> '')"),
  policy("a policy's command", "FOR SELECT USING (true)", "FOR UPDATE USING (true) WITH CHECK (a > 0)"),
  policy("a policy's roles", "TO PUBLIC USING (true)", "TO pg_monitor, pg_read_all_data USING (true)"),
  policy("a policy that restricts", "USING (a > 1)", "AS RESTRICTIVE USING (a > 1)"),
  on(
    "row security for the owner too",
    "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY",
  ),
  on("row security forced and not enabled", "", "ALTER TABLE t FORCE ROW LEVEL SECURITY"),
  on(
    "a policy that looks into another table",
    "CREATE TABLE u (id int)",
    "CREATE TABLE u (id int, who text); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (EXISTS (SELECT FROM u WHERE u.id = t.id AND u.who = CURRENT_USER))",
  ),
  pair(
    "a policy over a column whose type changes",
    `CREATE TABLE t (a int); CREATE POLICY p ON t USING (a > 1)`,
    "CREATE TABLE t (a bigint); CREATE POLICY p ON t USING (a > 1)",
    { rows: "INSERT INTO t VALUES (1)" },
  ),
];

const RULES: readonly LawCase[] = [
  on(
    "a rule comes",
    "CREATE TABLE log (id int)",
    "CREATE TABLE log (id int); CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id)",
  ),
  on(
    "a rule does otherwise",
    "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING",
    "CREATE RULE r AS ON DELETE TO t WHERE OLD.a > 1 DO INSTEAD NOTHING",
  ),
  on(
    "a rule of a view that is made anew",
    "CREATE VIEW w AS SELECT id, a FROM t; CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO t (id) VALUES (NEW.id)",
    "CREATE VIEW w AS SELECT a, id FROM t; CREATE RULE r AS ON INSERT TO w DO INSTEAD INSERT INTO t (id) VALUES (NEW.id)",
  ),
  on(
    "extended statistics",
    "CREATE STATISTICS s ON a, b FROM t",
    "CREATE STATISTICS s (dependencies, mcv) ON a, b FROM t",
  ),
];

export const POSTGRES_CODE: readonly LawCase[] = [
  ...VIEWS,
  ...MATERIALIZED,
  ...ROUTINES,
  ...TRIGGERS,
  ...POLICIES,
  ...RULES,
];
