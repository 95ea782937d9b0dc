import { originalOf } from '../web/shown-file.ts'
import { Attachments } from '../../ui/components/attachments.tsx'
import { Card } from '../../ui/components/card.tsx'
import type { CaseFileRow } from './case-files.ts'
import { nameOf, type Procedure, type StepState } from './step.ts'

/** The files beside a case, pictures as they are drawn anew and as they came; nothing where there are none. */
export function FilesCard<State extends StepState>({ procedure, state, files, kinds, title = '檔案' }: { procedure: Procedure<State>; state: State; files: readonly CaseFileRow[]; /** what a file's kind is called */ kinds?: Readonly<Record<string, string>>; title?: string }) {
  if (!files.length) return null
  const shown = files.map(({ id, name, kind, mediaType, bytes }) => {
    const href = procedure.path(nameOf(state), `files/${id}`)
    return { name, href, original: originalOf(href, mediaType), bytes, ...(kinds?.[kind] ? { kind: kinds[kind] } : {}) }
  })
  return <Card title={title}><Attachments files={shown} /></Card>
}
