/**
 * first
 *
 * Revision ID: bef492f94079
 * Revises:
 * Create Date: 2026-11-23T17:30:58Z
 */
import type { Op } from "limbeck";

export const revision = "bef492f94079";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.createTable("authors", {
    columns: [
      { name: "id", type: "INTEGER", autoincrement: true },
      { name: "email", type: "VARCHAR(255)", nullable: false },
      { name: "name", type: "VARCHAR(255)", nullable: false },
      { name: "role", type: "TEXT", default: "'reader'", nullable: false },
      { name: "created_at", type: "DATETIME", nullable: false },
      { name: "updated_at", type: "DATETIME", nullable: false },
    ],
    primaryKey: ["id"],
    uniques: [{ name: "authors_email_key", columns: ["email"] }],
  });
  op.createTable("posts", {
    columns: [
      { name: "id", type: "INTEGER", autoincrement: true },
      { name: "title", type: "VARCHAR(255)", nullable: false },
      { name: "body", type: "TEXT", nullable: false },
      { name: "views", type: "INTEGER", default: "0", nullable: false },
      { name: "published_at", type: "DATETIME" },
      { name: "created_at", type: "DATETIME", nullable: false },
      { name: "updated_at", type: "DATETIME", nullable: false },
      { name: "author_id", type: "INTEGER", nullable: false },
    ],
    primaryKey: ["id"],
    foreignKeys: [
      {
        name: "posts_author_id_fkey",
        columns: ["author_id"],
        references: { table: "authors", columns: ["id"] },
        onDelete: "cascade",
        onUpdate: "cascade",
      },
    ],
    indexes: [{ name: "posts_author_id_published_at", columns: ["author_id", "published_at"] }],
  });
}

export function downgrade(op: Op): void {
  op.dropTable("posts");
  op.dropTable("authors");
}
