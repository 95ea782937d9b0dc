const paths = new Map<string, (name: string) => string>()

/** Where the console shows cases of a kind, by 案號 or follow number. Declared by the kind's module when it is loaded. */
export function showCasesAt(kind: string, path: (name: string) => string): void {
  paths.set(kind, path)
}

/** null for a kind without pages */
export function casePath(kind: string, name: string): string | null {
  return paths.get(kind)?.(name) ?? null
}
