export interface ProgressBarProps {
  label: string
  done: number
  total: number
  unit?: string
}

/** Work that takes longer than a second, with the number done. */
export function ProgressBar({ label, done, total, unit = '件' }: ProgressBarProps) {
  return (
    <div class="progress">
      <span class="progress__label">{label}</span>
      <progress aria-label={label} max={total || 1} value={done} />
      <span class="progress__number number">{done.toLocaleString('en')} / {total.toLocaleString('en')} {unit}</span>
    </div>
  )
}
