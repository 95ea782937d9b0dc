// Long enough that a word typed quickly asks once.
const patienceMs = 400

/** Writing a report's section: the preview follows the text, figures are put in at the cursor, a mistake leads to its line. */
export function startReportEditor() {
  let timer: number | undefined
  let asked = 0
  const refresh = async (editor: HTMLElement, text: string) => {
    const pane = editor.querySelector<HTMLElement>('[data-report-preview]')
    const address = editor.dataset.preview
    if (!pane || !address) return
    const mine = ++asked
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ body: text }) }).catch(() => null)
    // A later text has been asked for, or the page has gone: this answer is no longer wanted.
    if (!answer?.ok || mine !== asked || !pane.isConnected) return
    const made = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.report-preview')
    if (made) pane.replaceChildren(document.importNode(made, true))
  }
  document.addEventListener('input', (event) => {
    const field = event.target as HTMLTextAreaElement
    const editor = field.closest<HTMLElement>('[data-report-editor]')
    if (!editor || field.name !== 'body') return
    showUnsaved(editor, field)
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void refresh(editor, field.value), patienceMs)
  })
  document.addEventListener('click', (event) => {
    const target = event.target as Element
    const field = target.closest('[data-report-editor]')?.querySelector<HTMLTextAreaElement>('textarea[name="body"]')
    if (!field) return
    const figure = target.closest<HTMLElement>('[data-insert]')
    if (figure) insert(field, figure.dataset.insert ?? '')
    const problem = target.closest<HTMLElement>('[data-line]')
    if (!problem) return
    event.preventDefault()
    goTo(field, problem.dataset)
  })
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's') return
    const form = document.querySelector<HTMLFormElement>('[data-report-editor] form')
    if (!form) return
    event.preventDefault() // the browser's own would save the page as a file
    form.requestSubmit()
  })
}

/** Says that there is something to save; what was typed is kept in this tab all the same. */
function showUnsaved(editor: HTMLElement, field: HTMLTextAreaElement) {
  const words = editor.querySelector<HTMLElement>('[data-report-unsaved]')
  if (words) words.hidden = words.dataset.reportUnsaved !== 'yes' && field.value === field.defaultValue
}

/** On every page: show what needs script. */
export function enhanceReportEditor(body: HTMLElement) {
  for (const button of body.querySelectorAll<HTMLElement>('[data-insert]')) button.hidden = false
  const editor = body.querySelector<HTMLElement>('[data-report-editor]')
  const field = editor?.querySelector<HTMLTextAreaElement>('textarea[name="body"]')
  if (editor && field) showUnsaved(editor, field)
}

function insert(field: HTMLTextAreaElement, text: string) {
  field.focus()
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Chooses the place in the text: the mistake itself where its column is known, else its line. */
function goTo(field: HTMLTextAreaElement, place: DOMStringMap) {
  const line = Number(place.line)
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  field.focus()
  const from = Number(place.column ?? 1) - 1
  field.setSelectionRange(start + from, start + (Number(place.length) > 0 ? from + Number(place.length) : (lines[line - 1]?.length ?? 0)))
  // Roughly there: a long line that wraps moves it further down.
  field.scrollTop = (field.scrollHeight / Math.max(lines.length, 1)) * Math.max(line - 4, 0)
}
