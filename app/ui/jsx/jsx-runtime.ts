import type { ComponentChildren, VNode } from 'preact'
import { attribute, escaped, isVoid } from './markup.ts'

// What `<tag …>` in a .tsx file means here (jsxImportSource in tsconfig.json): a tree that is written out once as HTML. The
// types are Preact's. Its own renderer carries state, effects and contexts that a page from the server never has, and
// takes twice as long for a list (docs/decisions/0004-libraries.md).
export type { JSX } from 'preact'

type Component = (props: any) => unknown

/** A class, so that an object out of the database can never pass for markup. */
class Element {
  type: string | Component
  props: Record<string, unknown>
  constructor(type: string | Component, props: Record<string, unknown>) {
    this.type = type
    this.props = props
  }
}

/** Markup that is ready, written as it is. */
class Ready {
  html: string
  constructor(html: string) {
    this.html = html
  }
}

export const jsx = (type: string | Component, props: Record<string, unknown>): VNode => new Element(type, props) as unknown as VNode
export { jsx as jsxs, jsx as jsxDEV }

export const Fragment = (props: { children?: ComponentChildren }): VNode => props.children as VNode

/** For a component that has written its children itself. */
export const ready = (html: string): VNode => new Ready(html) as unknown as VNode

let ids = 0
let apart = 'id'

/** An id that no other element of this page has, for a component to name a part of itself by. */
export const newId = (): string => `${apart}-${(ids += 1)}`

/** A part that another page will take in: its ids begin with `name`, so that they are none of that page's. Call it while the page is written. */
export function writeApart(name: string, part: unknown): VNode {
  const before = apart
  apart = name
  try {
    return ready(writePart(part))
  } finally {
    apart = before
  }
}

/** The tree as HTML. Text and attributes are escaped; nothing, true and false are left out. */
export function write(tree: unknown): string {
  ids = 0
  apart = 'id'
  return writePart(tree)
}

/** What is written so far. One text that grows: a page has some thousand pieces, and texts of texts are garbage. */
let html = ''

/** A part of the page that is being written, for a component that writes its children itself. */
export function writePart(tree: unknown): string {
  const before = html
  html = ''
  try {
    writeNode(tree, undefined)
    return html
  } finally {
    html = before
  }
}

/** `chosen`: the value of the select that the node stands in. */
function writeNode(node: unknown, chosen: unknown): void {
  if (typeof node === 'string') html += escaped(node)
  else if (typeof node === 'number') html += node
  else if (node instanceof Element) {
    if (typeof node.type === 'string') writeElement(node.type, node.props, chosen)
    else writeNode(node.type(node.props), chosen)
  } else if (Array.isArray(node)) {
    for (const child of node) writeNode(child, chosen)
  } else if (node instanceof Ready) html += node.html
}

function writeElement(tag: string, props: Record<string, unknown>, chosen: unknown): void {
  html += `<${tag}`
  let content: unknown
  for (const name in props) {
    const value = props[name]
    if (value === undefined || value === null) continue
    if (name === 'children') content = value
    else if (name === 'value' && tag === 'textarea') content = value
    else if (name === 'value' && tag === 'select') chosen = value
    else if (name === 'dangerouslySetInnerHTML') content = new Ready((value as { __html: string }).__html)
    else html += attribute(name, value)
  }
  if (tag === 'option' && chosen !== undefined && String(chosen) === String(props.value) && !('selected' in props)) html += ' selected'
  if (isVoid(tag)) html += '/>'
  else {
    html += '>'
    writeNode(content, chosen)
    html += `</${tag}>`
  }
}
