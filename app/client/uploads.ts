/** Says that a file is too large, or that there are too many, before a minute goes by in sending it. */
export function startUploads() {
  document.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement
    if (input.matches('input[type="file"]')) show(input, problemOf(input))
  }, true) // Dropped files come as a change event that does not bubble.
  document.addEventListener('submit', (event) => {
    const inputs = (event.target as HTMLFormElement).querySelectorAll<HTMLInputElement>('input[type="file"]')
    const wrong = [...inputs].find((input) => problemOf(input))
    if (!wrong) return
    event.preventDefault()
    event.stopImmediatePropagation()
    show(wrong, problemOf(wrong))
    groupOf(wrong)?.querySelector<HTMLElement>('button, input')?.focus()
  }, true)
}

function problemOf(input: HTMLInputElement): string {
  const files = [...(input.files ?? [])]
  const maxBytes = Number(input.dataset.maxBytes ?? Infinity)
  const maxFiles = Number(input.dataset.maxFiles ?? Infinity)
  if (files.length > maxFiles) return `一次最多 ${maxFiles} 個檔案，您選了 ${files.length} 個。`
  const large = files.filter((file) => file.size > maxBytes)
  return large.length > 0 ? `「${large.map((file) => file.name).join('」、「')}」超過 ${Math.floor(maxBytes / 1024 / 1024)} MB，請換較小的檔案。` : ''
}

function show(input: HTMLInputElement, problem: string) {
  const group = groupOf(input)
  if (!group) return
  let message = group.querySelector<HTMLElement>('[data-upload-problem]')
  if (!message) {
    message = document.createElement('p')
    message.className = 'govuk-error-message'
    message.dataset.uploadProblem = ''
    message.setAttribute('role', 'alert')
    group.querySelector('.govuk-file-upload-wrapper')?.before(message)
  }
  message.textContent = problem
  message.hidden = problem === ''
  group.classList.toggle('govuk-form-group--error', problem !== '')
}

function groupOf(input: HTMLInputElement): HTMLElement | null {
  return input.closest('.govuk-form-group')
}
