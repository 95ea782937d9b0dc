import { day } from '../../core/time.ts'
import type { Day } from '../../core/time.ts'
import { Attachments, BulkBar, Button, ButtonGroup, ButtonLink, Card, ChangeLink, DayText, DueDate, FilterBar, Form, InstantText, Letter, Masked, Money, Pagination, PersonName, Select, Steps, SubNav, SummaryList, Table, Tag, TextArea, TextInput, Timeline, Toolbar } from '../components/index.ts'
import type { DueState, Tone } from '../components/index.ts'
import { Desk } from './desk.tsx'

interface Row {
  number: string
  title: string
  unit: string
  received: Day
  due: Day
  state: DueState
  left: number
  stage: [Tone, string]
}

const titles = ['中山路 20 號前路燈不亮，夜間學童通行危險', '海堤步道木棧板鬆脫', '請說明 110 年度老人假牙補助申請資格', '鄰居夜間施工噪音', '垃圾車改道後未到巷口', '機場聯外道路號誌秒數過短', '建議縣立圖書館延長週日開放時間', '市場公廁清潔', '陳情農地違規堆置廢棄物，多次反映未獲處理，請查明承辦人是否怠於執行職務', '停車格被長期占用']
const units = ['工務處', '觀光處', '社會處', '環境保護局', '環境保護局', '警察局', '文化局', '建設處', '農業處', '警察局']
const states: [DueState, number, Tone, string][] = [['overdue', -2, 'active', '辦理中'], ['soon', 0, 'active', '陳核中'], ['soon', 1, 'active', '辦理中'], ['open', 3, 'plain', '待分文'], ['paused', 0, 'waiting', '待補正'], ['open', 8, 'active', '辦理中'], ['met', 0, 'done', '已結案'], ['missed', 0, 'done', '已結案'], ['open', 12, 'plain', '待分文'], ['met', 0, 'ended', '已撤回']]

const rows: Row[] = titles.map((title, index) => {
  const [state, left, tone, word] = states[index] ?? ['open', 5, 'plain', '待分文']
  return {
    number: `110陳情第${String(412 - index).padStart(6, '0')}號`,
    title,
    unit: units[index] ?? '行政處',
    received: day(`2021-09-${String(3 + index).padStart(2, '0')}`),
    due: day(`2021-09-${String(15 + index).padStart(2, '0')}`),
    state,
    left,
    stage: [tone, word],
  }
})

/** A list page: count, filters, selecting many, states, paging. */
export function showList() {
  return (
    <Desk
      title="全部案件"
      current="/console/list"
      breadcrumbs={[{ text: '陳情', href: '/console' }, { text: '全部案件' }]}
      actions={<><ButtonLink href="/console/new">登錄陳情</ButtonLink><ButtonLink href="/console/rules/test" kind="secondary" reason="只有管考科可以試算規則。">試算分文規則</ButtonLink></>}
      flash={{ kind: 'success', text: '已把 3 件分給工務處。' }}
    >
      <SubNav label="案件範圍" current="/console/list" items={[{ href: '/console/list', text: '全部', count: 1284 }, { href: '/console/list?mine', text: '我的', count: 12 }, { href: '/console/list?overdue', text: '逾期', count: 3 }, { href: '/console/list?closed', text: '已結案' }]} />
      <FilterBar
        action="/console/list"
        active={[{ label: '單位：工務處', removeHref: '/console/list' }, { label: '收件：110/9/1–110/9/30', removeHref: '/console/list' }]}
        clearHref="/console/list"
        keep={{ sort: 'due' }}
      >
        <TextInput name="words" label="字詞" value="路燈" width={10} />
        <Select name="unit" label="主辦單位" empty="全部單位" value="工務處" options={[{ group: '一級單位', options: [{ value: '工務處', text: '工務處' }, { value: '社會處', text: '社會處' }] }, { group: '所屬機關', options: [{ value: '警察局', text: '警察局' }] }]} />
        <Select name="stage" label="階段" empty="全部階段" options={[{ value: 'open', text: '辦理中' }]} />
      </FilterBar>
      <Toolbar count={1284}>
        <ButtonLink href="/console/list.csv" kind="quiet" small download>CSV</ButtonLink>
        <ButtonLink href="/console/list.ods" kind="quiet" small download>ODS</ButtonLink>
      </Toolbar>
      <BulkBar id="bulk" action="/console/bulk" name="case" formKey="showcase">
        <Select name="to" label="分給" options={[{ value: '工務處', text: '工務處' }, { value: '環境保護局', text: '環境保護局' }]} />
        <Button small>分文</Button>
        <Button small kind="danger" name="act" value="drop" confirm="這 3 件會移到「不予處理」，陳情人會收到通知。30 天內可以在案件頁復原。" confirmAction="不予處理">不予處理</Button>
      </BulkBar>
      <Table
        caption="全部案件"
        captionHidden
        rows={rows}
        rowKey={(row) => row.number}
        rowHref={(row) => `/console/cases/${row.number}`}
        rowTone={(row) => (row.state === 'overdue' ? 'danger' : row.state === 'soon' ? 'soon' : undefined)}
        select={{ name: 'case', form: 'bulk', label: (row) => `選取 ${row.number}`, selected: (row) => row.number.endsWith('411號') }}
        columns={[
          { heading: '案號', width: 'fit', cell: (row) => <a href={`/console/cases/${row.number}`}>{row.number}</a> },
          { heading: '主旨', width: 'grow', rowHeader: true, cell: (row) => row.title },
          { heading: '階段', width: 'fit', cell: (row) => <Tag tone={row.stage[0]}>{row.stage[1]}</Tag> },
          { heading: '主辦單位', width: 'fit', cell: (row) => row.unit },
          { heading: '收件日', width: 'fit', numeric: true, wideOnly: true, sort: { href: '?sort=received' }, cell: (row) => <DayText day={row.received} /> },
          { heading: '限辦日期', width: 'fit', sort: { href: '?sort=-due', direction: 'ascending' }, cell: (row) => <DueDate day={row.due} state={row.state} workingDays={row.left} /> },
        ]}
      />
      <Pagination previous="/console/list?before=1" next="/console/list?after=2" summary="第 51–60 件" />
      <Table
        caption="各單位辦理情形"
        rows={[{ unit: '工務處', received: 128, closed: 127, money: 12_340_000 }, { unit: '環境保護局', received: 93, closed: 93, money: 234_560_000 }]}
        rowKey={(row) => row.unit}
        columns={[
          { heading: '單位', rowHeader: true, cell: (row) => row.unit },
          { heading: '收到（件）', numeric: true, cell: (row) => row.received },
          { heading: '辦結（件）', numeric: true, cell: (row) => row.closed },
          { heading: '經費', numeric: true, cell: (row) => <Money twd={row.money} rounded /> },
        ]}
        footer={<tr><th scope="row">合計</th><td class="numeric">221</td><td class="numeric">220</td><td class="numeric"><Money twd={246_900_000} /></td></tr>}
      />
    </Desk>
  )
}

/** A case page: what is it, whose turn, by when and why, what can I do now; then letter, work, history. */
export function showCase(today: Day) {
  return (
    <Desk
      title="中山路 20 號前路燈不亮，夜間學童通行危險"
      current="/console/list"
      breadcrumbs={[{ text: '全部案件', href: '/console/list' }, { text: '110陳情第000412號' }]}
      headingNote={<><Tag tone="active">辦理中</Tag><span class="number nowrap">110陳情第000412號</span></>}
    >
      <SummaryList
        columns={4}
        rows={[
          { key: '現在輪到', value: <PersonName unit="工務處養護科" name="王範例" /> },
          { key: '限辦日期', value: <DueDate day={day('2021-09-27')} state="overdue" workingDays={-1} why={<p>110/9/3 收件，次日起算 15 個工作日（行政院及所屬各機關處理人民陳情案件要點第 11 點），中秋節放假 2 日不計。行事曆版本 110-03。</p>} /> },
          { key: '收件', value: <>縣長電子信箱　<DayText day={day('2021-09-03')} /></> },
          { key: '今天', value: <DayText day={today} weekday long /> },
        ]}
      />
      <ButtonGroup>
        <Button form="answer">送陳核</Button>
        <Button kind="secondary" formaction="/extend">展期</Button>
        <Button kind="secondary" reason="已展期一次，依要點第 11 點不能再展。">再展期</Button>
      </ButtonGroup>
      <div class="columns">
        <div class="columns__main">
          <Card title="來信" actions={<a href="/files/original">原始信件</a>}>
            <Letter text={'縣長您好：\n\n中山路 20 號前的路燈從 9 月 20 日起不亮，晚上孩子下課經過很危險。\n一、請問何時可以修好？\n二、修好之前能不能先放警示燈？'} />
            <Attachments files={[{ name: '路燈現場照片.jpg', href: '/files/1', bytes: 2_310_000, kind: '照片' }]} />
          </Card>
          <Card title="答復">
            <Form action="/answer" id="answer" keep formKey="showcase">
              <TextArea name="answer-text" label="答復內容" serif maxLength={4000} rows={7} value="陳先生您好：您反映的路燈已於 9 月 27 日修復。修復前並已設置警示燈。" hint="來信有 2 個問題，都要答到。" />
              <ButtonGroup><Button>存草稿</Button><Button kind="danger" confirm="草稿會刪除，不能復原。" confirmAction="刪除草稿">刪除草稿</Button></ButtonGroup>
            </Form>
          </Card>
          <Card title="歷程" plain>
            <Timeline
              items={[
                { when: '110/9/27 16:40', datetime: '2021-09-27T16:40+08:00', title: '逾期，通知科長', by: '系統', tone: 'danger' },
                { when: '110/9/24 09:12', title: '退回修改', by: '李科長', tone: 'soon', detail: <p>第二個問題沒有答到，請補上。</p> },
                { when: '110/9/23 14:05', title: '送陳核', by: '王範例', tone: 'active' },
                { when: '110/9/6 10:30', title: '分文給工務處養護科', by: '林示範', tone: 'active', detail: <p>依規則「路燈 → 工務處養護科」，符合度 92%。</p> },
                { when: '110/9/3 08:02', title: '收到來信', by: '縣長電子信箱', tone: 'done' },
              ]}
            />
          </Card>
        </div>
        <div class="columns__side">
          <Card title="陳情人" level={3}>
            <SummaryList
              rows={[
                { key: '姓名', value: <Masked what="姓名" text="陳〇𠮷" action="/open/name" reasons={['聯絡陳情人', '核對同一人', '寄送答復']} id="reason-name" /> },
                { key: '電話', value: <Masked what="電話" text="09**-***-678" action="/open/telephone" /> },
                { key: '公開', value: '不要公開', action: <ChangeLink href="/consent" what="公開意願" /> },
              ]}
            />
          </Card>
          <Card title="公文流程" level={3}>
            <Steps label="公文流程" steps={[{ text: '承辦', state: 'done', detail: '王範例 110/9/23' }, { text: '科長', state: 'returned', detail: '退回 110/9/24' }, { text: '處長', state: 'todo' }, { text: '發文', state: 'skipped' }]} />
          </Card>
          <p class="muted small">最後更新 <InstantText at={new Date('2021-09-27T08:40:00Z')} /></p>
        </div>
      </div>
    </Desk>
  )
}
