import { config } from '@hotwired/turbo'

/** Before an act marked `data-turbo-confirm`: a dialog that says what will be lost, with the safe way out focused. */
export function startConfirm() {
  config.forms.confirm = (message, _form, submitter) => ask(message, submitter?.dataset.confirmAction ?? submitter?.textContent?.trim() ?? '確定')
}

function ask(message: string, action: string): Promise<boolean> {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  const title = element('h2', 'dialog__title', `要${action}嗎？`)
  title.id = 'confirm-title'
  const buttons = element('div', 'dialog__buttons')
  const back = button('返回', 'govuk-button button--secondary')
  const go = button(action, 'govuk-button button--danger')
  buttons.append(go, back)
  dialog.append(title, element('p', 'dialog__text', message), buttons)
  document.body.append(dialog)
  return new Promise((resolve) => {
    back.addEventListener('click', () => dialog.close())
    go.addEventListener('click', () => dialog.close('go'))
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'go')
    })
    dialog.showModal()
    back.focus()
  })
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function button(text: string, className: string): HTMLElement {
  const made = element('button', className, text)
  made.setAttribute('type', 'button')
  return made
}
