import '@hotwired/turbo'
import { enhanceComponents, supportComponents } from './components.ts'
import { startConfirm } from './confirm.ts'
import { enhanceCutLine } from './cut-line.ts'
import { enhanceKeptText, startKeptText } from './kept-text.ts'
import { startKeys } from './keys.ts'
import { enhanceLive } from './live.ts'
import { enhancePasskeys, startPasskeys } from './passkeys.ts'
import { enhancePlace, startPlace } from './place.ts'
import { enhanceReportEditor, startReportEditor } from './report-editor.ts'
import { enhanceRows, startRows } from './rows.ts'
import { startSending } from './sending.ts'
import { enhanceSmall, startSmall } from './small.ts'
import { startUploads } from './uploads.ts'
import { startWaiting } from './waiting.ts'

startWaiting()
startConfirm()
startSending()
startKeptText()
startKeys()
startRows()
startReportEditor()
startUploads()
startSmall()
startPlace()
startPasskeys()

supportComponents(document.body)
enhance(document.body)

// Pages that Turbo puts in, also forms that come back with errors: those fire no turbo:load.
document.addEventListener('turbo:before-render', (event) => {
  supportComponents((event as CustomEvent<{ newBody: HTMLElement }>).detail.newBody)
})
document.addEventListener('turbo:render', () => enhance(document.body))

// A part that was fetched; where it cannot be had, as after the session ended or on leaving the page, its link stays.
document.addEventListener('turbo:frame-load', (event) => enhance(event.target as HTMLElement))
document.addEventListener('turbo:frame-missing', (event) => event.preventDefault())
document.addEventListener('turbo:fetch-request-error', (event) => {
  if ((event.target as Element).matches('turbo-frame')) event.preventDefault()
})

function enhance(body: HTMLElement) {
  // Kept text first, so that counters and revealed fields start from it.
  enhanceKeptText(body)
  enhanceComponents(body)
  enhanceRows(body)
  enhanceReportEditor(body)
  enhanceCutLine(body)
  enhanceSmall(body)
  enhancePlace(body)
  enhancePasskeys(body)
  enhanceLive(body)
}
