import { randomUUID } from 'node:crypto'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Form } from '../../../ui/components/form.tsx'
import type { ActButton } from './buttons.ts'

/** How many buttons stand in the open; the others are one click away. */
const inTheOpen = 3

/** What can be done now; below it what can be done besides, and what cannot, with the reason. */
export function Actions({ buttons }: { buttons: ActButton[] }) {
  const open = buttons.filter((button) => !button.reason && !rare.has(button.act))
  const others = buttons.filter((button) => !button.reason && rare.has(button.act))
  const shown = open.slice(0, inTheOpen)
  const more = [...open.slice(inTheOpen), ...others]
  const closed = buttons.filter((button) => button.reason)
  if (!buttons.length) return null
  return (
    <section class="case-actions no-print stack" aria-label="可以做的事">
      <div class="cluster">
        {shown.map((button, index) => <Act key={button.act} button={button} kind={index === 0 ? 'primary' : 'secondary'} />)}
        {!shown.length && <p class="muted">現在沒有您要做的事。</p>}
      </div>
      {more.length + closed.length > 0 && (
        <Details summary="其他動作" id="more-acts">
          <div class="cluster">{more.map((button) => <Act key={button.act} button={button} kind="secondary" />)}</div>
          {closed.length > 0 && <ul class="unavailable-list">{closed.map((button) => <li key={button.act}><Act button={button} kind="secondary" /></li>)}</ul>}
        </Details>
      )}
    </section>
  )
}

/** Acts for special turns; never the next step. */
const rare = new Set(['merge', 'return', 'reassign', 'hand-over', 'add-joint', 'waive', 'transfer', 'other-procedure', 'no-action', 'classify', 'withdraw', 'confide', 'take-apart', 'recall', 'publish', 'supplement'])

function Act({ button, kind }: { button: ActButton; kind: 'primary' | 'secondary' }) {
  if (button.reason || !button.direct) return <ButtonLink href={button.href} kind={kind} small={kind === 'secondary'} reason={button.reason}>{button.label}</ButtonLink>
  return (
    <Form action={button.href} formKey={randomUUID()}>
      <Button kind={kind} small={kind === 'secondary'}>{button.label}</Button>
    </Form>
  )
}
