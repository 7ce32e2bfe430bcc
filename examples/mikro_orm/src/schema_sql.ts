import { Author, Post } from "./entities.ts";

/** The SQL that makes the entities' tables in an empty database. MikroORM connects to none for it. */
export async function schemaSql(url: string): Promise<string> {
  const options = { entities: [Author, Post], dbName: "blog", connect: false };
  const orm = url.startsWith("postgres")
    ? await (await import("@mikro-orm/postgresql")).MikroORM.init(options)
    : await (await import("@mikro-orm/libsql")).MikroORM.init(options);
  try {
    return await orm.schema.getCreateSchemaSQL();
  } finally {
    await orm.close();
  }
}
