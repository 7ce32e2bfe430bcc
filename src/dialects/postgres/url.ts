/**
 * A `postgres://` url as what `pg` is given.
 *
 * `pg` would read the url itself, but prints a warning of several lines for `sslmode=require`, and takes it for
 * `verify-full`; here the modes mean what they mean in libpq.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { environment } from "../../platform/process.ts";
import { LimbeckError } from "../../errors.ts";

/** TLS as `pg` takes it. */
export interface TlsSettings {
  readonly rejectUnauthorized: boolean;
  readonly checkServerIdentity?: () => undefined;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where and as whom to connect; what is left out comes from the `PG…` variables, or is `pg`'s default. */
export interface ConnectionSettings {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl: TlsSettings | false;
  /** Whether a server that refuses a connection without TLS is asked again with it (`sslmode=prefer`). */
  readonly mayUpgrade: boolean;
  readonly application_name: string;
  readonly options?: string;
  readonly connectionTimeoutMillis?: number;
}

/** TLS that encrypts and verifies nothing: what `sslmode=require` means. */
export const UNVERIFIED: TlsSettings = { rejectUnauthorized: false };

const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

function invalidUrl(reason: string, hint?: string): LimbeckError {
  return new LimbeckError("URL_INVALID", `Cannot read the database url: ${reason}`, {
    hint: hint ?? "A url looks like postgres://user:password@host:5432/database",
  });
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    // The url is not repeated: there may be a password in it.
    throw invalidUrl("it is no valid url", "Characters such as # / ? @ in a password are written as %23 %2F %3F %40");
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUrl("a % in it is not followed by two hexadecimal digits", "A % itself is written as %25");
  }
}

function pem(path: string | null): string | undefined {
  if (path === null || path === "system") return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new LimbeckError("FILE_UNREADABLE", `Cannot read "${path}", which the database url names`, { cause });
  }
}

function tls(mode: string, query: URLSearchParams): TlsSettings | false {
  if (!SSL_MODES.includes(mode)) throw invalidUrl(`"${mode}" is no sslmode`, `It is one of ${SSL_MODES.join(", ")}`);
  if (["disable", "allow", "prefer"].includes(mode)) return false;
  const [ca, cert, key] = [pem(query.get("sslrootcert")), pem(query.get("sslcert")), pem(query.get("sslkey"))];
  // As libpq: whoever names an authority with "require" means it.
  const verify = mode !== "require" || ca !== undefined;
  return {
    rejectUnauthorized: verify,
    ...(verify && mode !== "verify-full" ? { checkServerIdentity: () => undefined } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw invalidUrl(`"${text}" is no port`);
  return port;
}

/**
 * Reads a url.
 *
 * @param text `postgres://user:password@host:5432/database?sslmode=require`; libpq's parameters `host` (also a folder
 *   of a unix socket), `port`, `user`, `password`, `dbname`, `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `options`,
 *   `application_name` and `connect_timeout` (seconds) are understood, others are passed over
 * @throws `URL_INVALID`, `FILE_UNREADABLE` (a certificate)
 */
export function parseUrl(text: string): ConnectionSettings {
  const url = parse(text);
  const query = url.searchParams;
  const pick = (part: string, parameter: string): string | undefined =>
    query.get(parameter) ?? (part === "" ? undefined : decode(part));
  const [host, port] = [pick(url.hostname.replace(/^\[(.*)\]$/, "$1"), "host"), pick(url.port, "port")];
  if (host?.includes(",")) throw invalidUrl("it names several hosts", "Name the one that takes writes");
  const [user, password] = [pick(url.username, "user"), pick(url.password, "password")];
  const database = pick(url.pathname.replace(/^\//, ""), "dbname");
  const mode = query.get("sslmode") ?? environment()["PGSSLMODE"] ?? "prefer";
  const timeout = Number(query.get("connect_timeout") ?? environment()["PGCONNECT_TIMEOUT"] ?? 0);
  const options = query.get("options");
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: portOf(port) }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ssl: tls(mode, query),
    mayUpgrade: mode === "allow" || mode === "prefer",
    application_name: query.get("application_name") ?? "limbeck",
    ...(options === null ? {} : { options }),
    ...(timeout > 0 ? { connectionTimeoutMillis: timeout * 1000 } : {}),
  };
}
