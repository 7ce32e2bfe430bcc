import "reflect-metadata";
import { DataSource, type DataSourceOptions } from "typeorm";
import { Author, Post } from "./entities.ts";

/** The SQL that makes the entities' tables in an empty database. */
export async function schemaSql(url: string): Promise<string> {
  return url.startsWith("postgres") ? await postgresSql(url) : await missingSql({ type: "sqljs" });
}

/** TypeORM says what a database lacks, so that it needs one that is empty: here it is made and dropped again. */
async function postgresSql(url: string): Promise<string> {
  const name = `typeorm_empty_${process.pid}`;
  const empty = new URL(url);
  empty.pathname = name;
  const server = await new DataSource({ type: "postgres", url }).initialize();
  try {
    await server.query(`create database ${name}`);
    try {
      return await missingSql({ type: "postgres", url: empty.href });
    } finally {
      await server.query(`drop database ${name}`);
    }
  } finally {
    await server.destroy();
  }
}

/** What TypeORM's `synchronize` would run, and before it the extensions that TypeORM has made while it connected. */
async function missingSql(options: DataSourceOptions): Promise<string> {
  const source = await new DataSource(
    { ...options, entities: [Author, Post] } as DataSourceOptions,
  ).initialize();
  try {
    const extensions: { sql: string }[] = options.type === "postgres" ? await source.query(EXTENSIONS) : [];
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    // What has parameters are rows of TypeORM's own table about views and generated columns.
    const statements = upQueries.filter(({ parameters = [] }) => parameters.length === 0).map(({ query }) => query);
    return [...extensions.map(({ sql }) => sql), ...statements].map((sql) => `${sql};\n`).join("");
  } finally {
    await source.destroy();
  }
}

const EXTENSIONS = `select format('create extension %I', extname) as sql from pg_extension where extname <> 'plpgsql'`;
