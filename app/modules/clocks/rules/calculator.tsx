import { deadlineCommand, type ParamName, paramsOf, type Rule } from '../../../core/clocks/index.ts'
import { rocDateTime, rocLongDay, parseDay, parseInstant, weekday } from '../../../core/time.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { Statute } from '../../../ui/components/law.tsx'
import { rulePath } from '../paths.ts'
import { paramWords } from './words.ts'

/** 試算: a day in, the due day out with how it was counted; a GET form, so that the answer has an address. */
export function RuleCalculator({ rule, query }: { rule: Rule; query: Record<string, string> }) {
  const names = paramsOf(rule)
  const isMain = (name: string) => ['clock', 'level', 'amountClass', 'tenderDays'].includes(name)
  const main = names.filter(isMain)
  const others = names.filter((name) => !isMain(name))
  const given = names.filter((name) => query[name]?.trim())
  const field = (name: (typeof names)[number]) => <ParamField key={name} rule={rule} name={name} value={query[name]} />
  return (
    <>
      <Form action={rulePath(rule.id)} method="get" class="no-print">
        <TextInput name="on" label={`${rule.trigger}的${rule.unit === 'h' ? '時刻' : '日期'}`} hint={rule.unit === 'h' ? '例如 115/10/6 09:30' : '例如 115/10/6'} width={20} value={query.on} autocomplete="off" />
        {main.map(field)}
        {others.length > 0 && <Details summary="展期、停止計算等其他事實" open={others.some((name) => given.includes(name))}>{others.map(field)}</Details>}
        <ButtonGroup><Button kind="secondary">算算看</Button></ButtonGroup>
      </Form>
      {query.on?.trim() && <Answer rule={rule} on={query.on.trim()} given={given.map((name) => `${name}=${query[name]!.trim()}`)} />}
    </>
  )
}

function ParamField({ rule, name, value }: { rule: Rule; name: ParamName; value: string | undefined }) {
  const { label, hint } = paramWords[name]
  const clocks = Object.entries(rule.variants ?? {})
  if (name === 'clock' && clocks.length) return <Select name={name} label={label} value={value} empty="一般" required={false} options={clocks.map(([key, { title }]) => ({ value: key, text: title }))} />
  return <TextInput name={name} label={label} {...(hint ? { hint } : {})} width={20} required={false} value={value} autocomplete="off" />
}

/** The very answer of `bin/windlion deadline … --explain`, so that both always say the same. */
function Answer({ rule, on, given }: { rule: Rule; on: string; given: string[] }) {
  const { code, out, err } = deadlineCommand([rule.id, on, ...given.flatMap((pair) => ['--param', pair]), '--explain'])
  if (code === 2) return <p class="govuk-error-message" role="alert">{err.trim()}</p>
  const lines = out.trim().split('\n')
  const result = lines.pop()!
  const day = parseDay(result)
  const instant = day ? null : code === 0 ? parseInstant(result) : null
  return (
    <div role="status" class="stack">
      <p class="lead"><strong>{day ? <><time datetime={day}>{rocLongDay(day)}（星期{weekday(day)}）</time></> : instant ? rocDateTime(instant) : lines.join('')}</strong></p>
      {code === 0 && <Statute title="怎麼算的">{lines.map((line) => <p key={line}>{line}</p>)}</Statute>}
    </div>
  )
}
