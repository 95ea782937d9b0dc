import { CitedLines } from '../../../core/laws/cited.tsx'
import type { ComponentChildren } from 'preact'
import { type Day, rocDay, dayOf } from '../../../core/time.ts'
import { maskAddress, maskEmail, maskName, maskPhone, unseal } from '../../../core/personal-data/index.ts'
import { DueDate } from '../../../ui/components/due-date.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/components/summary-list.tsx'
import { InstantText } from '../../../ui/components/time.tsx'
import { dueState } from '../../../core/cases/due-state.ts'
import { petitionPath } from '../paths.ts'
import { channels } from '../schema.ts'
import { type CaseFile } from './case-file.ts'
import { wayNames } from './history.tsx'
import { whoseTurn } from './turn.ts'

/** Above the form of an act: the clock, whose it is and what it is about. */
export function BriefFacts({ file, today }: { file: CaseFile; today: Day }) {
  return <SummaryList columns={3} rows={headRows(file, today).filter((row) => ['限辦日期', '主辦', '歸類'].includes(row.key))} />
}

/** The head of a case: whose turn, by when and why that day, where it came from. */
export function HeadFacts({ file, today }: { file: CaseFile; today: Day }) {
  return <SummaryList columns={3} rows={headRows(file, today)} />
}

function headRows(file: CaseFile, today: Day): SummaryRow[] {
  const turn = whoseTurn(file)
  return [
    { key: '輪到誰', value: <><strong>{turn.who}</strong><br />{turn.what}</> },
    { key: '限辦日期', value: <Due file={file} today={today} /> },
    { key: '主辦', value: file.unitName ? <>{file.unitName}{file.officerName && <> {file.officerName}</>}<Joint file={file} /></> : '還沒有分文' },
    { key: '收件', value: <>{file.receivedAt ? <InstantText at={file.receivedAt} /> : '還沒有收件'}<br /><span class="muted">{channels[file.channel]}{file.mailboxRef && !file.mailboxRef.startsWith('<') && `，原編號 ${file.mailboxRef}`}{file.readBackAt && '，紀錄已向陳情人朗讀'}</span></> },
    { key: '歸類', value: <>{[file.category ?? '未歸類', file.township].filter(Boolean).join('．')}{file.place && <><br /><span class="muted">{file.place}</span></>}</> },
    { key: '相關案件', value: <Related file={file} /> },
  ]
}

function Due({ file, today }: { file: CaseFile; today: Day }) {
  const due = dueState(file, today)
  const why = file.clock && file.clock.explanation.length > 0 && <CitedLines lines={file.clock.explanation} on={file.receivedAt && dayOf(file.receivedAt)} />
  if (file.dueOn && due) {
    return (
      <>
        <DueDate day={file.dueOn} state={due.state} {...(due.left ? { left: due.left } : {})} {...(why ? { why } : {})} />
        {file.extendedTo && <span class="muted"> 已展期</span>}
      </>
    )
  }
  if (file.clock?.pausedOn) return <>停止計算（自 {rocDay(file.clock.pausedOn)}，等陳情人補充）</>
  return <>{file.clock?.because ?? '還沒有起算'}</>
}

function Joint({ file }: { file: CaseFile }) {
  const joint = file.joint.filter((one) => !one.untilAt || one.endedAs === 'closed')
  return joint.length ? <><br /><span class="muted">協辦：{joint.map((one) => one.unitName).join('、')}</span></> : null
}

function Related({ file }: { file: CaseFile }): ComponentChildren {
  const links: { what: string; name: string; title: string | null }[] = [
    ...(file.mergedInto ? [{ what: '併入', ...file.mergedInto }] : []),
    ...(file.previous ? [{ what: '前案', ...file.previous }] : []),
    ...file.followUps.map((one) => ({ what: '再陳情', ...one })),
    ...file.members.map((one) => ({ what: '併入本案', ...one })),
  ]
  if (!links.length) return '沒有'
  return <>{links.map((link) => <div key={link.name}>{link.what} {link.title === null ? <>{link.name}<span class="muted">（不在您可以看的範圍）</span></> : <a href={petitionPath(link.name)} title={link.title}>{link.name}</a>}</div>)}</>
}

export type OpenedPersonalData = { name: string | null; email: string | null; phone: string | null; address: string | null }

/** The petitioner, masked until somebody says why they need to know. */
export function Sender({ file, opened, ask }: { file: CaseFile; opened: OpenedPersonalData | null; ask: ComponentChildren }) {
  const own = { name: unseal(file.sender.name), email: unseal(file.sender.email), phone: unseal(file.sender.phone), address: unseal(file.sender.address) }
  const shown = opened ?? { name: maskName(own.name), email: maskEmail(own.email), phone: maskPhone(own.phone), address: maskAddress(own.address) }
  const anything = own.name || own.email || own.phone || own.address
  return (
    <>
      <SummaryList
        rows={[
          { key: '姓名', value: shown.name ?? '未填' },
          { key: '電話', value: shown.phone ?? '未填' },
          { key: '電子郵件', value: shown.email ?? '未填' },
          { key: '地址', value: shown.address ?? '未填' },
          { key: '答復方式', value: wayNames[file.answerBy] },
          { key: '公開意願', value: file.publishConsent ? '同意公開（遮蔽後）' : '不公開' },
        ]}
      />
      {anything && !opened && ask}
      {opened && <p class="muted small">這次查看已留下紀錄，10 分鐘內有效。</p>}
    </>
  )
}
