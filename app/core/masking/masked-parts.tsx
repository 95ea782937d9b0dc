import { Table } from '../../ui/components/table.tsx'
import { type Found, foundNames, type Masked, type Review } from './mask.ts'

/** What masking took out, so that whoever publishes sees at once whether it took out the right things, and what only a person can judge. */
export function MaskedParts({ found, review }: { found: readonly Found[]; review: readonly Review[] }) {
  const once = [...new Map(found.map((one) => [one.was, one])).values()]
  const judged = [...new Map(review.map((one) => [one.text + one.why, one])).values()]
  return (
    <>
      {once.length > 0 ? (
        <Table
          caption="已自動遮去" rows={once} rowKey={(row) => row.was}
          columns={[{ heading: '種類', cell: (row) => foundNames[row.kind] }, { heading: '原文', cell: (row) => row.was, rowHeader: true }, { heading: '改為', cell: (row) => row.became || '（刪去）' }]}
        />
      ) : <p>沒有自動遮去的地方。</p>}
      {judged.length > 0 && (
        <>
          <h3>請您判斷</h3>
          <p>下面的字句系統不自動遮，請看是否會讓人認出是誰，或屬於特種個人資料。</p>
          <ul>{judged.map((one) => <li key={one.text + one.why}><strong>{one.text}</strong>：{one.why}</li>)}</ul>
        </>
      )}
    </>
  )
}

/** Found in several texts of one page. */
export const foundIn = (masked: readonly Masked[]): Found[] => masked.flatMap((one) => one.found)
