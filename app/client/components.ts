import { CharacterCount, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, SkipLink, Tabs, createAll } from 'govuk-frontend'

/** Tells styles and govuk-frontend that scripts run; before a page is shown, so that nothing jumps. */
export function supportComponents(body: HTMLElement) {
  body.classList.add('js-enabled', 'govuk-frontend-supported')
}

/** Starts the scripts of the components on a page. */
export function enhanceComponents(body: HTMLElement) {
  for (const component of [CharacterCount, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, SkipLink, Tabs]) {
    createAll(component, undefined, body)
  }
  // The button's name must hold the words one sees on it, in their order (WCAG 2.5.3): a hidden comma stood between them.
  for (const comma of body.querySelectorAll('.govuk-file-upload-button > [id$="-comma"]')) {
    comma.textContent = ''
    comma.after(' ')
  }
}
