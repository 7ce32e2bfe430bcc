/**
 * first
 *
 * Revision ID: 46bd73899700
 * Revises:
 * Create Date: 2026-11-23T17:30:56Z
 */
import type { Op } from "limbeck";

export const revision = "46bd73899700";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.createTable("authors", {
    columns: [
      { name: "id", type: "integer", autoincrement: true, nullable: false },
      { name: "email", type: "varchar(255)", nullable: false },
      { name: "name", type: "varchar", nullable: false },
      { name: "role", type: "varchar", default: "'reader'", nullable: false },
      {
        name: "created_at",
        type: "datetime",
        default: "datetime('now')",
        nullable: false,
      },
    ],
    primaryKey: ["id"],
    uniques: [{ name: "UQ_ea066641108f693660071dfa790", columns: ["email"] }],
    checks: [{
      name: "authors_check",
      expression: "\"role\" IN ('reader','writer','editor')",
    }],
  });
  op.createTable("posts", {
    columns: [
      { name: "id", type: "integer", autoincrement: true, nullable: false },
      { name: "title", type: "varchar", nullable: false },
      { name: "body", type: "text", nullable: false },
      { name: "views", type: "integer", default: "0", nullable: false },
      { name: "published_at", type: "datetime" },
      { name: "author_id", type: "integer", nullable: false },
    ],
    primaryKey: ["id"],
    foreignKeys: [
      {
        name: "FK_312c63be865c81b922e39c2475e",
        columns: ["author_id"],
        references: { table: "authors", columns: ["id"] },
        onDelete: "cascade",
      },
    ],
    indexes: [{
      name: "IDX_e4b438964e74a101035ec6c31d",
      columns: ["author_id", "published_at"],
    }],
  });
}

export function downgrade(op: Op): void {
  op.dropTable("posts");
  op.dropTable("authors");
}
