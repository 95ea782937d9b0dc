import type { VNode } from 'preact'
import { write } from './jsx/jsx-runtime.ts'

/** A whole page as text: doctype and the tree a layout returns. Everything in it is escaped by default. */
export function renderPage(page: VNode): string {
  return `<!doctype html>\n${write(page)}`
}

/** A piece of a page, for answers to Turbo frames and for tests. */
export function renderPiece(piece: VNode): string {
  return write(piece)
}
