import { Tag, type Tone } from '../../ui/components/tag.tsx'
import { evidenceKinds, type TextState, textStates } from './schema.ts'

const tones: Record<TextState, Tone> = { draft: 'waiting', approved: 'done', returned: 'soon', withdrawn: 'ended' }

/** How the public text of an item stands. */
export const TextTag = ({ state }: { state: TextState }) => <Tag tone={tones[state]}>{textStates[state]}</Tag>

export type Shown = { src: string; alt: string; label: string }

/** 改善前 and 改善後 side by side; one alone where there is only one, and why there is no other. */
export function BeforeAfter({ pictures, noBefore, noAfter }: { pictures: readonly (Shown | null)[]; noBefore?: string | null; noAfter?: string | null }) {
  const shown = pictures.filter((one): one is Shown => one !== null)
  return (
    <>
    {shown.length > 0 && <div class="pictures">
      {shown.map(({ src, alt, label }) => (
        <figure key={src} class="pictures__one">
          <img class="pictures__image" src={src} alt={alt} loading="lazy" />
          <figcaption class="small muted">{label}</figcaption>
        </figure>
      ))}
    </div>}
    {noBefore && <p class="muted">沒有{evidenceKinds.before}的照片：{noBefore}</p>}
    {noAfter && <p class="muted">沒有{evidenceKinds.after}的照片：{noAfter}</p>}
    </>
  )
}
