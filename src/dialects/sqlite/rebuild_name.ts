/** The name of the copy that a rebuild fills, before it takes the table's place. */
export function rebuildName(table: string): string {
  return `_limbeck_new_${table}`;
}
