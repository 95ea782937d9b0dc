/** Joins class names, leaving out what is false or missing; undefined when none is left. */
export function classes(...names: (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}
