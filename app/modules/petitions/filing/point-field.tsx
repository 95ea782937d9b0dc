import { Checkboxes } from '../../../ui/components/choices.tsx'
import type { Words } from './words/index.ts'

/** The point on the map: with script a button asks the browser; without, a point that is already there can be left out. */
export function PointField({ words, fields }: { words: Words; fields: Record<string, string> }) {
  const w = words.filing.point
  const known = Boolean(fields.latitude && fields.longitude)
  return (
    <div class="govuk-form-group">
      <input type="hidden" name="latitude" value={fields.latitude ?? ''} />
      <input type="hidden" name="longitude" value={fields.longitude ?? ''} />
      <button
        type="button" class="govuk-button button--secondary button--small" hidden
        data-locate={w.locate} data-remove={w.remove} data-waiting={w.waiting} data-located={w.located} data-removed={w.removed} data-failed={w.failed}
      >
        {known ? w.remove : w.locate}
      </button>
      <p class="muted small" role="status" data-place-state>{known && w.kept}</p>
      {known && <noscript><Checkboxes name="withoutPoint" label={w.kept} labelSize="hidden" options={[{ value: 'yes', text: w.leaveOut }]} /></noscript>}
    </div>
  )
}
