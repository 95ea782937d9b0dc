let path: ((id: number) => string) | null = null

/** Where the console shows a message of the outbox. Declared by the module that has the page, when it is loaded. */
export function showMessagesAt(given: (id: number) => string): void {
  path = given
}

/** null where no module shows messages */
export function messagePathOf(id: number): string | null {
  return path?.(id) ?? null
}
