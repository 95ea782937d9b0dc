import { isoInstant, rocDateTime } from '../../../../core/time.ts'
import { proveCase, type RecordProof } from '../../../../core/events/proof.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { file, get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { Card } from '../../../../ui/components/card.tsx'
import { SummaryList } from '../../../../ui/components/summary-list.tsx'
import { type Column, Table } from '../../../../ui/components/table.tsx'
import { listPath, petitionPath } from '../../paths.ts'
import { caseNameOf, findCaseFile, type CaseFile } from '../case-file.ts'
import { eventSentence, whoActed } from '../history.tsx'

/** What was sealed of this case, and where: to be checked by somebody who does not trust this office. */
async function showProof(request: StaffRequest): Promise<Reply> {
  const found = await findCaseFile(request.db, request.person, request.params.name!)
  const proof = await proveCase(request.db, found.id)
  const name = caseNameOf(found)
  const [origin, size, root] = proof.checkpoint.split('\n')
  return consolePage(request, {
    title: `查驗 ${name}`,
    heading: found.title,
    headingNote: name,
    current: listPath,
    breadcrumbs: [{ text: '陳情案件', href: listPath }, { text: name, href: petitionPath(name) }, { text: '查驗' }],
    actions: <a href={petitionPath(name, 'proof.json')} data-turbo="false">下載證明</a>,
    children: (
      <div class="stack">
        <p>這件案件的每個動作在做完後隨即封存。封存後內容、時刻或順序只要改過一點，就和簽署的檢核點不合；檢核點公開，也可以送到別處保存。</p>
        <Table<SealedEvent>
          caption="已封存的動作"
          rows={sealedEvents(proof, found)}
          rowKey={(row) => row.seq}
          columns={columns}
        />
        <Card title="檢核點" plain>
          <SummaryList rows={[
            { key: '紀錄名稱', value: origin! },
            { key: '已封存', value: <span class="number">{Number(size).toLocaleString('en')} 個事件</span> },
            { key: '樹根', value: <code class="hash">{root}</code> },
            { key: '查驗金鑰', value: <code class="hash">{proof.vkeys.at(-1)}</code> },
          ]} />
          <p class="small muted">下載的證明可以不靠本系統查驗：依 RFC 6962 由事件算到樹根，再以查驗金鑰核對檢核點的 Ed25519 簽章（c2sp.org/tlog-proof）。內容只有編號、代碼和時刻，沒有個人資料。最新的檢核點在 <a href="/checkpoint" data-turbo="false">/checkpoint</a>，金鑰在 <a href="/checkpoint/keys" data-turbo="false">/checkpoint/keys</a>。</p>
        </Card>
      </div>
    ),
  })
}

type SealedEvent = { seq: number; sealedAt: Date; happenedAt: Date; what: string; who: string | null }

function sealedEvents({ events }: RecordProof, found: CaseFile): SealedEvent[] {
  const known = new Map(found.events.map((event) => [Number(event.id), event]))
  return events.map(({ entry }) => {
    const [, seq, sealedAt, , [id, kind, happenedAt]] = JSON.parse(entry) as [string, number, number, string, [number, string, number]]
    const event = known.get(id)
    return { seq, sealedAt: new Date(sealedAt / 1000), happenedAt: new Date(happenedAt / 1000), what: event ? eventSentence(event, found) : kind, who: event ? whoActed(event) : null }
  }).reverse()
}

const columns: Column<SealedEvent>[] = [
  { heading: '動作', rowHeader: true, width: 'grow', cell: (row) => row.what },
  { heading: '誰', width: 'fit', cell: (row) => row.who && <span class="nowrap">{row.who}</span> },
  { heading: '發生', width: 'fit', cell: (row) => <time class="number" dateTime={isoInstant(row.happenedAt)}>{rocDateTime(row.happenedAt)}</time> },
  { heading: '封存', width: 'fit', wideOnly: true, cell: (row) => <time class="number" dateTime={isoInstant(row.sealedAt)}>{rocDateTime(row.sealedAt)}</time> },
  { heading: '封存序號', numeric: true, width: 'fit', cell: (row) => row.seq.toLocaleString('en') },
]

async function downloadProof(request: StaffRequest): Promise<Reply> {
  const found = await findCaseFile(request.db, request.person, request.params.name!)
  return file(`${JSON.stringify(await proveCase(request.db, found.id), null, 2)}\n`, 'application/json; charset=utf-8', `${caseNameOf(found)} 查驗證明.json`)
}

export const routes = [get('/console/petitions/:name/proof', 'petitions.read', showProof), get('/console/petitions/:name/proof.json', 'petitions.read', downloadProof)]
