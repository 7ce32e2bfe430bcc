import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadEnvFiles, parseEnvFile } from "../../src/platform/env_file.ts";

const CASES: readonly (readonly [
  name: string,
  text: string,
  expected: Record<string, string>,
  outside?: Record<string, string>,
])[] = [
  ["plain", "A=1\nB=two words\n", { A: "1", B: "two words" }],
  ["export, spaces, comments", "# head\nexport A = 1 # tail\nB='#not'\n", { A: "1", B: "#not" }],
  ["quotes", "A=\"x\\ny\"\nB='x\\ny'\nC=`it's`\n", { A: "x\ny", B: "x\\ny", C: "it's" }],
  ["several lines", 'KEY="-----BEGIN\nabc\n-----END"\n', { KEY: "-----BEGIN\nabc\n-----END" }],
  ["CRLF and a byte order mark are no part", "A=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["a reference", "A=1\nB=${A}2\n", { A: "1", B: "12" }],
  ["a default", "B=${A:-x}y\n", { B: "xy" }],
  ["an empty variable takes the default", "A=\nB=${A:-x}\n", { A: "", B: "x" }],
  ["nothing there", "B=[${A}]\n", { B: "[]" }],
  ["set variables win in references", "A=file\nB=${A}\n", { A: "file", B: "shell" }, { A: "shell" }],
  ["single quotes are literal", "A=1\nB='${A}'\n", { A: "1", B: "${A}" }],
  ["a lone dollar is a dollar", "P=pa$$word\nQ=a$B\n", { P: "pa$$word", Q: "a$B" }],
  ["nothing is run", "X=$(echo pwned)\nY=`echo pwned`\n", { X: "$(echo pwned)", Y: "echo pwned" }],
];

for (const [name, text, expected, outside] of CASES) {
  test(`parseEnvFile: ${name}`, async () => {
    assert.deepEqual(await parseEnvFile(text, outside), expected);
  });
}

test("loadEnvFiles: later files win, set variables win over all, missing files are skipped or refused", async () => {
  const directory = mkdtempSync(join(tmpdir(), "limbeck-env-"));
  const [first, second, missing] = [".env", ".env.local", ".env.none"].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  try {
    writeFileSync(first, "A=1\nB=1\nC=1\n");
    writeFileSync(second, "B=2\nD=${A}${C}\n");
    const options = { environment: { C: "shell" }, required: false };
    assert.deepEqual(await loadEnvFiles([first, missing, second], options), {
      values: { A: "1", B: "2", D: "1shell" },
      read: [first, second],
    });
    await assert.rejects(loadEnvFiles([missing], { environment: {}, required: true }), { code: "FILE_UNREADABLE" });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
