import { defineEntity, p } from "@mikro-orm/core";

export const Author = defineEntity({
  name: "Author",
  tableName: "authors",
  properties: {
    id: p.integer().primary(),
    email: p.string().length(255).unique(),
    name: p.string(),
    role: p.enum(["reader", "writer", "editor"]).default("reader"),
    createdAt: p.datetime().defaultRaw("current_timestamp"),
  },
});

export const Post = defineEntity({
  name: "Post",
  tableName: "posts",
  indexes: [{ properties: ["author", "publishedAt"] }],
  properties: {
    id: p.integer().primary(),
    title: p.string(),
    body: p.text(),
    views: p.integer().default(0),
    publishedAt: p.datetime().nullable(),
    author: () => p.manyToOne(Author).deleteRule("cascade"),
  },
});
