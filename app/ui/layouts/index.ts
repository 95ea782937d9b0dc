export * from './console.tsx'
export * from './error-page.tsx'
export type { NavItem } from './parts.tsx'
export * from './portal.tsx'
