import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import type { Upload } from '../../core/documents/accept.ts'
import { done, NotFound, type Refusal, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { keepFiles } from '../../core/filing/supplement.tsx'
import type { CaseFileRow } from '../../core/procedure/case-files.ts'
import { originalOf } from '../../core/web/shown-file.ts'
import { Attachments } from '../../ui/components/attachments.tsx'
import { Button } from '../../ui/components/button.tsx'
import { Card } from '../../ui/components/card.tsx'
import { Select } from '../../ui/components/choices.tsx'
import { errorOf } from '../../ui/components/error-summary.tsx'
import { FileUpload } from '../../ui/components/file-upload.tsx'
import { Form } from '../../ui/components/form.tsx'
import { manage, name } from './acts.ts'
import { visibleTo } from './programme.ts'
import { caseKind, fileKinds, forumKind } from './schema.ts'
import './tables.ts'

const Files = z.object({ name, kind: z.enum(Object.keys(fileKinds) as [keyof typeof fileKinds, ...(keyof typeof fileKinds)[]], { error: '請選擇是什麼檔案' }), files: z.custom<Upload[]>(Array.isArray).default([]) })

/** Files beside a programme (reports, minutes of its reviews) or a forum (its record, pictures). What was attached stays; a file of the same name becomes its next version. */
export const attachFiles = act('programme.attach-files', Files, async (tx, ctx, input) => {
  const { rows: [found] } = await sql<{ id: number; kind: string }>`select c.id, c.kind from cases c where c.kind in (${caseKind}, ${forumKind}) and ${input.name} in (c.number, c.follow_no) and ${visibleTo(ctx.person)} for update of c`.execute(tx)
  if (!found) throw new NotFound('找不到這個方案或座談會')
  if (!input.files.length) return refusal('programme.no-files', '請選擇檔案', { field: 'files' })
  const refused = await keepFiles(tx, ctx, found.id, input.files, input.kind)
  if (refused) return { ...refused, field: 'files' }
  await record(tx, ctx, `${found.kind}.files-attached`, { caseId: found.id, payload: { kind: input.kind, files: input.files.length } })
  return done({ files: input.files.length })
}, manage)

type Props = { files: readonly CaseFileRow[]; /** where a page about this case lives */ path: (what: string) => string; manages: boolean; chosen: string | undefined; failed: Refusal | undefined }

/** The files of a programme or forum, and for who drafts it the form that adds some. */
export function FilesPart({ files, path, manages, chosen, failed }: Props) {
  const error = errorOf(failed)
  const shown = files.map(({ id, name: of, kind, mediaType, bytes }) => ({ name: of, href: path(`files/${id}`), original: originalOf(path(`files/${id}`), mediaType), bytes, kind: fileKinds[kind as keyof typeof fileKinds] ?? '檔案' }))
  return (
    <Card title="檔案">
      {shown.length ? <Attachments files={shown} /> : <p class="muted">還沒有附檔案。</p>}
      {manages && (
        <Form action={path('files')} formKey={randomUUID()} id="attach-files" multipart>
          <Select name="kind" label="這是什麼" value={chosen} error={error('kind')} options={Object.entries(fileKinds).map(([value, text]) => ({ value, text }))} />
          <FileUpload name="files" label="附上檔案" multiple error={error('files')} />
          <Button kind="secondary">附上</Button>
        </Form>
      )}
    </Card>
  )
}
