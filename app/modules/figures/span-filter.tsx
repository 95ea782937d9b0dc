import type { FigureSpan } from '../../core/figures/figure.ts'
import { instantAsTyped } from '../../core/figures/paths.ts'
import { periodName } from '../../core/figures/periods.ts'
import { rocLongDay } from '../../core/time.ts'
import { FilterBar, SubNav, TextInput } from '../../ui/index.ts'
import type { AskedSpan } from './asked-span.ts'

type SpanFilterProps = {
  asked: AskedSpan
  /** the page's own address, without query */
  action: string
  /** kept in the address beside the three instants */
  keep?: Record<string, string>
  /** the same page for another span */
  href(span: FigureSpan): string
}

/** Period, status day and as-of instant of a figure page, in its address; the last half-years are one click away. */
export function SpanFilter({ asked, action, keep, href }: SpanFilterProps) {
  const { span, errors, typed, near } = asked
  return (
    <>
      <FilterBar action={action} {...(keep ? { keep } : {})} submit="重新計算">
        <TextInput name="from" label="期間自" value={typed.from} error={errors.from} width={10} />
        <TextInput name="to" label="期間至" value={typed.to} error={errors.to} width={10} />
        <TextInput name="statusOn" label="資料截止日" value={typed.statusOn} error={errors.statusOn} width={10} />
        <TextInput name="asOf" label="依何時所知" value={typed.asOf} error={errors.asOf} width={20} placeholder="現在" />
      </FilterBar>
      <SubNav label="半年" current={href(span)} items={near.map((each) => ({ href: href(each), text: periodName(each) }))} />
    </>
  )
}

/** 110年4月至9月，資料截止日民國110年10月31日 */
export const spanText = (span: FigureSpan): string =>
  `${periodName(span)}，資料截止日${rocLongDay(span.statusOn)}${span.asOf ? `，依 ${instantAsTyped(span.asOf)} 所知` : ''}`

