/**
 * `limbeck list-templates`: what `init -t` takes.
 *
 * @module
 */
import { templateNames } from "../platform/assets.ts";
import { findTemplate } from "./templates.ts";

/** What `list-templates` returns. */
export interface TemplatesResult {
  /** Sorted by name. */
  readonly templates: readonly { readonly name: string; readonly summary: string }[];
}

/** Lists the templates that are shipped. */
export async function listTemplates(): Promise<TemplatesResult> {
  const names = await templateNames();
  const templates = names.map(async (name) => ({ name, summary: (await findTemplate(name, "")).summary }));
  return { templates: await Promise.all(templates) };
}
