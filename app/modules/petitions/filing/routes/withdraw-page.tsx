import type { Refusal } from '../../../../core/errors.ts'
import type { Language } from '../../../../core/web/language.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../../ui/components/button.tsx'
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { WarningText } from '../../../../ui/components/notes.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import type { FollowedCase } from '../follow.ts'
import { followedPath } from '../paths.ts'
import { wordsOf } from '../words/index.ts'

/** What will be lost, before it is. */
export function WithdrawPage({ language, petition, failed, reason, formKey }: { language: Language; petition: FollowedCase; failed?: Refusal | undefined; reason?: string | undefined; formKey: string }) {
  const w = wordsOf[language].follow
  return (
    <>
      {failed && <ErrorSummary errors={[{ text: failed.message }]} />}
      <h1>{w.withdrawTitle}</h1>
      <p class="lead">{petition.title}</p>
      <WarningText>{petition.stage === 'unconfirmed' ? w.withdrawUnconfirmed : w.withdrawText}</WarningText>
      <Form action={followedPath(language, petition.followNo, 'withdraw')} formKey={formKey}>
        {petition.stage !== 'unconfirmed' && <TextInput name="reason" label={w.withdrawReason} value={reason} required={false} maxLength={500} />}
        <ButtonGroup>
          <Button kind="danger">{w.withdrawButton}</Button>
          <ButtonLink href={followedPath(language, petition.followNo)} kind="secondary">{w.withdrawKeep}</ButtonLink>
        </ButtonGroup>
      </Form>
    </>
  )
}
