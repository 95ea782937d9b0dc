import { day } from '../core/time.ts'
import { showDeadlines } from './showcase/deadlines.tsx'
import { showFields } from './showcase/fields.tsx'
import { showCase, showList } from './showcase/work.tsx'
import { showEnglish, showError, showSignIn } from './showcase/others.tsx'
import { showNotes } from './showcase/notes.tsx'
import { showPortal } from './showcase/portal.tsx'
import { renderPage } from './render.ts'

/** Every component in every state, as pages one can look at; tests and pictures are made from them. Nothing here is real. */
export const showcase: Record<string, () => string> = {
  portal: () => renderPage(showPortal()),
  fields: () => renderPage(showFields({ wrong: false })),
  'fields-wrong': () => renderPage(showFields({ wrong: true })),
  notes: () => renderPage(showNotes()),
  deadlines: () => renderPage(showDeadlines()),
  list: () => renderPage(showList()),
  case: () => renderPage(showCase(day('2021-09-28'))),
  'sign-in': () => renderPage(showSignIn()),
  error: () => renderPage(showError()),
  english: () => renderPage(showEnglish()),
}
