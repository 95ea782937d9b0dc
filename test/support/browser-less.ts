import type { FastifyInstance } from 'fastify'

/** A form as it stands on a page: where it goes and what it would send. */
export type PageForm = { action: string; multipart: boolean; fields: [string, string][]; /** names of the fields that people type into */ typed?: string[]; /** what can be chosen, by name of radio buttons, boxes and lists */ choices?: Record<string, string[]> }

/**
 * A visitor without script: opens pages, fills in forms as they stand on the page, keeps cookies, follows redirects when
 * told to. Each has an address of its own, since some forms are limited by address.
 */
export class Browser {
  app: FastifyInstance
  cookies: Record<string, string>
  address: string

  constructor(app: FastifyInstance, cookies: Record<string, string> = {}) {
    this.app = app
    this.cookies = { ...cookies }
    visitors += 1
    this.address = `10.0.${Math.floor(visitors / 250)}.${visitors % 250}`
  }

  open(url: string): Promise<Page> {
    return this.send('GET', url, {})
  }

  /** What the browser would send for this form, with some fields changed; a name that the form lacks is sent too. */
  submit(form: PageForm, values: Record<string, string> = {}, files: { name: string; bytes: Buffer; field?: string }[] = []): Promise<Page> {
    const fields = [...form.fields.filter(([name]) => !(name in values)), ...Object.entries(values)]
    if (!form.multipart) return this.send('POST', form.action, { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(fields).toString())
    const boundary = '----windlion'
    const part = (head: string, body: Buffer | string) => Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body as never), Buffer.from('\r\n')])
    const parts = [
      ...fields.map(([name, value]) => part(`name="${name}"`, value)),
      ...files.map(({ name, bytes, field = 'files' }) => part(`name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes)),
    ]
    return this.send('POST', form.action, { 'content-type': `multipart/form-data; boundary=${boundary}` }, Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]))
  }

  follow(page: Page): Promise<Page> {
    if (!page.headers.location) throw new Error(`no redirect: ${page.status} ${/<h1[^>]*>(.*?)<\/h1>/s.exec(page.text)?.[1]} ${page.errors.join('；')}`)
    return this.open(String(page.headers.location))
  }

  private async send(method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string | Buffer): Promise<Page> {
    const answer = await this.app.inject({
      method, url, remoteAddress: this.address,
      headers: { ...headers, host: 'portal.example', ...(method === 'POST' ? { origin: 'http://portal.example' } : {}), cookie: Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const cookie of answer.cookies) {
      if (cookie.maxAge === 0 || cookie.value === '') delete this.cookies[cookie.name]
      else this.cookies[cookie.name] = encodeURIComponent(cookie.value)
    }
    return new Page(url.split('?')[0]!, answer.statusCode, answer.headers, answer.body)
  }
}

let visitors = 0

export class Page {
  url: string
  status: number
  headers: Record<string, unknown>
  text: string

  constructor(url: string, status: number, headers: Record<string, unknown>, text: string) {
    this.url = url
    this.status = status
    this.headers = headers
    this.text = text
  }

  /** The sentences of the error summary. */
  get errors(): string[] {
    const list = /govuk-error-summary__list">(.*?)<\/ul>/s.exec(this.text)?.[1] ?? ''
    return [...list.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map((item) => item[1]!.replace(/<[^>]+>/g, ''))
  }

  /** Every form that writes, with the values it shows. */
  get forms(): PageForm[] {
    return [...this.text.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)].filter(([, head]) => attribute(head!, 'method') === 'post')
      .map(([, head, body]) => ({ action: attribute(head!, 'action') || this.url, multipart: attribute(head!, 'enctype') === 'multipart/form-data', fields: fieldsIn(body!), typed: typedIn(body!), choices: choicesIn(body!) }))
  }

  /** The form whose address begins so, with the values it shows. */
  form(action: string): PageForm {
    const all = [...this.text.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)]
    const found = all.find(([, head]) => attribute(head!, 'action')?.startsWith(action) && attribute(head!, 'method') === 'post')
    if (!found) throw new Error(`no form to ${action} on ${this.url}: ${all.map(([, head]) => attribute(head!, 'action')).join(', ')}`)
    const [, head, body] = found as unknown as [string, string, string]
    return { action: attribute(head, 'action')!, multipart: attribute(head, 'enctype') === 'multipart/form-data', fields: fieldsIn(body) }
  }
}

function typedIn(html: string): string[] {
  const inputs = [...html.matchAll(/<input ([^>]*?)\/?>/gs)].map(([, head]) => head!).filter((head) => !['hidden', 'radio', 'checkbox', 'file', 'submit'].includes(attribute(head, 'type') ?? 'text'))
  return [...inputs, ...[...html.matchAll(/<textarea ([^>]*)>/gs)].map(([, head]) => head!)].flatMap((head) => attribute(head, 'name') ?? [])
}

function choicesIn(html: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  const add = (name: string | undefined, value: string | undefined) => { if (name && value) (found[name] ??= []).push(value) }
  for (const [, head] of html.matchAll(/<input ([^>]*?)\/?>/gs)) if (['radio', 'checkbox'].includes(attribute(head!, 'type') ?? '')) add(attribute(head!, 'name'), attribute(head!, 'value'))
  for (const [, head, body] of html.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)) for (const [, option] of body!.matchAll(/<option ([^>]*)>/gs)) add(attribute(head!, 'name'), attribute(option!, 'value'))
  return found
}

function fieldsIn(html: string): [string, string][] {
  const fields: [string, string][] = []
  for (const [, head] of html.matchAll(/<input ([^>]*?)\/?>/gs)) {
    const type = attribute(head!, 'type') ?? 'text'
    const name = attribute(head!, 'name')
    if (!name || type === 'file' || (['radio', 'checkbox'].includes(type) && !/\schecked/.test(` ${head}`))) continue
    fields.push([name, attribute(head!, 'value') ?? ''])
  }
  for (const [, head, body] of html.matchAll(/<textarea ([^>]*)>(.*?)<\/textarea>/gs)) fields.push([attribute(head!, 'name')!, plain(body!)])
  for (const [, head, body] of html.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = [...body!.matchAll(/<option ([^>]*)>/gs)].find(([, option]) => /\sselected/.test(` ${option}`))
    fields.push([attribute(head!, 'name')!, (chosen && attribute(chosen[1]!, 'value')) ?? ''])
  }
  return fields
}

function attribute(head: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(head)?.[1]
  return value === undefined ? undefined : plain(value)
}

const plain = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
