/** A form is sent once. Turbo disables the button of forms it sends; here are the others. The server's form key has the last word. */
export function startSending() {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented || form.method !== 'post' || !form.closest('[data-turbo="false"]')) return
    if (form.dataset.sent !== undefined) {
      event.preventDefault()
      return
    }
    form.dataset.sent = ''
    event.submitter?.setAttribute('data-sent', '')
  })
  // Back from memory, the page must be usable again.
  window.addEventListener('pageshow', () => {
    for (const sent of document.querySelectorAll('[data-sent]')) sent.removeAttribute('data-sent')
  })
}
