/**
 * first
 *
 * Revision ID: 92c0e1fc9eb9
 * Revises:
 * Create Date: 2026-11-23T17:30:59Z
 */
import type { Op } from "limbeck";

export const revision = "92c0e1fc9eb9";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.createTable("authors", {
    columns: [
      { name: "id", type: "INTEGER", autoincrement: true, nullable: false },
      { name: "email", type: "TEXT", nullable: false },
      { name: "name", type: "TEXT", nullable: false },
      { name: "role", type: "TEXT", default: "'reader'", nullable: false },
      { name: "created_at", type: "DATETIME", default: "CURRENT_TIMESTAMP", nullable: false },
    ],
    primaryKey: ["id"],
    indexes: [{ name: "authors_email_key", columns: ["email"], unique: true }],
  });
  op.createTable("posts", {
    columns: [
      { name: "id", type: "INTEGER", autoincrement: true, nullable: false },
      { name: "title", type: "TEXT", nullable: false },
      { name: "body", type: "TEXT", nullable: false },
      { name: "views", type: "INTEGER", default: "0", nullable: false },
      { name: "published_at", type: "DATETIME" },
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
    indexes: [{ name: "posts_author_id_published_at_idx", columns: ["author_id", "published_at"] }],
  });
}

export function downgrade(op: Op): void {
  op.dropTable("posts");
  op.dropTable("authors");
}
