import { config } from '@hotwired/turbo'
import { say } from './say.ts'

const longestTimeout = 2 ** 31 - 1
// Below this, a bar would only flicker.
const patienceMs = 400

/** Shows that a page is on its way, and says when the office cannot be reached. */
export function startWaiting() {
  config.drive.progressBarDelay = longestTimeout
  let timer: number | undefined
  const start = () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => document.documentElement.setAttribute('data-waiting', ''), patienceMs)
  }
  const stop = () => {
    window.clearTimeout(timer)
    document.documentElement.removeAttribute('data-waiting')
  }
  for (const name of ['turbo:visit', 'turbo:submit-start']) document.addEventListener(name, start)
  for (const name of ['turbo:load', 'turbo:render', 'turbo:submit-end', 'turbo:fetch-request-error']) document.addEventListener(name, stop)
  document.addEventListener('turbo:fetch-request-error', () => {
    say('現在連不上伺服器。您輸入的內容還在這一頁，請稍後再送一次。', 'danger')
  })
}
