import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { toLoadError } from "../../src/platform/load_error.ts";
import { loadModule, preloadModules, provideModule } from "../../src/platform/load_module.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-load-")));
after(() => rmSync(root, { recursive: true }));

provideModule("limbeck", () => Promise.resolve({ marker: "the running tool" }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

write({
  "node_modules/an-es-package/package.json": '{"name":"an-es-package","type":"module","exports":"./index.js"}',
  "node_modules/an-es-package/index.js": "export const es = 1;\nexport default 'es default';\n",
  "node_modules/a-cjs-package/package.json": '{"name":"a-cjs-package","main":"index.js"}',
  "node_modules/a-cjs-package/index.js": "exports.cjs = 2;\n",
  "src/helper.ts": "export const helper: number = 3;\n",
  "src/schema.ts": "import { helper } from './helper.ts';\nexport const later = helper + 1;\n",
});

test("a module with all that TypeScript and packages bring", async () => {
  write({
    "env.ts": `import { marker } from "limbeck";
import type { Nothing } from "limbeck";
import esDefault, { es } from "an-es-package";
import cjs, { cjs as named } from "a-cjs-package";
import { helper } from "./src/helper.ts";
import { helper as again } from "./src/helper";

enum Colour { Red = "red" }
class Point { constructor(public readonly x: number) {} }
interface Nothing2 extends Nothing {}

const awaited = await Promise.resolve(4);
export const values = [marker, es, esDefault, cjs.cjs, named, helper, again, Colour.Red, new Point(5).x, awaited];
export const later = () => import("./src/schema.ts");
`,
  });
  const module = await loadModule(join(root, "env.ts"));
  assert.deepEqual(module["values"], ["the running tool", 1, "es default", 2, 2, 3, 3, "red", 5, 4]);
  assert.equal((await (module["later"] as () => Promise<{ later: number }>)()).later, 4);
});

test("a class whose fields have decorators", async () => {
  write({
    "entity.ts": `const seen: string[] = [];
const Column = (): PropertyDecorator => (_target, name) => { seen.push(String(name)); };
const Entity = (name: string): ClassDecorator => (target) => { seen.push(name + " is " + target.name); };

@Entity("users")
class User {
  @Column() id!: number;
  @Column() declare name: string;
  @Column() role: string = "reader";
  @Column() static table = "users";
  @Column() hello(): string { return "hello"; }
  nick!: string;
  constructor(readonly key = 7) {}
}
export const user = { ...new User(), table: User.table, said: new User().hello() };
export { seen };
`,
  });
  const { user, seen } = await loadModule(join(root, "entity.ts"));
  const expected = { role: "reader", key: 7, nick: undefined, table: "users", said: "hello" };
  assert.deepEqual({ ...user as object }, expected);
  assert.deepEqual(seen, ["id", "name", "role", "table", "hello", "users is User"]);
});

const FAILURES: readonly {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly code: string;
  readonly message: RegExp;
  readonly line?: number;
  readonly column?: number;
}[] = [
  {
    name: "a syntax error",
    file: "syntax.ts",
    text: "const a = 1;\nexport const = 3;\n",
    code: "MODULE_SYNTAX",
    message: /syntax\.ts": Unexpected token/,
    line: 2,
    column: 14,
  },
  {
    name: "a missing package",
    file: "missing_package.ts",
    text: '\nimport x from "no-such-package/sub";\nexport default x;\n',
    code: "MODULE_NOT_FOUND",
    message: /it imports "no-such-package\/sub", which is not there/,
    line: 2,
    column: 15,
  },
  {
    name: "a missing file",
    file: "missing_file.ts",
    text: 'import x from "./nope.ts";\nexport default x;\n',
    code: "MODULE_NOT_FOUND",
    message: /it imports "\.\/nope\.ts", which is not there/,
    line: 1,
    column: 15,
  },
  {
    name: "a module that throws",
    file: "throws.ts",
    text: "interface Gone {\n  a: string;\n}\n\nexport const x: number = 1;\nthrow new Error('on purpose');\n",
    code: "MODULE_FAILED",
    message: /throws\.ts": on purpose/,
    line: 6,
  },
];

for (const { name, file, text, code, message, line, column } of FAILURES) {
  test(`${name} is shown with its place`, async () => {
    write({ [file]: text });
    await assert.rejects(loadModule(join(root, file)), (error: Error & Record<string, unknown>) => {
      assert.equal(error["code"], code, String(error.stack));
      assert.match(error.message, message);
      const facts = error["facts"] as Record<string, unknown>;
      assert.equal(facts["path"], join(root, file));
      assert.equal(facts["line"], line);
      if (column !== undefined) assert.equal(facts["column"], column);
      return true;
    });
  });
}

test("a file that a file imports later is blamed itself", async () => {
  write({
    "lazy.ts": `import type { Gone } from "limbeck";\n\nexport const later = () => import("./src/late.ts");\n`,
    "src/late.ts": "export const a = 1;\n\nnull.length;\n",
  });
  const { later } = await loadModule(join(root, "lazy.ts")) as { later: () => Promise<unknown> };
  const error: unknown = await later().then(() => assert.fail("it must throw"), (error) => error);
  const { code, message, facts } = await toLoadError(error, join(root, "lazy.ts"));
  const path = join(root, "src/late.ts");
  assert.deepEqual([code, facts["path"], facts["line"], facts["column"]], ["MODULE_FAILED", path, 3, 6]);
  assert.match(message, /late\.ts": Cannot read properties of null/);
});

test("a file that is not there", async () => {
  await assert.rejects(loadModule(join(root, "none.ts")), { code: "MODULE_NOT_FOUND" });
});

test("many modules at once: each is what it would be alone, also where one of them is broken", async () => {
  const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-many-")));
  try {
    const paths = Array.from({ length: 450 }, (_, at) => join(elsewhere, `m${at}.ts`));
    const broken = paths[300]!;
    paths.forEach((path, at) =>
      writeFileSync(path, path === broken ? "throw new Error('boom');\n" : `export const at: number = ${at};\n`)
    );
    await preloadModules(paths);
    for (const [at, path] of paths.entries()) {
      if (path === broken) await assert.rejects(() => loadModule(path), { code: "MODULE_FAILED", message: /boom/ });
      else assert.equal((await loadModule(path))["at"], at);
    }
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});
