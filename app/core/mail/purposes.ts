const names = new Map<string, string>()

/** What the console calls the purposes of a module's messages: `petition.answer` → 答復. */
export function namePurposes(of: Record<string, string>): void {
  for (const [purpose, name] of Object.entries(of)) names.set(purpose, name)
}

export function purposeName(purpose: string): string {
  return names.get(purpose) ?? purpose
}
