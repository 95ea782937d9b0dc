import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** A whole page as text: doctype and the tree a layout returns. Everything in it is escaped by default. */
export function renderPage(page: VNode): string {
  return `<!doctype html>\n${renderToString(page)}`
}

/** A piece of a page, for answers to Turbo frames and for tests. */
export function renderPiece(piece: VNode): string {
  return renderToString(piece)
}
