import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { isLimbeckError } from "../../src/errors.ts";
import { loadRevisions } from "../../src/script/directory.ts";

async function withFiles(files: Readonly<Record<string, string>>, work: (directory: string) => Promise<void>) {
  const directory = mkdtempSync(join(tmpdir(), "limbeck-versions-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ts = (id: string, down: string | null) =>
  `export const revision = "${id}";\nexport const downRevision = ${JSON.stringify(down)};\n`;
const sql = (id: string, down: string) => `-- message\n-- revision: ${id}\n-- revises: ${down}\n\n-- upgrade\n`;

test("reads TypeScript, JavaScript and SQL in the order of their names", async () => {
  const files = {
    "b.sql": sql("b", "a"),
    "a.ts": ts("a", null),
    "c.mjs": ts("c", "b"),
    "d.mts": ts("d", "c"),
    "_helper.ts": "export const answer = 42;",
    "types.d.ts": "export {};",
    "README.md": "# no revision",
    ".hidden.ts": "nothing",
    "sub/e.js": ts("e", "d"),
  };
  await withFiles(files, async (directory) => {
    const flat = await loadRevisions([directory], { recursive: false });
    assert.deepEqual(flat.revisions.map(({ revision, format }) => `${revision}.${format}`), [
      "a.ts",
      "b.sql",
      "c.ts",
      "d.ts",
    ]);
    assert.equal(flat.get("a").path, join(directory, "a.ts"));
    const deep = await loadRevisions([directory, join(directory, "sub")], { recursive: true });
    assert.deepEqual(deep.heads, ["e"]);
    assert.equal(deep.revisions.length, 5);
  });
});

test("reads several locations", async () => {
  await withFiles({ "one/b.ts": ts("b", "a"), "two/a.ts": ts("a", null) }, async (directory) => {
    const map = await loadRevisions([join(directory, "one"), join(directory, "two")], { recursive: false });
    assert.deepEqual(map.revisions.map(({ revision }) => revision), ["b", "a"]);
  });
});

const wrong: readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  inner: string,
  code: string,
  message: RegExp,
][] = [
  ["a missing directory", {}, "nothing", "SCRIPT_LOCATION_NOT_FOUND", /does not exist/],
  ["a file as directory", { "a.ts": ts("a", null) }, "a.ts", "SCRIPT_LOCATION_NOT_FOUND", /is not a directory/],
  ["a file that is no revision", { "note.ts": "export const x = 1;" }, "", "REVISION_INVALID", /note\.ts.*"revision"/],
  ["a half-written helper", { "_a.ts": "export function upgrade() {}" }, "", "REVISION_INVALID", /_a\.ts.*"revision"/],
  ["an id twice", { "a.ts": ts("a", null), "b.ts": ts("a", null) }, "", "DUPLICATE_REVISION", /a\.ts.*b\.ts/],
];
for (const [name, files, inner, code, message] of wrong) {
  test(`refuses ${name}`, async () => {
    await withFiles(files, async (directory) => {
      await assert.rejects(
        loadRevisions([join(directory, inner)], { recursive: false }),
        (error) => isLimbeckError(error) && error.code === code && message.test(error.message),
      );
    });
  });
}
