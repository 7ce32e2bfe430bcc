import { OPERATIONS as op } from "../../src/operations/registry.ts";
import type { ObjectCase } from "./object_world.ts";

/** Each operation on types and sequences, in the forms that differ. */
export const TYPE_CASES: { readonly [title: string]: ObjectCase } = {
  "createDomain: all there is": {
    operations: [op.createDomain.create({ schema: "shop", name: "Price" }, {
      type: "numeric(10,2)",
      nullable: false,
      default: "0",
      checks: [{ name: "positive", expression: "VALUE >= 0::numeric" }],
    })],
    sql: [
      'CREATE DOMAIN shop."Price" AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0::numeric)',
    ],
  },
  "createDomain: a check that is not valid": {
    operations: [
      op.createDomain.create("tag", {
        type: "text",
        collation: "C",
        checks: [{ name: "tag_short", expression: "length(VALUE) < 9", notValid: true }],
      }),
    ],
    sql: [
      'CREATE DOMAIN tag AS text COLLATE "C"',
      "ALTER DOMAIN tag ADD CONSTRAINT tag_short CHECK (length(VALUE) < 9) NOT VALID",
    ],
  },
  "alterDomain: default, null and checks": {
    operations: [
      op.alterDomain.create("email", {
        default: null,
        nullable: false,
        dropChecks: ["email_at"],
        addChecks: [{ name: "email_long", expression: "length(VALUE) > 3", notValid: true }],
      }),
      op.alterDomain.create("email", { validateChecks: ["email_long"] }),
    ],
    sql: [
      "ALTER DOMAIN email DROP CONSTRAINT email_at",
      "ALTER DOMAIN email DROP DEFAULT",
      "ALTER DOMAIN email SET NOT NULL",
      "ALTER DOMAIN email ADD CONSTRAINT email_long CHECK (length(VALUE) > 3) NOT VALID",
      "ALTER DOMAIN email VALIDATE CONSTRAINT email_long",
    ],
  },
  "dropDomain": {
    operations: [op.dropDomain.create("free_domain")],
    sql: ["DROP DOMAIN free_domain"],
  },
  "createCompositeType": {
    operations: [
      op.createCompositeType.create("point2", [{ name: "x", type: "integer" }, {
        name: "Label",
        type: "text",
        collation: "C",
      }]),
    ],
    sql: ['CREATE TYPE point2 AS (x integer, "Label" text COLLATE "C")'],
  },
  "alterCompositeType: everything": {
    operations: [
      op.createCompositeType.create("free", [{ name: "a", type: "text" }, { name: "b", type: "text" }]),
      op.alterCompositeType.create("free", {
        addAttributes: [{ name: "c", type: "integer" }],
        alterAttributes: [{ name: "a", type: "varchar(5)" }],
        renameAttributes: { a: "first" },
      }),
      op.alterCompositeType.create("free", { dropAttributes: ["c"] }),
    ],
    sql: [
      "CREATE TYPE free AS (a text, b text)",
      "ALTER TYPE free ALTER ATTRIBUTE a TYPE varchar(5), ADD ATTRIBUTE c integer",
      "ALTER TYPE free RENAME ATTRIBUTE a TO first",
      "ALTER TYPE free DROP ATTRIBUTE c",
    ],
  },
  "alterCompositeType: of a table's column": {
    operations: [op.alterCompositeType.create("address", { addAttributes: [{ name: "city", type: "text" }] })],
    sql: ["ALTER TYPE address ADD ATTRIBUTE city text"],
  },
  "dropType: composite": {
    operations: [op.dropType.create("pair")],
    sql: ["DROP TYPE pair"],
  },
  "dropType: an enum": {
    operations: [op.createEnum.create("e", ["a"]), op.dropType.create("e", { ifExists: true })],
    sql: ["CREATE TYPE e AS ENUM ('a')", "DROP TYPE IF EXISTS e"],
  },
  "renameType: an enum, with columns, defaults and checks": {
    operations: [op.renameType.create("mood", "Feeling")],
    sql: ['ALTER TYPE mood RENAME TO "Feeling"'],
  },
  "renameType: an enum of another schema": {
    operations: [op.renameType.create({ schema: "shop", name: "state" }, "status")],
    sql: ["ALTER TYPE shop.state RENAME TO status"],
  },
  "renameType: a domain": {
    operations: [op.renameType.create("email", "mail_address")],
    sql: ["ALTER TYPE email RENAME TO mail_address"],
  },
  "renameType: a composite type": {
    operations: [op.renameType.create("address", "place")],
    sql: ["ALTER TYPE address RENAME TO place"],
  },
  "renameEnumValue": {
    operations: [op.renameEnumValue.create("mood", "ok", "it's ok"), op.renameEnumValue.create("mood", "sad", "low")],
    sql: ["ALTER TYPE mood RENAME VALUE 'ok' TO 'it''s ok'", "ALTER TYPE mood RENAME VALUE 'sad' TO 'low'"],
  },
  "createSequence: all there is": {
    operations: [
      op.createSequence.create({ schema: "shop", name: "no" }, {
        type: "integer",
        increment: 5,
        minValue: 5,
        maxValue: 1000,
        start: 10,
        cache: 3,
        cycle: true,
        ownedBy: { schema: "shop", table: "items", column: "id" },
      }),
    ],
    sql: [
      "CREATE SEQUENCE shop.no AS integer INCREMENT BY 5 MINVALUE 5 MAXVALUE 1000 START WITH 10 CACHE 3 CYCLE " +
      "OWNED BY shop.items.id",
    ],
  },
  "createSequence: unlogged": {
    operations: [op.createSequence.create("fast", { unlogged: true })],
    sql: ["CREATE UNLOGGED SEQUENCE fast"],
    since: 15,
  },
  "alterSequence: options, name": {
    operations: [
      op.alterSequence.create("numbers", { increment: 2, start: 20, cache: 4, cycle: true, maxValue: 99 }),
      op.alterSequence.create("numbers", { maxValue: null, cycle: null, restart: 30, newName: "No" }),
    ],
    sql: [
      "ALTER SEQUENCE numbers INCREMENT BY 2 MAXVALUE 99 START WITH 20 CACHE 4 CYCLE",
      "ALTER SEQUENCE numbers NO MAXVALUE NO CYCLE RESTART WITH 30",
      'ALTER SEQUENCE numbers RENAME TO "No"',
    ],
  },
  "dropSequence": { operations: [op.dropSequence.create("numbers")], sql: ["DROP SEQUENCE numbers"] },
  "createExtension and dropExtension": {
    operations: [op.createExtension.create("pg_trgm", { schema: "shop", ifNotExists: true })],
    sql: ["CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA shop"],
  },
  "alterExtension": {
    operations: [
      op.createExtension.create("pg_trgm", { schema: "public" }),
      op.alterExtension.create("pg_trgm", { schema: "shop" }),
    ],
    sql: ["CREATE EXTENSION pg_trgm SCHEMA public", "ALTER EXTENSION pg_trgm SET SCHEMA shop"],
  },
  "createCollation": {
    operations: [
      op.createCollation.create("any_case", { provider: "icu", locale: "und-u-ks-level2", deterministic: false }),
    ],
    sql: ["CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"],
  },
  "dropCollation": { operations: [op.dropCollation.create("plain")], sql: ["DROP COLLATION plain"] },
  "renameSchema": {
    operations: [op.renameSchema.create("shop", "Store")],
    sql: ['ALTER SCHEMA shop RENAME TO "Store"'],
  },
};
