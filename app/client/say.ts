/** A sentence at the foot of the window, read out, gone after a while; what went wrong stays until it is closed. */
export function say(text: string, tone: 'plain' | 'danger' = 'plain', action?: { text: string; act: () => void }) {
  document.querySelector('.saying')?.remove()
  const saying = document.createElement('div')
  saying.className = `saying saying--${tone}`
  saying.setAttribute('role', tone === 'danger' ? 'alert' : 'status')
  const words = document.createElement('p')
  saying.append(words)
  const close = () => saying.remove()
  if (action) saying.append(button(action.text, () => { action.act(); close() }))
  saying.append(button('知道了', close))
  document.body.append(saying)
  // Written after it is in the page: only changes of a live region are read out.
  window.setTimeout(() => { words.textContent = text })
  if (tone === 'plain' && !action) window.setTimeout(close, 8000)
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'link-button'
  made.textContent = text
  made.addEventListener('click', act)
  return made
}
