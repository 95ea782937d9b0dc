import { refusePeriod, units } from '../../../core/calendar/rule-acts.ts'
import { awaitsConfirmation, type Rule } from '../../../core/clocks/index.ts'
import { isRefusal } from '../../../core/errors.ts'
import { addDays, type Day, rocDateTime, rocDay } from '../../../core/time.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Radios, Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { Timeline } from '../../../ui/components/timeline.tsx'
import { rulePath } from '../paths.ts'
import type { RuleChangeRow } from './queries.ts'
import { lengthText } from './words.ts'

export type Failed = { act: string; error(field: string): string | undefined; form: Record<string, string> } | null

/** What someone may change in this rule, or why it cannot be changed here. */
export function ChangeForms({ rule, today, failed }: { rule: Rule; today: Day; failed: Failed }) {
  const fixed = refusePeriod(rule, null)
  const of = (act: string) => ({ value: (name: string) => (failed?.act === act ? failed.form[name] : undefined), error: (name: string) => (failed?.act === act ? failed.error(name) : undefined) })
  return (
    <>
      {fixed && isRefusal(fixed) && <InsetText>{fixed.message}。</InsetText>}
      {rule.draft && <Details summary="讓這條草案施行" open={failed?.act === 'in-force'} id="in-force"><InForceForm rule={rule} today={today} {...of('in-force')} /></Details>}
      {awaitsConfirmation(rule) && <Details summary="記下法制單位的確認" open={failed?.act === 'confirm'} id="confirm"><ConfirmForm rule={rule} {...of('confirm')} /></Details>}
      {!fixed && <Details summary="改期間" open={failed?.act === 'period'} id="period"><PeriodForm rule={rule} today={today} {...of('period')} /></Details>}
    </>
  )
}

type FormProps = { rule: Rule; value(name: string): string | undefined; error(name: string): string | undefined }

function PeriodForm({ rule, today, value, error }: FormProps & { today: Day }) {
  const variants = Object.entries(rule.variants ?? {})
  const choices = rule.unit === 'h' ? (['h'] as const) : (['wd', 'cd', 'mo', 'y'] as const)
  return (
    <Form action={rulePath(rule.id, 'period')}>
      <p>從生效日起開始計算的案件用新的期間；之前開始的照原來的期間算完。</p>
      {variants.length > 0 && <Select name="clock" label="哪一個期間" value={value('clock') ?? ''} empty={rule.length === null ? '一般（目前由機關指定）' : `一般（${lengthText(rule.length, rule.unit)}）`} required={false} options={variants.map(([key, { title, length, unit }]) => ({ value: key, text: `${title}（${lengthText(length, unit ?? rule.unit)}）` }))} />}
      <TextInput name="length" label="長度" width={4} inputmode="numeric" value={value('length') ?? rule.length} error={error('length')} />
      <Radios name="unit" label="單位" inline value={value('unit') ?? rule.unit} error={error('unit')} options={choices.map((unit) => ({ value: unit, text: unit === 'cd' ? '日曆日' : units[unit] }))} />
      <TextInput name="effectiveFrom" id="period-effectiveFrom" label="生效日" hint={`最早 ${rocDay(addDays(today, 1))}`} width={10} value={value('effectiveFrom')} error={error('effectiveFrom')} autocomplete="off" />
      <TextInput name="documentNumber" id="period-documentNumber" label="核定文號" required={false} width={30} value={value('documentNumber')} error={error('documentNumber')} />
      <TextArea name="reason" id="period-reason" label="理由" rows={2} value={value('reason')} error={error('reason')} />
      <Button>改期間</Button>
    </Form>
  )
}

function ConfirmForm({ rule, value, error }: FormProps) {
  return (
    <Form action={rulePath(rule.id, 'confirm')}>
      <p>確認之後，「待法制單位確認」的註記會拿掉，改寫誰以哪一份文件確認；期間不變。內容要改的，請另外用「改期間」。</p>
      <TextInput name="confirmedBy" label="誰確認的" hint="單位或職稱，例如 法制科" width={20} value={value('confirmedBy')} error={error('confirmedBy')} />
      <TextInput name="documentNumber" id="confirm-documentNumber" label="文號" width={30} value={value('documentNumber')} error={error('documentNumber')} />
      <TextArea name="reason" id="confirm-reason" label="說明" required={false} rows={2} value={value('reason')} error={error('reason')} />
      <Button>記下確認</Button>
    </Form>
  )
}

function InForceForm({ rule, today, value, error }: FormProps & { today: Day }) {
  return (
    <Form action={rulePath(rule.id, 'in-force')}>
      <TextInput name="effectiveFrom" id="in-force-effectiveFrom" label="施行日" hint={`最早 ${rocDay(addDays(today, 1))}`} width={10} value={value('effectiveFrom')} error={error('effectiveFrom')} autocomplete="off" />
      <TextInput name="documentNumber" id="in-force-documentNumber" label="公布或核定文號" required={false} width={30} value={value('documentNumber')} error={error('documentNumber')} />
      <TextArea name="reason" id="in-force-reason" label="理由" rows={2} value={value('reason')} error={error('reason')} />
      <Button>施行</Button>
    </Form>
  )
}

/** Who changed what, when, and what became of it. */
export function ChangeHistory({ changes, mayChange, failed }: { changes: readonly RuleChangeRow[]; mayChange: boolean; failed: Failed }) {
  if (!changes.length) return <p class="muted">縣府沒有改過這條規則。</p>
  return (
    <Timeline
      label="縣府的修改"
      items={changes.map((change) => ({
        key: change.id,
        when: rocDateTime(change.made_at),
        datetime: change.made_at.toISOString(),
        title: words(change),
        ...(change.made_by_name ? { by: change.made_by_name } : {}),
        tone: change.withdrawn_at ? ('ended' as const) : ('active' as const),
        detail: (
          <>
            {change.reason && <p>{change.reason}</p>}
            {change.document_number && <p class="muted small">{change.document_number}</p>}
            {change.withdrawn_at && <p><Tag tone="ended">已收回</Tag> {rocDateTime(change.withdrawn_at)}{change.withdrawn_by_name && ` ${change.withdrawn_by_name}`}：{change.withdrawn_why}</p>}
            {mayChange && !change.withdrawn_at && <Withdraw change={change} failed={failed} />}
          </>
        ),
      }))}
    />
  )
}

function words({ what, before, length, unit, effective_from, confirmed_by }: RuleChangeRow): string {
  switch (what) {
    case 'confirmed': return `${confirmed_by}確認`
    case 'in-force': return `${rocDay(effective_from!)} 起施行`
    case 'period': return `${rocDay(effective_from!)} 起，由 ${before.length ? lengthText(before.length, before.unit as Rule['unit']) : '機關指定'} 改為 ${lengthText(length!, unit!)}`
  }
}

function Withdraw({ change, failed }: { change: RuleChangeRow; failed: Failed }) {
  const mine = failed?.act === 'withdraw' && failed.form.change === String(change.id)
  return (
    <Details summary={<>收回<span class="govuk-visually-hidden">：{words(change)}</span></>} open={mine}>
      <Form action={rulePath(change.rule, 'withdraw')}>
        <input type="hidden" name="change" value={change.id} />
        <p>還沒生效的就不生效；已經生效的，到今天為止，明天起回到原來的規則。已經開始計算的案件不變。</p>
        <TextArea name="reason" id={`withdraw-${change.id}-reason`} label="為什麼收回" rows={2} value={mine ? failed.form.reason : ''} error={mine ? failed.error('reason') : undefined} />
        <Button kind="secondary">收回這項修改</Button>
      </Form>
    </Details>
  )
}
