import { say } from './say.ts'

const prefix = 'kept:'

interface Kept {
  fields: Record<string, string>
  /** Sent, but the answer has not been seen yet: perhaps the session had ended. */
  sent?: boolean
}

/** What is typed in a form marked `data-keep` is kept in this browser tab until the form was sent and taken. */
export function startKeptText() {
  document.addEventListener('input', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-keep][id]')
    if (form) write(form, { fields: readFields(form) })
  })
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (form.matches('[data-clear-kept]')) forgetAll()
    else if (form.matches('[data-keep][id]')) write(form, { fields: readFields(form), sent: true })
  })
}

/** On every page: forget what was taken, bring back what was not. */
export function enhanceKeptText(body: HTMLElement) {
  // A page that asks for a password, shows errors or says that something went wrong did not take what was sent.
  const taken = !body.querySelector('input[type="password"], .govuk-error-summary, [data-not-taken]')
  for (const [key, kept] of all()) {
    if (!kept.sent) continue
    if (taken) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify({ fields: kept.fields }))
  }
  for (const form of body.querySelectorAll<HTMLFormElement>('form[data-keep][id]')) restore(form)
}

function restore(form: HTMLFormElement) {
  const text = sessionStorage.getItem(keyOf(form))
  if (!text) return
  const before = readFields(form)
  const { fields } = JSON.parse(text) as Kept
  const changed = Object.keys(fields).filter((name) => fields[name] !== before[name])
  if (changed.length === 0) return
  fill(form, fields)
  const files = form.querySelector('input[type="file"]') ? '附件請再選一次。' : ''
  say(`已放回您先前輸入、還沒送出的內容。${files}`, 'plain', {
    text: '不要這些內容',
    act: () => {
      fill(form, before)
      sessionStorage.removeItem(keyOf(form))
    },
  })
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

function readFields(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const field of keepable(form)) {
    if (isChoice(field)) fields[`${field.name}=${field.value}`] = field.checked ? '1' : ''
    else fields[field.name] = field.value
  }
  return fields
}

function fill(form: HTMLFormElement, fields: Record<string, string>) {
  for (const field of keepable(form)) {
    const kept = fields[isChoice(field) ? `${field.name}=${field.value}` : field.name]
    if (kept === undefined) continue
    if (isChoice(field)) field.checked = kept === '1'
    else field.value = kept
  }
}

/** Never passwords, files or hidden values. */
function keepable(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((element): element is Field => (
    element.matches('input, textarea, select') && !element.matches('[type="password"], [type="file"], [type="hidden"], [type="submit"]') && (element as Field).name !== ''
  ))
}

function isChoice(field: Field): field is HTMLInputElement {
  return field.matches('[type="checkbox"], [type="radio"]')
}

function write(form: HTMLFormElement, kept: Kept) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(kept))
  } catch {
    // The browser's room is full or closed to us; typing goes on without a copy.
  }
}

function all(): [string, Kept][] {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix)).map((key) => [key, JSON.parse(sessionStorage.getItem(key) ?? '{}') as Kept])
}

function forgetAll() {
  for (const [key] of all()) sessionStorage.removeItem(key)
}

/** By page, form and person: another one who signs in at the same browser must not find it. */
function keyOf(form: HTMLFormElement): string {
  return `${prefix}${document.body.dataset.person ?? ''}:${location.pathname}#${form.id}`
}
