import { BarChart, DataTable, FigureLink, LineChart } from '../components/index.ts'
import { ReportLayout, ReportSection } from '../layouts/index.ts'
import { county } from './desk.tsx'

const contents = [
  { id: 'plans', number: '一', title: '綜合規劃' },
  { id: 'petitions', number: '二', title: '為民服務' },
  { id: 'procurement', number: '三', title: '採購業務' },
]

/** A report to the council: cover, contents, text with figures that open, a chart, a table, an empty section. */
export function showReport() {
  return (
    <ReportLayout
      title="行政處工作報告"
      county={county}
      demo
      draft
      cover={{
        county,
        session: '示範縣議會第七屆第六次定期會',
        title: '工作報告',
        subtitle: '行政處',
        people: [{ role: '報告人', names: '處長　吳示例' }, { role: '列席人員', names: '副處長　鄭樣本、科長　李範本' }],
        date: '民國110年11月',
      }}
      contents={contents}
      tools={<p class="cluster"><a href="/reports/1.pdf">PDF</a><a href="/reports/1.odt">ODT</a><a href="/reports/1/compare">與上一版比較</a></p>}
      imprint={<p>資料截止日民國110年10月31日；依民國110年11月1日 09:00 所知。檢核點 9f3c1d7e2a…；本報告的每個數字都能打開看到案件。</p>}
    >
      <ReportSection {...contents[0]!} note="這一節由綜合規劃科撰寫，尚未確認。">
        <p>本期辦理施政計畫列管 34 項，其中超前 3 項、符合 29 項、落後 2 項。</p>
      </ReportSection>
      <ReportSection {...contents[1]!}>
        <h3>（一）人民陳情</h3>
        <p>
          110 年 4 月至 9 月，本府受理縣長電子信箱、院長電子信箱及總統信箱陳情案件共{' '}
          <FigureLink label="收到陳情" value="407" unit="件" href="/figures/received" definition="期間內收到的三信箱案件" />
          ，已辦結 <FigureLink label="已辦結" value="405" unit="件" href="/figures/closed" />
          ，辦結率達 <FigureLink label="辦結率" value="99.51" unit="%" href="/figures/rate" asOf="民國110年11月1日" />
          。滿意度調查回收 <FigureLink label="滿意度問卷" value="86" unit="份" typed="李範本 110/10/28" />
          ，其中認為滿意者占六成以上，其餘意見已交各主辦單位檢討，並列入下期改進事項。
        </p>
        <LineChart caption="圖 1　各月收件與辦結" description="四月至九月收件六十至七十八件。" steps={['4 月', '5 月', '6 月', '7 月', '8 月', '9 月']} lines={[{ label: '收件', values: [62, 78, 64, 60, 71, 72] }, { label: '辦結', values: [55, 70, 73, 58, 69, 80] }, { label: '展期', values: [4, 6, 3, null, 5, 2] }]} heading="月份" unit="件" />
        <BarChart caption="圖 2　各單位收件" description="工務處最多。" bars={[{ label: '工務處', value: 128 }, { label: '環境保護局', value: 93 }, { label: '警察局', value: 61 }]} headings={['單位', '件數']} />
        <DataTable captionShown caption="表 1　各管道收件情形" data={{ headings: ['管道', '收件', '辦結'], rows: [['縣長電子信箱', 352, 350], ['院長電子信箱', 41, 41], ['總統信箱', 14, 14]] }} />
      </ReportSection>
      <ReportSection {...contents[2]!} note="本系統尚無這一節的紀錄。"><p>採購業務的紀錄建立後，數字會出現在這裡。</p></ReportSection>
    </ReportLayout>
  )
}
