import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * A library that is loaded when it is first used, not at start: some take tens of megabytes or most of a second,
 * which a service that does not need them need not pay. Name its types: `lazily<typeof import('x')>('x')`.
 */
export function lazily<Library>(name: string): () => Library {
  let library: Library | undefined
  return () => (library ??= require(name) as Library)
}
