import { splits } from '../../core/figures/figure.ts'
import type { Answered } from '../../core/reports/answers.ts'
import { printValue } from '../../core/reports/document/format.ts'
import type { SectionRow } from '../../core/reports/sections.ts'
import { Details, Table } from '../../ui/index.ts'

/** The value as the report would print it now. */
export function valueText({ value, figure, source }: Answered): string {
  if (source === 'none') return '還沒有紀錄'
  return printValue({ value, kind: figure.kind, unit: figure.unit }) ?? '尚無可計算的案件'
}

const sourceNames = { cases: '案件', balance: '期初數加案件', typed: '登打', none: '—' } as const

/** Figures that a text may name, with what they are now: those of this section first. */
export function FigurePalette({ section, answers }: { section: SectionRow; answers: Map<string, Answered> }) {
  const all = [...answers.values()]
  const own = all.filter(({ figure }) => figure.section === section.no)
  return (
    <>
      <Details summary={`這一章的數字（${own.length}）`} open={own.length > 0} id="own-figures"><Figures rows={own} caption="這一章的數字" /></Details>
      <Details summary={`其他章的數字（${all.length - own.length}）`} id="other-figures"><Figures rows={all.filter((each) => !own.includes(each))} caption="其他章的數字" /></Details>
    </>
  )
}

function Figures({ rows, caption }: { rows: Answered[]; caption: string }) {
  return (
    <Table<Answered>
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={({ figure }) => figure.id}
      columns={[
        { heading: '數字', rowHeader: true, width: 'grow', cell: ({ figure }) => <span title={figure.definition}>{figure.title}<br /><code class="small">{`{{${figure.id}}}`}</code></span> },
        { heading: '現在的值', numeric: true, cell: (each) => <span class="number">{valueText(each)}</span> },
        { heading: '來源', width: 'fit', wideOnly: true, cell: ({ source }) => sourceNames[source] },
        { heading: '放入', width: 'fit', cell: ({ figure }) => <button type="button" class="link-button" data-insert={`{{${figure.id}}}`} aria-label={`放入${figure.title}`} hidden>放入</button> },
      ]}
    />
  )
}

/** The language of section texts, by example. */
export function LanguageHelp() {
  return (
    <Details summary="怎麼寫" id="language-help">
      <pre class="code">{`## 小標題
一段文字，**要緊的字**，受理 {{petitions.received}}。
- 條列
> 引言
::圖表 petitions.received 依=月 標題=各月收件
::表格 petitions.received 依=單位 標題=各單位收件
::圖片 p1 標題=圖下的標題 說明=看不見圖片的人聽到的話
| 項目 | 數量 |
|---|---:|
| 甲 | 1 |`}</pre>
      <p>只要數字不要單位寫 <code>{'{{代號|數字}}'}</code>；也可用 百分比、萬、億、日期、月日、斜線日期。依：{Object.values(splits).join('、')}。報告本身的詞：<code>{'{{期間}}'}</code>、<code>{'{{資料截止日}}'}</code>、<code>{'{{年度}}'}</code>、<code>{'{{會期}}'}</code>。</p>
    </Details>
  )
}
