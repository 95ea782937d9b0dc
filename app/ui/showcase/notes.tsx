import { Attachments, BarChart, ButtonLink, CopyButton, Details, EmptyState, InsetText, Letter, Notification, Panel, ProgressBar, Statute, Steps, Tabs, Tag, WarningText, WindLion } from '../components/index.ts'
import type { Tone } from '../components/index.ts'
import { PortalLayout } from '../layouts/index.ts'
import { county } from './desk.tsx'
import { portalFooter, portalNav } from './portal.tsx'

const tones: [Tone, string][] = [['plain', '已收件'], ['active', '辦理中'], ['soon', '將屆期'], ['danger', '已逾期'], ['done', '已結案'], ['waiting', '期間停止'], ['ended', '已撤回']]

/** What pages say to residents: the end of a task, warnings, quotations, states. */
export function showNotes() {
  return (
    <PortalLayout title="收到了" county={county} demo nav={portalNav} current="/petitions/follow" footer={portalFooter}>
      <Panel title="我們收到您的信了">
        <p>您的查詢編號是 <strong class="number nowrap">7KQ4-M2XD</strong>，請抄下來或拍照。</p>
        <CopyButton text="7KQ4-M2XD">複製編號</CopyButton>
      </Panel>
      <Notification><p>我們寄了一封確認信到 name@example.com。請在 3 天內打開信裡的連結，這封信才會開始辦理。</p></Notification>
      <Notification kind="success" quiet><p>已確認。承辦單位會在民國110年10月14日以前答復您。</p></Notification>
      <h2>接下來會怎樣</h2>
      <Steps
        label="辦理進度"
        steps={[
          { text: '收件', state: 'done', detail: '110/9/23' },
          { text: '分文', state: 'done', detail: '工務處' },
          { text: '辦理', state: 'current', detail: '還有 8 個工作日' },
          { text: '答復', state: 'todo' },
        ]}
      />
      <WarningText>撤回後，這個編號就不能再補充資料；要再反映同一件事，請寫一封新的信。</WarningText>
      <InsetText><p>承辦人說：已派員現場查看，燈具零件預計 10 月 5 日到貨。</p></InsetText>
      <Statute title="行政程序法第 168 條"><p>人民對於行政興革之建議、行政法令之查詢、行政違失之舉發或行政上權益之維護，得向主管機關陳情。</p></Statute>
      <Details summary="為什麼要確認電子郵件"><p>避免有人用別人的名義寫信，也讓答復能寄到您手上。</p></Details>
      <h2>您的信</h2>
      <Letter text={'縣長您好：\n\n  中山路 20 號前的路燈從 9 月 20 日起不亮。\n  請派人來看看，謝謝。'} />
      <Attachments files={[{ name: '路燈現場照片.jpg', href: '/files/1', bytes: 2_310_000, kind: '照片' }, { name: '里民連署書（掃描）.pdf', href: '/files/2', bytes: 845_000, kind: 'PDF', note: '已檢查，沒有病毒。' }]} />
      <h2>狀態</h2>
      <p class="cluster">{tones.map(([tone, text]) => <Tag key={tone} tone={tone}>{text}</Tag>)}</p>
      <Tabs
        title="依類別"
        tabs={[
          { id: 'by-unit', label: '各單位', count: 4, content: <BarChart caption="各單位收到的陳情" description="工務處一百二十八件最多，其次是環境保護局九十三件。" bars={[{ label: '工務處', value: 128, highlight: true }, { label: '環境保護局', value: 93 }, { label: '警察局', value: 61 }, { label: '為民服務科', value: 12 }]} headings={['單位', '件數']} /> },
          { id: 'by-township', label: '各鄉鎮', content: <p>各鄉鎮的數字在這裡。</p> },
        ]}
      />
      <ProgressBar label="匯入案件" done={1280} total={2400} />
      <EmptyState title="還沒有案件" action={<ButtonLink href="/petitions/new">寫信給縣府</ButtonLink>}><p>您寄出的信會列在這裡。</p></EmptyState>
      <p class="cluster"><WindLion size={16} label="風獅爺" /><WindLion size={24} /><WindLion size={32} /><WindLion size={64} /><WindLion size={128} /></p>
    </PortalLayout>
  )
}
