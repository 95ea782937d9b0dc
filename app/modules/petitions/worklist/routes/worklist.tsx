import { holds, type Person } from '../../../../core/identity/permissions.ts'
import type { WaitingLine } from '../../../../core/module.ts'
import { consolePage, findWaiting } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { rocLongDay, weekday } from '../../../../core/time.ts'
import { ButtonLink } from '../../../../ui/components/button.tsx'
import { Card } from '../../../../ui/components/card.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { filteredPath, listPath, newPath, overduePath, sendingsPath, trayPath, worklistPath } from '../../paths.ts'
import { CaseTable } from '../case-table.tsx'
import { deskCounts, findTrays, type TrayName } from '../trays.ts'

type Section = { tray: TrayName; title: string; href: string }

/** Trays in the order of urgency; which ones a person has follows from their permissions. */
function sectionsFor(person: Person): Section[] {
  const works = holds(person, 'petitions.accept')
  const approves = holds(person, 'petitions.approve')
  const desk = holds(person, 'petitions.chase')
  const sections: (Section | false)[] = [
    approves && { tray: 'approvals', title: '等您核定', href: filteredPath({ stage: 'approval' }) },
    works && { tray: 'sentBack', title: '退回修改', href: filteredPath({ officer: 'me', stage: 'handling' }) },
    works && { tray: 'inTray', title: '等單位簽收', href: filteredPath({ stage: 'dispatched' }) },
    works && { tray: 'joint', title: '等單位的會辦意見', href: listPath },
    works && { tray: 'mine', title: '我承辦的', href: filteredPath({ officer: 'me' }) },
    (approves || desk) && { tray: 'overdue', title: '已逾期', href: overduePath },
    (approves || desk) && { tray: 'soon', title: '3 個工作日內到期', href: filteredPath({ due: 3 }) },
  ]
  return sections.filter((section) => section !== false)
}

/** What waits for me, and what is due: the first page of the day. */
async function worklist(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const dispatches = holds(person, 'petitions.dispatch')
  const [trays, desk, waiting] = await Promise.all([findTrays(db, person, today), dispatches ? deskCounts(db) : null, findWaiting(request)])
  const piles = [...(desk ? pilesOf(desk) : []), ...waiting]
  const sections = sectionsFor(person).filter((section) => trays[section.tray].count > 0)
  return consolePage(request, {
    title: '我的工作',
    current: worklistPath,
    headingNote: `${rocLongDay(today)}（星期${weekday(today)}）`,
    actions: holds(person, 'petitions.register') ? <ButtonLink href={newPath}>登錄陳情</ButtonLink> : undefined,
    children: (
      <>
        {piles.length > 0 && <Piles label={desk ? '收發的工作' : '其他等您的事'} piles={piles} />}
        {sections.map(({ tray, title, href }) => (
          <Card key={tray} title={<>{title} <span class="count">{trays[tray].count}</span></>} actions={trays[tray].count > trays[tray].rows.length && <a href={href}>看全部</a>} plain>
            <CaseTable caption={title} rows={trays[tray].rows} today={today} />
          </Card>
        ))}
        {!sections.length && !piles.length && (holds(person, 'petitions.read')
          ? <EmptyState title="現在沒有等您的事" action={holds(person, 'petitions.read') && <a href={listPath}>看陳情案件</a>}>分到您單位、送您核定的案件會出現在這裡。</EmptyState>
          : <EmptyState title="現在沒有等您的事">您的職務不經辦陳情案件，其他工作請由選單進入。</EmptyState>)}
      </>
    ),
  })
}

/** The clerk's own piles. */
function pilesOf(counts: Awaited<ReturnType<typeof deskCounts>>): WaitingLine[] {
  return [
    { href: trayPath, text: '待分文', count: counts.undispatched, note: counts.unregistered ? `其中 ${counts.unregistered} 件還沒登錄` : '' },
    { href: sendingsPath, text: '待寄送、待電話答復', count: counts.sendings },
    { href: filteredPath({ stage: 'unconfirmed' }), text: '等陳情人確認', count: counts.unconfirmed, note: '逾 3 天未確認不成案' },
  ]
}

function Piles({ label, piles }: { label: string; piles: WaitingLine[] }) {
  return (
    <ul class="piles" aria-label={label}>
      {piles.map((pile) => (
        <li key={pile.href} class="pile">
          <a href={pile.href}><span class="pile__count number">{pile.count.toLocaleString('en')}</span> <span class="pile__text">{pile.text}</span></a>
          {pile.note && <span class="pile__note muted small">{pile.note}</span>}
        </li>
      ))}
    </ul>
  )
}

export const routes = [get(worklistPath, 'signed-in', worklist)]
