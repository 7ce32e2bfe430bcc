import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../src/config.ts";
import { CONFIG_KEYS } from "../../src/config_keys.ts";

interface Case {
  readonly files: Record<string, string>;
  readonly cwd?: string;
  readonly configFile?: string;
  readonly name?: string;
  readonly environment?: Record<string, string>;
}

async function inFolder<T>({ files }: Case, work: (root: string) => Promise<T>): Promise<T> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-config-")));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return await work(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const load = (given: Case) =>
  inFolder(given, async (root) => {
    const config = await loadConfig({
      cwd: join(root, given.cwd ?? "."),
      environment: given.environment ?? {},
      ...(given.configFile === undefined ? {} : { configFile: given.configFile }),
      ...(given.name === undefined ? {} : { name: given.name }),
    });
    return { root, config };
  });

test("the defaults", async () => {
  const { root, config } = await load({ files: { "limbeck.json": "{}" } });
  const { environment: _, ...rest } = config;
  assert.deepEqual({ ...rest, url: config.url() }, {
    file: join(root, "limbeck.json"),
    directory: root,
    scriptLocation: join(root, "migrations"),
    envFile: join(root, "migrations/env.ts"),
    versionLocations: [join(root, "migrations/versions")],
    recursiveVersionLocations: false,
    fileTemplate: "%(rev)s_%(slug)s",
    truncateSlugLength: 40,
    timezone: undefined,
    versionTable: undefined,
    versionTableSchema: undefined,
    revisionFormat: "ts",
    revisionEnvironment: false,
    postWriteHooks: [],
    url: undefined,
    name: undefined,
    environments: [],
  });
  assert.ok(Object.isFrozen(config));
});

test("comments, trailing commas, a byte order mark; found upwards; paths from the file", async () => {
  const text = '\uFEFF{\n  // here\n  "scriptLocation": "db", /* there */\n}\n';
  const { root, config } = await load({ files: { "limbeck.json": text, "a/b/x": "" }, cwd: "a/b" });
  assert.equal(config.scriptLocation, join(root, "db"));
});

for (const file of ["package.json", "deno.json", "deno.jsonc"]) {
  test(`the key "limbeck" of ${file}`, async () => {
    const { root, config } = await load({ files: { [file]: '{ "name": "x", "limbeck": { "url": "file:a.db" } }' } });
    assert.equal(config.file, join(root, file));
    assert.equal(config.url(), "file:a.db");
  });
}

test("a package.json that only depends on limbeck is not the configuration", async () => {
  const { root, config } = await load({
    files: { "limbeck.json": "{}", "app/package.json": '{"dependencies":{"limbeck":"1.0.0"}}' },
    cwd: "app",
  });
  assert.equal(config.file, join(root, "limbeck.json"));
});

test("-c names a file, -n an environment", async () => {
  const text = '{ "url": "file:dev.db", "environments": { "prod": { "url": "file:prod.db", "versionTable": "v" } } }';
  const { config } = await load({ files: { "conf/x.json": text }, configFile: "conf/x.json", name: "prod" });
  assert.deepEqual([config.url(), config.versionTable], ["file:prod.db", "v"]);
});

test("variables are replaced when they are needed", async () => {
  const files = { "limbeck.json": '{ "url": "${URL}", "scriptLocation": "${DIR:-db}" }' };
  const { root, config } = await load({ files });
  assert.equal(config.scriptLocation, join(root, "db"));
  assert.throws(() => config.url(), { code: "ENV_VARIABLE_MISSING", message: /"url" in .*"URL" is not set/ });
  assert.equal((await load({ files, environment: { URL: "file:x" } })).config.url(), "file:x");
});

const BAD: readonly (Case & {
  readonly what: string;
  readonly error: Record<string, unknown>;
  readonly at?: readonly [number, number];
})[] = [
  { what: "no file", files: {}, error: { code: "CONFIG_NOT_FOUND", hint: /limbeck init migrations/ } },
  { what: "a named file that is missing", files: {}, configFile: "x.json", error: { code: "CONFIG_NOT_FOUND" } },
  {
    what: "no JSON",
    files: { "limbeck.json": '{\n  "url": \n}' },
    error: { code: "CONFIG_INVALID", message: /it is no JSON \(value expected\)/ },
    at: [3, 1],
  },
  {
    what: "no object",
    files: { "limbeck.json": "[]" },
    error: { code: "CONFIG_INVALID", message: /it is no object/ },
  },
  {
    what: "an unknown key",
    files: { "limbeck.json": '{\n  "scriptLocaton": "x"\n}' },
    error: {
      code: "CONFIG_INVALID",
      message: /the key "scriptLocaton" is not known/,
      hint: 'Did you mean "scriptLocation"?',
    },
    at: [2, 3],
  },
  {
    what: "an unknown key in an environment that is not asked for",
    files: { "limbeck.json": '{ "environments": { "a": { "urll": "x" } } }' },
    error: { code: "CONFIG_INVALID", hint: 'Did you mean "url"?' },
  },
  {
    what: "a value of another type",
    files: { "limbeck.json": '{ "recursiveVersionLocations": "yes" }' },
    error: { code: "CONFIG_INVALID", message: /"recursiveVersionLocations" takes true or false/ },
  },
  {
    what: "a time zone that is none",
    files: { "limbeck.json": '{ "timezone": "Mars/Base" }' },
    error: { code: "CONFIG_INVALID", message: /knows no "Mars\/Base"/ },
  },
  {
    what: "an unknown environment",
    files: { "limbeck.json": '{ "environments": { "dev": {}, "prod": {} } }' },
    name: "live",
    error: { code: "CONFIG_INVALID", hint: 'There are: "dev", "prod"' },
  },
];

for (const { what, error, at, ...given } of BAD) {
  test(`refused: ${what}`, async () => {
    await assert.rejects(load(given), (thrown: Error & { facts: Record<string, unknown> }) => {
      for (const [key, value] of Object.entries(error)) {
        const found = (thrown as unknown as Record<string, unknown>)[key];
        if (value instanceof RegExp) assert.match(String(found), value);
        else assert.equal(found, value);
      }
      if (at !== undefined) assert.deepEqual([thrown.facts["line"], thrown.facts["column"]], at);
      return true;
    });
  });
}

test("limbeck.schema.json knows the same keys", () => {
  const schema = JSON.parse(readFileSync(new URL("../../limbeck.schema.json", import.meta.url), "utf8"));
  const keys = Object.keys(schema.properties).filter((key) => key !== "$schema" && key !== "environments");
  assert.deepEqual(keys.sort(), [...CONFIG_KEYS].sort());
  const inSection = Object.keys(schema.properties.environments.additionalProperties.properties);
  assert.deepEqual(inSection.sort(), [...CONFIG_KEYS].sort());
});
