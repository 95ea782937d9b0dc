import { createHash } from 'node:crypto'
import { writeCalendar } from '../../../core/ical.ts'
import { NotFound } from '../../../core/errors.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { calculatorFilePath, calculatorPath, deadlinesPath } from '../paths.ts'
import { calculators } from './all.ts'
import { type Calculator, fieldsOf } from './calculator.ts'
import { CalculatorForm } from './form.tsx'
import { LawText } from './law-text.tsx'
import { readFacts } from './read.ts'
import { ResultView } from './result-view.tsx'
import { type Result, resultsOf } from './results.ts'

/** 期限試算: which calculator for what. */
async function index(request: PageRequest): Promise<Reply> {
  return portalPage(request, {
    title: '期限試算',
    current: deadlinesPath,
    description: '訴願、國家賠償、政府資訊公開、消費爭議、採購異議，自己算最後一天，並說明怎麼算。',
    children: (
      <>
        <h1>期限試算</h1>
        <p class="lead">法律給的期間，最後一天是哪一天、怎麼算出來的，過了會怎樣。</p>
        <ul class="ways">
          {calculators.map(({ slug, title, about }) => <li key={slug}><a href={calculatorPath(slug)}>{title}</a><p>{about}</p></li>)}
        </ul>
        <Disclaimer />
      </>
    ),
  })
}

async function calculate(request: PageRequest, calculator: Calculator): Promise<Reply> {
  const { query } = request
  const read = readFacts(calculator, query)
  const failed = Object.keys(read.errors).length > 0
  const results = read.blank || failed ? [] : resultsOf(calculator, read.facts, request.today)
  const given = Object.fromEntries(fieldsOf(calculator).flatMap(({ name }) => (query[name] ? [[name, query[name]]] : [])))
  return portalPage(
    request,
    {
      title: calculator.title,
      current: deadlinesPath,
      breadcrumbs: [{ text: '期限試算', href: deadlinesPath }, { text: calculator.title }],
      description: calculator.about,
      children: (
        <>
          <ErrorSummary errors={fieldsOf(calculator).flatMap(({ name }) => (read.errors[name] ? [{ text: read.errors[name], field: name }] : []))} />
          <h1>{calculator.title}</h1>
          {results.length > 0 ? <Results calculator={calculator} results={results} request={request} given={given} /> : calculator.lead.map((text) => <p key={text}>{text}</p>)}
          {results.length > 0 && <h2 class="no-print">換別的日期再算</h2>}
          <CalculatorForm calculator={calculator} query={query} read={read} />
          {results.length === 0 && <p>不確定怎麼填？<a href={calculatorPath(calculator.slug, calculator.example)}>看一個例子</a></p>}
          {results.length === 0 && <Disclaimer />}
          <p class="muted small">您填的內容只用來算這一頁，網站不會保存。</p>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type ResultsProps = { calculator: Calculator; results: Result[]; request: PageRequest; given: Record<string, string> }

function Results({ calculator, results, request, given }: ResultsProps) {
  return (
    <>
      <WarningText>這是說明，不是法律意見。實際的期限以受理的機關或法院的認定為準，請不要等到最後一天。</WarningText>
      {results.map((result) => <ResultView key={result.step.key} result={result} today={request.today} />)}
      {results.some(({ answer }) => answer.kind === 'due') && <p class="no-print"><a href={calculatorFilePath(calculator.slug, given)} download data-turbo="false">把日期加到行事曆（.ics）</a></p>}
      {calculator.next.map((text) => <p key={text}><LawText text={text} /></p>)}
    </>
  )
}

function Disclaimer() {
  return <InsetText><p>這裡是說明，不是法律意見。實際的期限以受理的機關或法院的認定為準；有疑問可以預約縣政府的法律諮詢，或打法律扶助基金會 412-8518（手機加 02）。</p></InsetText>
}

/** The days as an iCalendar file. */
async function calendarFile(request: PageRequest, calculator: Calculator): Promise<Reply> {
  const read = readFacts(calculator, request.query)
  const results = read.blank || Object.keys(read.errors).length ? [] : resultsOf(calculator, read.facts, request.today)
  const page = request.origin + request.path.replace('.ics', '')
  const events = results.flatMap(({ step, answer }) => (answer.kind === 'due' ? [{
    uid: `${createHash('sha256').update(`${calculator.slug} ${step.key} ${answer.day}`).digest('hex').slice(0, 32)}@windlion`,
    day: answer.day,
    title: step.title,
    text: [...answer.explanation, step.lapse, '這是說明，不是法律意見。', page].join('\n'),
    url: page,
    changedAt: request.now,
  }] : []))
  if (!events.length) throw new NotFound('沒有算出日期，請回到試算頁填寫日期')
  return { kind: 'file', bytes: writeCalendar(calculator.title, events), type: 'text/calendar; charset=utf-8', name: `${calculator.title}.ics` }
}

export const routes: Route[] = [
  get(deadlinesPath, 'public', index),
  ...calculators.flatMap((calculator) => [
    get(calculatorPath(calculator.slug), 'public', (request) => calculate(request, calculator)),
    get(calculatorFilePath(calculator.slug), 'public', (request) => calendarFile(request, calculator)),
  ]),
]
