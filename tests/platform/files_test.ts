import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ensureDirectory, fileExists, overwrite, readText, systemReason } from "../../src/platform/files.ts";

const root = mkdtempSync(join(tmpdir(), "limbeck-files-"));
after(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, "folder"));
writeFileSync(join(root, "file"), "");
const inFile = join(root, "file/inner");

test("what the system refuses is said in words", async () => {
  const refused: readonly (readonly [() => Promise<unknown>, RegExp])[] = [
    [() => readText(join(root, "none")), /^Cannot read ".*none": there is no such file$/],
    [() => readText(join(root, "folder")), /^Cannot read ".*folder": it is a directory$/],
    [() => overwrite(inFile, ""), /^Cannot write ".*inner": a part of its path is a file, not a directory$/],
    [() => ensureDirectory(inFile), /^Cannot make the directory ".*inner": a part of its path is a file/],
    [() => fileExists(join(root, "a".repeat(5000))), /^Cannot read ".*": its name is too long$/],
  ];
  for (const [act, message] of refused) await assert.rejects(act(), { code: "FILE_UNREADABLE", message });
  const denied = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: "EACCES" });
  assert.equal(systemReason(denied), "permission denied");
  assert.equal(systemReason(new Error("something else")), "something else");
});
