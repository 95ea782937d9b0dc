import { Select } from '../../../ui/components/choices.tsx'
import { Fieldset } from '../../../ui/components/fieldset.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextArea } from '../../../ui/components/text-area.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { type Source, sources } from '../../annual-plans/index.ts'
import { cellName, sourceKinds, yearsOf } from '../money.ts'
import { headingOptions, townships, wholeCounty } from '../schema.ts'

type Fields = { value(name: string): string | undefined; error(name: string): string | undefined }
type Props = { fields: Fields; units: { id: number; name: string }[]; term: { fromYear: number; toYear: number }; /** an approved programme: name, heading and township stay */ fixed?: boolean }

/** What is asked of a project, new or changed. */
export function ProjectFields({ fields: { value, error }, units, term, fixed }: Props) {
  return (
    <>
      {!fixed && <TextInput name="title" label="計畫名稱" value={value('title')} error={error('title')} width={30} />}
      {!fixed && <Select name="heading" label="屬於哪一款" value={value('heading')} error={error('heading')} empty="選擇款次" options={headingOptions} />}
      <Select name="unitId" label="主辦單位" value={value('unitId')} error={error('unitId')} empty="選擇單位" options={units.map(({ id, name }) => ({ value: String(id), text: name }))} />
      {!fixed && <Select name="township" label="鄉鎮" required={false} value={value('township')} error={error('township')} empty={wholeCounty} options={townships.map((text) => ({ value: text, text }))} />}
      <TextArea name="summary" label="計畫概要" required={false} value={value('summary')} error={error('summary')} rows={4} />
      <MoneyFields fields={{ value, error }} term={term} />
    </>
  )
}

/** Money by source and year, as the programme's own table 分年財務需求. Works as it stands without script. */
function MoneyFields({ fields: { value, error }, term }: Pick<Props, 'fields' | 'term'>) {
  return (
    <Fieldset legend="分年經費與來源" hint="單位是元，也可以寫 3,000萬 或 30,000千元。沒有的留白。">
      <Table<Source>
        caption="分年經費與來源" captionHidden stacked rows={sourceKinds} rowKey={(source) => source}
        columns={[
          { heading: '來源', cell: (source) => sources[source], rowHeader: true, width: 'fit' },
          ...yearsOf(term.fromYear, term.toYear).map((year) => ({
            heading: `${year} 年`, cell: (source: Source) => <TextInput name={cellName(source, year)} label={`${sources[source]} ${year} 年`} labelSize="hidden" required={false} value={value(cellName(source, year))} error={error(cellName(source, year))} width={10} />,
          })),
        ]}
      />
    </Fieldset>
  )
}
