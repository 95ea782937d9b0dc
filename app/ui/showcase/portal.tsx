import { ButtonLink, Card, FigureCard, FigureRow, LineChart } from '../components/index.ts'
import { PortalLayout } from '../layouts/index.ts'
import { county } from './desk.tsx'

export const portalNav = [
  { href: '/', text: '首頁' },
  { href: '/petitions/new', text: '寫信給縣府' },
  { href: '/petitions/follow', text: '查進度' },
  { href: '/statistics', text: '辦得如何' },
  { href: '/reports', text: '議會報告' },
]

export const portalFooter = [{ href: '/privacy', text: '個人資料怎麼用' }, { href: '/accessibility', text: '無障礙說明' }, { href: '/contact', text: '打電話給我們' }]

/** The portal's front page. */
export function showPortal() {
  return (
    <PortalLayout
      title={county}
      county={county}
      demo
      nav={portalNav}
      current="/"
      otherLanguage={{ href: '/en', text: 'English', lang: 'en' }}
      footer={portalFooter}
      wide
    >
      <h1>有事想告訴縣政府嗎？</h1>
      <p class="lead">寫下來寄給我們。一般案件 15 個工作日內答復，做不到時會先告訴您原因和新的日期。</p>
      <p class="cluster">
        <ButtonLink href="/petitions/new">寫信給縣府</ButtonLink>
        <ButtonLink href="/petitions/follow" kind="secondary">查我的案件</ButtonLink>
      </p>
      <h2>110 年上半年辦得如何</h2>
      <FigureRow>
        <FigureCard label="收到陳情" value="407" unit="件" href="/statistics?figure=received" definition="期間內收到，縣長電子信箱、院長電子信箱與總統信箱合計。" trend={[310, 355, 342, 371, 366, 398, 402, 407]} />
        <FigureCard label="已辦結" value="405" unit="件" href="/statistics?figure=closed" definition="期間內收到、到資料截止日已結案的案件。" trend={[305, 350, 340, 369, 360, 391, 400, 405]} />
        <FigureCard label="辦結率" value="99.51" unit="%" href="/statistics?figure=rate" definition="已辦結除以收到。" />
        <FigureCard label="如期答復" value="96.3" unit="%" definition="在期限內答復的案件，佔全部已答復案件的比率。" asOf="民國110年10月31日" />
      </FigureRow>
      <LineChart
        caption="每月收到與辦結的案件"
        description="四月到九月，每月收到六十到七十八件，辦結的件數跟在後面，差距最多九件。"
        steps={['4 月', '5 月', '6 月', '7 月', '8 月', '9 月']}
        lines={[{ label: '收到', values: [62, 78, 64, 60, 71, 72] }, { label: '辦結', values: [55, 70, 73, 58, 69, 80] }]}
        heading="月份"
        unit="件"
      />
      <Card title="不方便上網也可以">
        <p>打 1999，或到縣政府一樓為民服務中心，我們會替您寫下來，並唸給您聽一次確認。</p>
      </Card>
    </PortalLayout>
  )
}
