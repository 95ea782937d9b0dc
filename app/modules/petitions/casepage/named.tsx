import { randomUUID } from 'node:crypto'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InstantText } from '../../../ui/components/time.tsx'
import { petitionPath } from '../paths.ts'
import { type CaseFile, caseNameOf } from './case-file.ts'

/** Who sees a confidential case: those who work on it, and who was named. `ends`: may this person take a name back? */
export function Named({ file, ends }: { file: CaseFile; ends: boolean }) {
  return (
    <Card title="看得到這件的人" id="named">
      <ul class="stack">
        <li>{file.officerName ? `承辦人 ${file.officerName}` : file.unitName ? `${file.unitName}的科長與主管，直到有承辦人` : '收發，直到分文'}</li>
        <li>現在要核定與核定過的主管</li>
        {file.readers.map((reader) => (
          <li key={reader.id}>
            {reader.name} <span class="muted small">{reader.namedBy ?? '系統'} 指名，<InstantText at={reader.namedAt} /></span>
            {ends && (
              <Form action={petitionPath(caseNameOf(file), 'end-reader')} formKey={randomUUID()}>
                <input type="hidden" name="reader" value={reader.id} />
                <Button kind="secondary" small confirm={`取消後，${reader.name}就看不到這件。`} confirmAction="取消指名">取消指名</Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
