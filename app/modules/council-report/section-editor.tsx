import { holds, may, type Person } from '../../core/identity/permissions.ts'
import type { Numbers } from '../../core/reports/compose-report.ts'
import { diffLines } from '../../core/reports/diff.ts'
import type { Section } from '../../core/reports/document/model.ts'
import type { Problem } from '../../core/reports/document/text/source.ts'
import type { Report } from '../../core/reports/drafts.ts'
import type { SectionRow } from '../../core/reports/sections.ts'
import { Button, ButtonGroup, Card, Details, Form, TextArea } from '../../ui/index.ts'
import { DiffView } from './diff-view.tsx'
import { FigurePalette, LanguageHelp } from './palette.tsx'
import { numbersPath, picturesPath, sectionNumbersPath, sectionPath } from './paths.ts'
import { SectionPreview } from './preview.tsx'

export type Shown = { section: Section; problems: Problem[]; text: string }

type EditorProps = {
  report: Report
  section: SectionRow
  person: Person
  text: string
  shown: Shown
  known: Numbers
  /** the revision that the text was made from */
  revision: number
  /** the next section that nobody has confirmed, other than this one */
  next: SectionRow | null
  values: { reason?: string | undefined }
  errorOf(field: string): string | undefined
}

/** A section's text beside its preview. Every button of the form saves first, so that nothing is confirmed that was not saved. */
export function SectionEditor({ report, section, person, text, shown, known, revision, next, values, errorOf }: EditorProps) {
  const address = sectionPath(report.id, section.key)
  const uncounted = [...known.answers.values()].filter(({ figure }) => figure.section === section.no && !figure.counted).length
  return (
    <div class="editor" data-report-editor data-preview={`${address}/preview`}>
      <Form action={address} id={`section-${report.id}-${section.key}`} keep class="editor__form">
        <input type="hidden" name="revision" value={revision} />
        <TextArea name="body" label="文字" rows={rowsFor(text)} value={text} error={errorOf('body')} hint="數字寫成 {{代號}}，由案件算出後放進去；可用的代號在下面。按 Ctrl+S 儲存。" />
        <p class="editor__state muted" data-report-unsaved={text === section.body ? '' : 'yes'} role="status" hidden={text === section.body}>有還沒儲存的修改</p>
        <ButtonGroup>
          <Button>儲存</Button>
          {next && <Button kind="secondary" name="act" value="next">儲存，到下一個未確認的章</Button>}
          <Button kind="secondary" name="act" value="preview">預覽</Button>
        </ButtonGroup>
        <Confirm section={section} person={person} problems={shown.problems} values={values} errorOf={errorOf} />
        <p>{uncounted > 0 && <><a href={sectionNumbersPath(report.id, section.key, 'section')}>登打這一章沒有紀錄的數字（{uncounted}）</a>　</>}<a href={numbersPath(report.id)}>各章登打的數字</a>　<a href={picturesPath(report.id)}>上傳圖片</a></p>
        <FigurePalette section={section} answers={known.answers} />
        <LanguageHelp />
      </Form>
      <div class="editor__preview" data-report-preview aria-label="預覽" role="region" tabIndex={0}>
        <SectionPreview {...shown} />
      </div>
    </div>
  )
}

/** As high as the text with room to write, so that what comes after it is in sight; a line of the field holds some 26 characters. */
function rowsFor(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 26)), 0)
  return Math.min(24, Math.max(10, lines + 4))
}

/** The unit's own word; or the department's in its place, with the reason. */
function Confirm({ section, person, problems, values, errorOf }: Pick<EditorProps, 'section' | 'person' | 'values' | 'errorOf'> & { problems: Problem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const mayOwn = may(person, 'reports.confirm', { unitId: section.unit_id, officerId: null })
  const mayFor = !mayOwn && holds(person, 'reports.confirm-for')
  const words = <p>確認表示{section.unit}負責這一章的文字與登打的數字；先儲存，再鎖定。{errors > 0 && <strong>文字還有 {errors} 處錯誤，改好才能確認。</strong>}</p>
  if (!mayFor) {
    return (
      <Card title="確認">
        {words}
        <Button name="act" value="confirm" kind="secondary" reason={mayOwn ? null : `由${section.unit}的科長或單位主管確認`}>確認這一章</Button>
      </Card>
    )
  }
  return (
    <Details summary={`代${section.unit}確認`} open={errorOf('reason') !== undefined || Boolean(values.reason)}>
      {words}
      <p>由負責的單位自己確認為原則。代為確認會記下您和理由，這一章和定稿的報告都看得到是代為確認的。</p>
      <TextArea name="reason" label="代為確認的理由" rows={2} value={values.reason} hint="例如 科長公出，110/11/8 電話同意" error={errorOf('reason')} />
      <Button name="act" value="confirm-for" kind="secondary">代{section.unit}確認</Button>
    </Details>
  )
}

/** Somebody saved meanwhile: what they saved, and how it differs from what is in the field. */
export function BothTexts({ section, mine }: { section: SectionRow; mine: string }) {
  return (
    <Card title={`${section.saved_by ?? '別人'}剛才儲存的文字，和您的差別`}>
      <p>下面的編輯欄是您的文字。請把需要的部分併進去再儲存；儲存後以您的為準，對方的文字仍留在版本裡。</p>
      <DiffView lines={diffLines(section.body, mine)} label="對方的文字和您的文字的差別" />
      <Details summary="對方儲存的全文"><TextArea name="theirs" label="對方的全文" value={section.body} rows={12} /></Details>
    </Card>
  )
}
