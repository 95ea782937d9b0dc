import { recordKeys } from '../../../core/events/checkpoints.ts'
import { type Check, checksOf } from '../../../core/operation/health.ts'
import { lastOperations, type Operation } from '../../../core/operation/operations.ts'
import { type Disk, processFacts, readStatus, type Status } from '../../../core/operation/status.ts'
import { currentRing } from '../../../core/personal-data/keys.ts'
import { isoInstant, rocDateTime } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Card } from '../../../ui/components/card.tsx'
import { Notification } from '../../../ui/components/notification.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/components/summary-list.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { checkpointPath, jobsPath, mailListPath, systemPath } from '../paths.ts'

/** For the two who run it: what to look at today, without a tool of their own. */
async function system(request: StaffRequest): Promise<Reply> {
  const { db, now } = request
  const [status, operations, keys] = await Promise.all([readStatus(db), lastOperations(db), recordKeys(db)])
  const checks = checksOf(status)
  const wrong = Object.entries(checks).filter(([, check]) => check !== 'ok')
  return consolePage(request, {
    title: '系統狀態',
    current: systemPath,
    children: (
      <div class="stack">
        {wrong.length === 0
          ? <p class="lead">一切正常，沒有需要處理的事。</p>
          : <Notification kind="important" title="需要留意"><ul>{wrong.map(([name]) => <li key={name}>{advice[name]}</li>)}</ul></Notification>}
        <Card title="服務" plain><SummaryList rows={serviceRows(status, now, checks)} /></Card>
        <Card title="備份與演練" plain>
          <SummaryList rows={(['backup', 'drill', 'restore'] as const).map((what) => ({ key: operationNames[what], value: <LastOperation of={operations.find((one) => one.what === what)} what={what} /> }))} />
        </Card>
        <Card title="紀錄" plain><SummaryList rows={recordRows(status, keys, checks)} /></Card>
        <p class="muted small">監控程式可讀取 /readyz 與 /metrics；安裝、備份、升級與換金鑰的做法在 docs/operations.md。</p>
      </div>
    ),
  })
}

const advice: Record<string, string> = {
  disk: '磁碟空間快要用完：請清出空間，或把備份移到別處。',
  jobs: '有背景工作失敗或等了超過 15 分鐘：請到「背景工作」決定重做或放棄。',
  mail: '有信寄不出去或等了超過一小時：請到「寄出的信」查看。',
  record: '有動作超過 5 分鐘還沒有封存：請看服務的訊息，必要時執行 bin/windlion verify。',
  checkpoints: '檢核點超過一天沒有送到另一處：請檢查 WINDLION_CHECKPOINTS 指定的地方。',
}

const At = ({ instant }: { instant: Date }) => <time class="number" dateTime={isoInstant(instant)}>{rocDateTime(instant)}</time>
const Word = ({ check, children }: { check: Check | undefined; children: string }) => (check === 'ok' ? <>{children}</> : <><Tag tone={check === 'fail' ? 'danger' : 'soon'}>留意</Tag> {children}</>)

function serviceRows({ version, startedAt, postgres, migrations, disk, jobs, mail }: Status, now: Date, checks: Record<string, Check>): SummaryRow[] {
  const facts = processFacts()
  return [
    { key: '版本', value: `Windlion ${version}，Node ${process.versions.node}，PostgreSQL ${postgres}，資料庫結構 ${migrations} 項` },
    { key: '啟動', value: <><At instant={startedAt} />，已執行 {spanOf(now.getTime() - startedAt.getTime())}</> },
    { key: '資料庫', value: facts?.unguarded ? <><Tag tone="soon">留意</Tag> {facts.location}；服務以資料表的擁有者連線，缺少日常角色的保護（{facts.unguarded}）</> : (facts?.location ?? '') },
    { key: '磁碟', value: <Word check={checks.disk}>{disk ? diskWords(disk) : '無法得知'}</Word> },
    { key: '背景工作', value: <><Word check={checks.jobs}>{`失敗 ${jobs.failed} 件，等待 ${jobs.waiting} 件`}</Word>　<a href={jobsPath}>看背景工作</a></> },
    { key: '寄出的信', value: <><Word check={checks.mail}>{`寄不出去 ${mail.failed} 封，等待 ${mail.queued} 封`}</Word>　<a href={mailListPath({ state: 'failed' })}>看寄不出去的信</a></> },
  ]
}

const diskWords = ({ free, total }: Disk): string => `還有 ${gigabytes(free)} GB，全部 ${gigabytes(total)} GB`
const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(bytes < 10 * 2 ** 30 ? 1 : 0)

function spanOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 60) return `${minutes} 分鐘`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} 小時` : `${Math.floor(minutes / 60 / 24)} 天`
}

const operationNames = { backup: '最近的備份', drill: '最近的還原演練', restore: '最近的還原' }

function LastOperation({ of, what }: { of: Operation | undefined; what: keyof typeof operationNames }) {
  if (!of) return <span class="muted">{what === 'restore' ? '沒有還原過' : `還沒有。請執行 bin/windlion ${what}${what === 'backup' ? ' 資料夾' : ''}`}</span>
  const { rows, documents, compared, different, seconds } = of.details as Record<string, number | undefined>
  const words = { backup: `${rows?.toLocaleString('en')} 列、${documents} 個檔案`, drill: different ? `${compared} 項裡有 ${different} 項不同` : `${compared} 項全部相同，費時 ${seconds} 秒`, restore: of.ok ? '檢核點相符' : '檢核點不符' }
  return <><At instant={of.at} />　{of.ok ? null : <Tag tone="danger">不符</Tag>} {words[what]}</>
}

function recordRows({ record, copies }: Status, keys: { vkey: string; takenAt: Date }[], checks: Record<string, Check>): SummaryRow[] {
  const key = keys.at(-1)
  const ring = currentRing()
  const since = ring.keys.get(ring.current)?.since
  return [
    { key: '已封存', value: <Word check={checks.record}>{`${record.sealed.toLocaleString('en')} 個事件${record.unsealed ? `，另有 ${record.unsealed} 個等待封存` : ''}`}</Word> },
    { key: '簽署的檢核點', value: record.signedAt ? <><At instant={record.signedAt} />，{record.signedSize.toLocaleString('en')} 個事件　<a href={checkpointPath} data-turbo="false">看檢核點</a></> : '還沒有，啟動一分鐘後簽署' },
    {
      key: '送往別處',
      value: copies.length === 0
        ? <span class="muted">沒有設定。以 WINDLION_CHECKPOINTS 指定檔案、信箱或網址，連管理人員也不能改寫過去而不被發現</span>
        : <ul class="plain">{copies.map(({ place, sentAt, size }) => <li key={place}>{place}　{sentAt ? <><At instant={sentAt} />，{size.toLocaleString('en')} 個事件</> : '還沒有送到'}</li>)}</ul>,
    },
    { key: '簽署金鑰', value: key ? <><code class="hash">{key.vkey}</code> 自 <At instant={key.takenAt} /></> : '還沒有用過' },
    { key: '個資金鑰', value: <>第 {ring.current} 版{since ? <>，自 <At instant={since} /></> : ''}{ring.keys.size > 1 ? `；另有 ${ring.keys.size - 1} 把舊的還在使用` : ''}</> },
  ]
}

export const routes = [get(systemPath, 'office.system', system)]
