import { beforeAll, describe, expect, test } from 'vitest'
import { day } from '../core/time.ts'
import { Button, ButtonLink, DateInput, DueDate, ErrorSummary, FigureLink, FileUpload, Form, Masked, Money, Pagination, PasswordInput, Radios, Select, Sparkline, Table, Tag, TextArea, TextInput, dueWords, fileSize, roundedTwd, withoutStyle } from './components/index.ts'
import { ErrorPage } from './layouts/index.ts'
import { renderPage, renderPiece } from './render.ts'
import { showcase } from './showcase.ts'
import { ensureBuilt } from './showcase/browser.ts'

const hostile = '"><script>alert(1)</script>&\''

describe('what people write', () => {
  test('is text wherever it is shown', () => {
    const html = renderPiece(
      <>
        <TextInput name="a" label={hostile} hint={hostile} error={hostile} value={hostile} suggestions={[hostile]} />
        <TextArea name="b" label="b" value={`</textarea>${hostile}`} />
        <Select name="c" label="c" options={[{ value: hostile, text: hostile }]} />
        <Table caption={hostile} rows={[hostile]} rowKey={(row) => row} rowHref={(row) => `/${row}`} columns={[{ heading: hostile, cell: (row) => row }]} />
        <ErrorSummary errors={[{ text: hostile, field: hostile }]} />
        <Tag>{hostile}</Tag>
        <Button confirm={hostile}>{hostile}</Button>
      </>,
    )
    expect(html).not.toContain('<script')
    expect(html.match(/<\/textarea>/g)).toHaveLength(1)
  })

  test('keeps its lines and rare characters in a text area', () => {
    expect(renderPiece(<TextArea name="letter" label="內容" value={'第一行\n𠮷、堃'} />)).toContain('第一行\n𠮷、堃</textarea>')
  })

  test('is never shown again in a password field', () => {
    const props = { name: 'password', label: '密碼', value: 'secret' }
    expect(renderPiece(<PasswordInput {...props} />)).not.toContain('secret')
  })
})

describe('a field', () => {
  test('is tied to its label, hint and error', () => {
    const html = renderPiece(<TextInput name="subject" label="主旨" hint="一句話" error="請寫下主旨。" required />)
    expect(html).toContain('<label for="subject"')
    expect(attributesOf(html, 'input')).toMatchObject({ id: 'subject', 'aria-describedby': 'subject-hint subject-error', 'aria-invalid': 'true', 'aria-required': 'true' })
    expect(html).toContain('id="subject-hint"')
    expect(html).toContain('id="subject-error"')
  })

  test('says nothing about errors when there is none', () => {
    const html = renderPiece(<TextInput name="subject" label="主旨" error={null} />)
    expect(html).not.toContain('aria-')
    expect(html).not.toContain('error')
  })

  test('says that it may be left empty', () => {
    expect(renderPiece(<FileUpload name="photos" label="照片" required={false} />)).toContain('（選填）')
  })

  test('of choices leads from the error summary to its first choice', () => {
    const html = renderPiece(<Radios name="answer" label="方式" value="b" options={[{ value: 'a', text: '甲' }, { value: 'b', text: '乙' }]} />)
    expect(html.indexOf('id="answer"')).toBeLessThan(html.indexOf('id="answer-2"'))
    expect(html).toMatch(/<input[^>]*id="answer-2"[^>]*checked/)
    expect(html).not.toMatch(/<input[^>]*id="answer"[^>]*checked/)
  })

  test('keeps the chosen one of a list, also in a group', () => {
    const html = renderPiece(<Select name="unit" label="單位" value="b" empty="全部" options={[{ group: '處', options: [{ value: 'a', text: '甲' }, { value: 'b', text: '乙' }] }]} />)
    expect(html).toMatch(/<option[^>]*value="b"[^>]*selected|<option[^>]*selected[^>]*value="b"/)
    expect(html.match(/selected/g)).toHaveLength(1)
  })
})

describe('a day', () => {
  test('is asked in ROC years', () => {
    const html = renderPiece(<DateInput name="happened" label="哪一天" value="2021-09-27" />)
    expect(html).toMatch(/name="happened-year"[^>]*value="110"/)
    expect(html).toMatch(/name="happened-month"[^>]*value="9"/)
    expect(html).toMatch(/name="happened-day"[^>]*value="27"/)
  })

  test('that does not exist is shown as it was typed, its wrong part marked', () => {
    const html = renderPiece(<DateInput name="happened" label="哪一天" value={{ year: '110', month: '2', day: '30' }} error="沒有這一天。" wrong={['day']} />)
    expect(html).toMatch(/name="happened-day"[^>]*value="30"/)
    expect(html.match(/aria-invalid/g)).toHaveLength(1)
  })

  test('that is due says how much is left, by word and shape', () => {
    expect(dueWords('open', 3)).toBe('還有 3 個工作日')
    expect(dueWords('soon', 0)).toBe('今天到期')
    expect(dueWords('overdue', -2)).toBe('逾期 2 個工作日')
    expect(dueWords('overdue', 0)).toBe('已逾期')
    expect(dueWords('paused', 5)).toBe('期間停止')
    const html = renderPiece(<DueDate day={day('2021-09-27')} state="overdue" workingDays={-2} />)
    expect(html).toContain('<time class="due__day" datetime="2021-09-27">110/9/27（一）</time>')
    expect(html).toContain('mark--danger')
  })
})

describe('an act', () => {
  test('that cannot be done now stays in sight, says why and sends nothing', () => {
    const html = renderPiece(<Form action="/x"><Button name="act" value="extend" reason="已展期一次。">展期</Button></Form>)
    const button = attributesOf(html, 'button')
    expect(button).toMatchObject({ type: 'button', 'aria-disabled': 'true' })
    expect(html).toContain(`id="${button['aria-describedby']}">已展期一次。`)
    expect(html).not.toContain('name="act"')
  })

  test('that is a link goes nowhere while there is a reason', () => {
    expect(renderPiece(<ButtonLink href="/secret" reason="還不行。">去</ButtonLink>)).not.toContain('/secret')
  })

  test('sent twice carries the same key', () => {
    expect(renderPiece(<Form action="/x" formKey="k1"><p /></Form>)).toContain('<input type="hidden" name="_key" value="k1"/>')
  })

  test('of opening a personal datum asks for a reason where one is needed', () => {
    const html = renderPiece(<Masked what="電話" text="09**-***-678" action="/open" formKey="k" reasons={['聯絡']} />)
    expect(html).toContain('name="reason"')
    expect(html).toContain('method="post"')
    expect(renderPiece(<Masked what="電話" text="09**" />)).not.toContain('<form')
  })
})

describe('a number', () => {
  test('of money is rounded to three figures with the exact amount beside it', () => {
    expect(roundedTwd(12_340_000)).toBe('1,230 萬元')
    expect(roundedTwd(123_456_789)).toBe('1.23 億元')
    expect(roundedTwd(9_999)).toBeNull()
    expect(renderPiece(<Money twd={12_340_000} rounded />)).toContain('NT$12,340,000')
  })

  test('that opens is a link that says what it counts; one typed in by hand says so', () => {
    expect(renderPiece(<FigureLink label="收到陳情" value="407" unit="件" href="/f" />)).toContain('aria-label="收到陳情：407件"')
    expect(renderPiece(<FigureLink label="問卷" value="86" typed="李範本 110/10/28" />)).toContain('人工填寫：李範本 110/10/28')
    expect(renderPiece(<FigureLink label="問卷" value="86" />)).not.toContain('<a')
  })

  test('over time is drawn when two values are known, the last eight of them', () => {
    expect(renderPiece(<Sparkline label="趨勢" values={[1, null]} />)).toBe('')
    expect(renderPiece(<Sparkline label="趨勢" values={[9, 9, 1, 2, 3, 4, 5, 6, 7, 8]} />).match(/\d+(\.\d)?,/g)).toHaveLength(8)
  })

  test('of bytes is said in the unit people know', () => {
    expect([900, 2_310_000, 10 * 1024 * 1024].map(fileSize)).toEqual(['900 B', '2.2 MB', '10 MB'])
  })
})

test('a drawing made elsewhere loses its style but not its look', () => {
  expect(withoutStyle('<svg><style>a{b:c}</style><text style="font-size:12px;font-family:sans-serif;" y="6">4 月</text></svg>'))
    .toBe('<svg><text font-size="12px" font-family="sans-serif" y="6">4 月</text></svg>')
})

test('a list without neighbours has no paging', () => {
  expect(renderPiece(<Pagination previous={null} />)).toBe('')
})

describe('pages', () => {
  beforeAll(ensureBuilt, 60_000)

  test('name their language, their site and that they are a demonstration', () => {
    const html = renderPage(<ErrorPage county="示範縣政府" demo title="找不到這一頁" requestNumber="req-1" />)
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-Hant-TW">/)
    expect(html).toContain('<title>找不到這一頁 – 示範縣政府</title>')
    expect(html).toContain('示範資料：本站為虛構的示範縣政府')
    expect(html).toContain('req-1')
  })

  test.each(Object.keys(showcase))('%s has no inline style or script, and no id twice', (name) => {
    const html = showcase[name]!()
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test('with errors lead from the summary to a field that exists', () => {
    const html = showcase['fields-wrong']!()
    const targets = [...html.matchAll(/<li><a href="#([^"]+)"/g)].map((match) => match[1])
    expect(targets.length).toBeGreaterThan(5)
    for (const target of targets) expect(html).toContain(`id="${target}"`)
  })
})

function attributesOf(html: string, element: string): Record<string, string> {
  const tag = new RegExp(`<${element}\\s([^>]*)>`).exec(html)?.[1] ?? ''
  return Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map((match) => [match[1], match[2] ?? '']))
}
