/**
 * The question to the catalog about objects that are known by their CREATE statement. The server has no function that
 * prints most of them, so the statements are put together here.
 *
 * @module
 */
import { FIRST_NORMAL_ID, independentOf, optional, type Questions, type Scope } from "./catalog_scope.ts";
import { FOREIGN_OBJECTS } from "./catalog_foreign.ts";

/** An object with its statements. */
export interface ObjectOfKindRow {
  readonly catalog: string;
  readonly id: string;
  readonly type: string;
  readonly schema: string | null;
  readonly name: string;
  readonly table: string | null;
  readonly definition: string;
  readonly drop: string;
  /** The addresses of what is a part of it. */
  readonly parts: readonly { readonly catalog: string; readonly id: string }[] | null;
}

/** What each question gives. */
export interface ObjectRows {
  readonly objects: readonly ObjectOfKindRow[];
}

/** The parts of a question about one kind of object. */
export interface ObjectQuestion {
  readonly catalog: string;
  readonly type: string;
  /** SQL expressions over the alias `o`; `schema` defaults to that of the alias `n`, if `scoped`. */
  readonly name: string;
  readonly table?: string;
  readonly definition: string;
  readonly drop: string;
  readonly parts?: string;
  /** What stands behind FROM. */
  readonly from: string;
  readonly where?: string;
  /** Whether the alias `n` is its schema. */
  readonly scoped: boolean;
}

/** The name of an object with its schema where it needs one, as SQL. */
export const qualified = (namespace: string, name: string): string =>
  `CASE WHEN ${namespace} = current_schema() THEN quote_ident(${name}) ` +
  `ELSE quote_ident(${namespace}) || '.' || quote_ident(${name}) END`;

function select(question: ObjectQuestion, scope: Scope): string {
  const { catalog, type, name, table = "NULL", definition, drop, parts = "NULL::json", from, scoped } = question;
  const conditions = [
    `o.oid >= ${FIRST_NORMAL_ID}`,
    independentOf(catalog, "o.oid"),
    ...(scoped ? [scope.types ?? scope.namespaces] : []),
    ...(question.where === undefined ? [] : [question.where]),
  ];
  return `SELECT '${catalog}' AS catalog, o.oid::text AS id, '${type}' AS type, ${
    scoped ? "n.nspname" : "NULL"
  }::text AS schema,
  (${name})::text AS name, (${table})::text AS table, (${definition})::text AS definition, (${drop})::text AS drop,
  ${parts} AS parts
FROM ${from} WHERE ${conditions.join(" AND ")}`;
}

/** The statement that says when a rule or event trigger fires, where that is not the usual. */
const enabled = (column: string, subject: string, word: string): string =>
  `CASE ${column} WHEN 'O' THEN '' ELSE format(E';\\n%s %s%s', ${subject},
    CASE ${column} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, ${word}) END`;

const RULE: ObjectQuestion = {
  catalog: "pg_rewrite",
  type: "rule",
  name: "o.rulename",
  table: "c.relname",
  definition: `rtrim(pg_get_ruledef(o.oid, true), ';') || ${
    enabled("o.ev_enabled", "'ALTER TABLE ' || o.ev_class::regclass", "' RULE ' || quote_ident(o.rulename)")
  }`,
  drop: "format('DROP RULE %I ON %s', o.rulename, o.ev_class::regclass)",
  from: "pg_rewrite o JOIN pg_class c ON c.oid = o.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace",
  where: "o.rulename <> '_RETURN'",
  scoped: true,
};

const STATISTICS_TARGET = optional("pg_statistic_ext", "o", "stxstattarget", "-1");

const STATISTICS: ObjectQuestion = {
  catalog: "pg_statistic_ext",
  type: "statistics",
  name: "o.stxname",
  definition: `'CREATE STATISTICS ' || ${qualified("n.nspname", "o.stxname")}
    || substr(pg_get_statisticsobjdef(o.oid), length(format('CREATE STATISTICS %I.%I', n.nspname, o.stxname)) + 1)
    || CASE WHEN ${STATISTICS_TARGET} >= 0 THEN format(E';\\nALTER STATISTICS %s SET STATISTICS %s',
      ${qualified("n.nspname", "o.stxname")}, ${STATISTICS_TARGET}) ELSE '' END`,
  drop: `'DROP STATISTICS ' || ${qualified("n.nspname", "o.stxname")}`,
  from: "pg_statistic_ext o JOIN pg_namespace n ON n.oid = o.stxnamespace",
  scoped: true,
};

const RANGE: ObjectQuestion = {
  catalog: "pg_type",
  type: "range type",
  name: "o.typname",
  definition: `format(E'CREATE TYPE %s AS RANGE (\\n  %s\\n)', o.oid::regtype, concat_ws(E',\\n  ',
    'SUBTYPE = ' || format_type(g.rngsubtype, NULL),
    (SELECT 'SUBTYPE_OPCLASS = ' || ${qualified("qn.nspname", "q.opcname")} FROM pg_opclass q
      JOIN pg_namespace qn ON qn.oid = q.opcnamespace WHERE q.oid = g.rngsubopc AND NOT q.opcdefault),
    CASE WHEN g.rngcollation <> s.typcollation THEN 'COLLATION = ' || g.rngcollation::regcollation END,
    'CANONICAL = ' || nullif(g.rngcanonical, 0)::regproc, 'SUBTYPE_DIFF = ' || nullif(g.rngsubdiff, 0)::regproc,
    'MULTIRANGE_TYPE_NAME = ' || g.rngmultitypid::regtype))`,
  drop: "format('DROP TYPE %s', o.oid::regtype)",
  parts: `json_build_array(json_build_object('catalog', 'pg_type', 'id', o.typarray::text),
    json_build_object('catalog', 'pg_type', 'id', g.rngmultitypid::text))`,
  from: `pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace JOIN pg_range g ON g.rngtypid = o.oid
    JOIN pg_type s ON s.oid = g.rngsubtype`,
  scoped: true,
};

const EVENT_TRIGGER: ObjectQuestion = {
  catalog: "pg_event_trigger",
  type: "event trigger",
  name: "o.evtname",
  definition: `format(E'CREATE EVENT TRIGGER %I ON %s%s\\n  EXECUTE FUNCTION %s()', o.evtname, o.evtevent,
    (SELECT E'\\n  WHEN TAG IN (' || string_agg(quote_literal(tag), ', ' ORDER BY place) || ')'
      FROM unnest(o.evttags) WITH ORDINALITY t (tag, place)), o.evtfoid::regproc)
    || ${enabled("o.evtenabled", "format('ALTER EVENT TRIGGER %I', o.evtname)", "''")}`,
  drop: "format('DROP EVENT TRIGGER %I', o.evtname)",
  from: "pg_event_trigger o",
  scoped: false,
};

const CAST: ObjectQuestion = {
  catalog: "pg_cast",
  type: "cast",
  name: "format('%s AS %s', format_type(o.castsource, NULL), format_type(o.casttarget, NULL))",
  definition: `format('CREATE CAST (%s AS %s) %s%s', format_type(o.castsource, NULL), format_type(o.casttarget, NULL),
    CASE o.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || o.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
      ELSE 'WITHOUT FUNCTION' END,
    CASE o.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)`,
  drop: "format('DROP CAST (%s AS %s)', format_type(o.castsource, NULL), format_type(o.casttarget, NULL))",
  from: "pg_cast o",
  scoped: false,
};

const operand = (column: string, word: string): string =>
  `'${word} = ' || CASE WHEN o.${column} <> 0 THEN format_type(o.${column}, NULL) END`;

const operatorOf = (column: string, word: string): string =>
  `(SELECT format('${word} = OPERATOR(%I.%s)', pn.nspname, p.oprname) FROM pg_operator p
    JOIN pg_namespace pn ON pn.oid = p.oprnamespace WHERE p.oid = o.${column})`;

const OPERATOR_NAME =
  "CASE WHEN n.nspname = current_schema() THEN '' ELSE quote_ident(n.nspname) || '.' END || o.oprname";

const OPERANDS = `CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END || ', '
    || CASE WHEN o.oprright = 0 THEN 'NONE' ELSE format_type(o.oprright, NULL) END`;

const OPERATOR: ObjectQuestion = {
  catalog: "pg_operator",
  type: "operator",
  name: `o.oprname || '(' || ${OPERANDS} || ')'`,
  definition: `format(E'CREATE OPERATOR %s (\\n  %s\\n)', ${OPERATOR_NAME}, concat_ws(E',\\n  ',
    'FUNCTION = ' || o.oprcode, ${operand("oprleft", "LEFTARG")}, ${operand("oprright", "RIGHTARG")},
    ${operatorOf("oprcom", "COMMUTATOR")}, ${operatorOf("oprnegate", "NEGATOR")},
    'RESTRICT = ' || nullif(o.oprrest, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin, 0)::regproc,
    CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END))`,
  drop: `format('DROP OPERATOR %s (%s)', ${OPERATOR_NAME}, ${OPERANDS})`,
  from: "pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace",
  where: "o.oprcode <> 0",
  scoped: true,
};

const DICTIONARY: ObjectQuestion = {
  catalog: "pg_ts_dict",
  type: "text search dictionary",
  name: "o.dictname",
  definition: `format(E'CREATE TEXT SEARCH DICTIONARY %s (\\n  %s\\n)', o.oid::regdictionary, concat_ws(E',\\n  ',
    'TEMPLATE = ' || CASE WHEN tn.nspname = 'pg_catalog' THEN quote_ident(t.tmplname)
      ELSE ${qualified("tn.nspname", "t.tmplname")} END, o.dictinitoption))`,
  drop: "format('DROP TEXT SEARCH DICTIONARY %s', o.oid::regdictionary)",
  from: `pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace
    JOIN pg_ts_template t ON t.oid = o.dicttemplate JOIN pg_namespace tn ON tn.oid = t.tmplnamespace`,
  scoped: true,
};

const CONFIGURATION: ObjectQuestion = {
  catalog: "pg_ts_config",
  type: "text search configuration",
  name: "o.cfgname",
  definition: `format('CREATE TEXT SEARCH CONFIGURATION %s (PARSER = %s)', o.oid::regconfig,
      CASE WHEN pn.nspname = 'pg_catalog' THEN quote_ident(p.prsname) ELSE ${qualified("pn.nspname", "p.prsname")} END)
    || coalesce((SELECT string_agg(format(E';\\nALTER TEXT SEARCH CONFIGURATION %s ADD MAPPING FOR %s WITH %s',
      o.oid::regconfig, quote_ident(m.alias), m.dictionaries), '' ORDER BY m.alias COLLATE "C") FROM (
        SELECT k.alias, string_agg(x.mapdict::regdictionary::text, ', ' ORDER BY x.mapseqno) AS dictionaries
        FROM pg_ts_config_map x JOIN ts_token_type(o.cfgparser) k ON k.tokid = x.maptokentype
        WHERE x.mapcfg = o.oid GROUP BY k.alias) m), '')`,
  drop: "format('DROP TEXT SEARCH CONFIGURATION %s', o.oid::regconfig)",
  from: `pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace
    JOIN pg_ts_parser p ON p.oid = o.cfgparser JOIN pg_namespace pn ON pn.oid = p.prsnamespace`,
  scoped: true,
};

const OBJECTS: readonly ObjectQuestion[] = [
  RULE,
  STATISTICS,
  RANGE,
  EVENT_TRIGGER,
  CAST,
  OPERATOR,
  DICTIONARY,
  CONFIGURATION,
  ...FOREIGN_OBJECTS,
];

/** The questions. */
export const OBJECT_QUESTIONS: Questions<ObjectRows> = {
  objects: (scope) => OBJECTS.map((question) => select(question, scope)).join("\nUNION ALL\n"),
};
