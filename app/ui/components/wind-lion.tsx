export interface WindLionProps {
  size?: number
  /** Read out; without it the mark is decoration. */
  label?: string
}

/** The wind lion: our mark, drawn in one colour, seated and facing you with its cape. */
export function WindLion({ size = 32, label }: WindLionProps) {
  return (
    <svg class="wind-lion" viewBox="0 0 32 32" width={size} height={size} role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'} focusable="false">
      <path d={windLionPath} fill="currentColor" fill-rule="evenodd" />
    </svg>
  )
}

export const windLionPath = 'M16 2a8 8 0 0 1 8 8v4l4 16H4L8 14v-4a8 8 0 0 1 8-8zM12 9a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm8 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z'
