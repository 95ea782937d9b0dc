import { createHash } from 'node:crypto'
import { NotFound } from '../../../core/errors.ts'
import { writeCalendar } from '../../../core/ical.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { ErrorSummary } from '../../../ui/components/error-summary.tsx'
import { InsetText, WarningText } from '../../../ui/components/notes.tsx'
import { calculatorFilePath, calculatorPath, deadlinesPath } from '../paths.ts'
import { calculators } from './all.ts'
import { type Calculator, fieldsOf } from './calculator.ts'
import { inEnglish } from './english/index.ts'
import { CalculatorForm } from './form.tsx'
import { LawText } from './law-text.tsx'
import { readFacts } from './read.ts'
import { ResultView } from './result-view.tsx'
import { type Result, resultsOf } from './results.ts'
import { pageWords } from './words.ts'

const otherLanguage = (language: Language, pathIn: (language: Language) => string) => {
  const other = language === 'zh' ? 'en' : 'zh'
  return { href: pathIn(other), text: pageWords[language].other, lang: pageWords[other].lang }
}

/** 期限試算: which calculator for what. */
async function index(request: PageRequest, language: Language): Promise<Reply> {
  const words = pageWords[language]
  return portalPage(request, {
    title: words.title,
    lang: words.lang,
    current: deadlinesPath(language),
    otherLanguage: otherLanguage(language, deadlinesPath),
    description: words.about,
    children: (
      <>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <ul class="ways">
          {calculatorsIn(language).map(({ slug, title, about }) => <li key={slug}><a href={calculatorPath(slug, {}, language)}>{title}</a><p>{about}</p></li>)}
        </ul>
        <InsetText><p>{words.disclaimer}</p></InsetText>
      </>
    ),
  })
}

const calculatorsIn = (language: Language): readonly Calculator[] => (language === 'en' ? calculators.map(inEnglish) : calculators)

async function calculate(request: PageRequest, calculator: Calculator, language: Language): Promise<Reply> {
  const { query } = request
  const { slug, title, about, lead, example } = calculator
  const words = pageWords[language]
  const read = readFacts(calculator, query, words)
  const failed = Object.keys(read.errors).length > 0
  const results = read.blank || failed ? [] : resultsOf(calculator, read.facts, request.today)
  const given = Object.fromEntries(fieldsOf(calculator).flatMap(({ name }) => (query[name] ? [[name, query[name]]] : [])))
  return portalPage(
    request,
    {
      title,
      lang: words.lang,
      current: deadlinesPath(language),
      breadcrumbs: [{ text: words.title, href: deadlinesPath(language) }, { text: title }],
      otherLanguage: otherLanguage(language, (other) => calculatorPath(slug, given, other)),
      description: about,
      children: (
        <>
          <ErrorSummary errors={fieldsOf(calculator).flatMap(({ name }) => (read.errors[name] ? [{ text: read.errors[name], field: name }] : []))} />
          <h1>{title}</h1>
          {results.length > 0 ? <Results calculator={calculator} results={results} request={request} given={given} language={language} /> : lead.map((text) => <p key={text}>{text}</p>)}
          {results.length > 0 && <h2 class="no-print">{words.again}</h2>}
          <CalculatorForm calculator={calculator} query={query} read={read} language={language} />
          {results.length === 0 && <p>{words.example[0]}<a href={calculatorPath(slug, example, language)}>{words.example[1]}</a></p>}
          {results.length === 0 && <InsetText><p>{words.disclaimer}</p></InsetText>}
          <p class="muted small">{words.kept}</p>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

type ResultsProps = { calculator: Calculator; results: Result[]; request: PageRequest; given: Record<string, string>; language: Language }

function Results({ calculator, results, request, given, language }: ResultsProps) {
  const words = pageWords[language]
  return (
    <>
      <WarningText>{words.warning}</WarningText>
      {results.map((result) => <ResultView key={result.step.key} result={result} today={request.today} language={language} />)}
      {results.some(({ answer }) => answer.kind === 'due') && <p class="no-print"><a href={calculatorFilePath(calculator.slug, given, language)} download data-turbo="false">{words.file}</a></p>}
      {calculator.next.map((text) => <p key={text}><LawText text={text} /></p>)}
    </>
  )
}

/** The days as an iCalendar file. */
async function calendarFile(request: PageRequest, calculator: Calculator, language: Language): Promise<Reply> {
  const read = readFacts(calculator, request.query)
  const results = read.blank || Object.keys(read.errors).length ? [] : resultsOf(calculator, read.facts, request.today)
  const page = request.origin + request.path.replace('.ics', '')
  const events = results.flatMap(({ step, answer }) => (answer.kind === 'due' ? [{
    uid: `${createHash('sha256').update(`${calculator.slug} ${step.key} ${answer.day}`).digest('hex').slice(0, 32)}@windlion`,
    day: answer.day,
    title: step.title,
    text: [...answer.explanation, step.lapse, pageWords[language].warning, page].join('\n'),
    url: page,
    changedAt: request.now,
  }] : []))
  if (!events.length) throw new NotFound('沒有算出日期，請回到試算頁填寫日期')
  return { kind: 'file', bytes: writeCalendar(calculator.title, events), type: 'text/calendar; charset=utf-8', name: `${calculator.title}.ics` }
}

export const routes: Route[] = languages.flatMap((language) => [
  get(deadlinesPath(language), 'public', (request) => index(request, language)),
  ...calculatorsIn(language).flatMap((calculator) => [
    get(calculatorPath(calculator.slug, {}, language), 'public', (request) => calculate(request, calculator, language)),
    get(calculatorFilePath(calculator.slug, {}, language), 'public', (request) => calendarFile(request, calculator, language)),
  ]),
])
