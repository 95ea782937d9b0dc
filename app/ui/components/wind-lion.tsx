export interface WindLionProps {
  /** In CSS pixels; up to 24 a plainer drawing on the grid of small screens is used. */
  size?: number
  /** Read out; without it the mark is decoration. */
  label?: string
}

/** The wind lion: our mark, drawn in one colour. It sits facing you, with its bell, and the wind takes the cape. */
export function WindLion({ size = 32, label }: WindLionProps) {
  return (
    <svg
      class="wind-lion"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : 'true'}
      focusable="false"
    >
      <path d={size > 24 ? windLion : smallWindLion} fill="currentColor" />
    </svg>
  )
}

/** On a grid of 32; holes are wound the other way. */
export const windLion = 'M8.3 17.8A3 3 0 0 1 5.3 13.6A3.2 3.2 0 0 1 5.5 8.8C4.6 7.2 4.4 5.2 5 3.6C6.6 3.7 8.2 4.1 9.2 4.9A3.1 3.1 0 0 1 13.6 2.7A3 3 0 0 1 18.4 2.7A3.1 3.1 0 0 1 22.8 4.9C23.8 4.1 25.4 3.7 27 3.6C27.6 5.2 27.4 7.2 26.5 8.8A3.2 3.2 0 0 1 26.7 13.6A3 3 0 0 1 23.7 17.8A3.3 3.3 0 0 1 18.6 19A3.2 3.2 0 0 1 13.4 19A3.3 3.3 0 0 1 8.3 17.8zM11.6 7.3a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM20.4 7.3a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM12 8.8a0.8 0.8 0 1 1 0 1.6 0.8 0.8 0 0 1 0-1.6zM20 8.8a0.8 0.8 0 1 1 0 1.6 0.8 0.8 0 0 1 0-1.6zM13.9 11.3C14.2 12.5 15 13 16 13S17.8 12.5 18.1 11.3C17.4 10.9 14.6 10.9 13.9 11.3zM9.7 13.6C10.6 16.5 13 17.6 16 17.6S21.4 16.5 22.3 13.6L20 14.3 19 15.8 18 14.5H14L13 15.8 12 14.3zM16 20.9a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4zM9.6 19.9C6.2 21.8 3.7 25.8 3 31H9.4C9.4 27.4 10.2 24.6 12.3 21.9C11.2 21.5 10.3 20.8 9.6 19.9zM22.4 19.9C25.4 21.3 28 21.6 31.4 20.9C29.4 23.2 28.6 27 29.2 31H22.6C22.6 27.4 21.8 24.6 19.7 21.9C20.8 21.5 21.7 20.8 22.4 19.9zM13.3 23.7C11.7 25.6 11 28 11 31H14.9V28.4a1.1 1.1 0 0 1 2.2 0V31H21C21 28 20.3 25.6 18.7 23.7A2.9 2.9 0 0 1 13.3 23.7z'

/** Without pupils, nose and bell; eyes and mouth lie on whole pixels at 16. `public/favicon.svg` is the same. */
export const smallWindLion = 'M8.3 17.8A3 3 0 0 1 5.3 13.6A3.2 3.2 0 0 1 5.5 8.8C4.6 7.2 4.4 5.2 5 3.6C6.6 3.7 8.2 4.1 9.2 4.9A3.1 3.1 0 0 1 13.6 2.7A3 3 0 0 1 18.4 2.7A3.1 3.1 0 0 1 22.8 4.9C23.8 4.1 25.4 3.7 27 3.6C27.6 5.2 27.4 7.2 26.5 8.8A3.2 3.2 0 0 1 26.7 13.6A3 3 0 0 1 23.7 17.8A3.3 3.3 0 0 1 18.6 19A3.2 3.2 0 0 1 13.4 19A3.3 3.3 0 0 1 8.3 17.8zM10.4 8A.4 .4 0 0 0 10 8.4V11.6A.4 .4 0 0 0 10.4 12H13.6A.4 .4 0 0 0 14 11.6V8.4A.4 .4 0 0 0 13.6 8zM18.4 8A.4 .4 0 0 0 18 8.4V11.6A.4 .4 0 0 0 18.4 12H21.6A.4 .4 0 0 0 22 11.6V8.4A.4 .4 0 0 0 21.6 8zM10 14C10.4 16.2 13 17 16 17S21.6 16.2 22 14zM9.6 19.9C6.2 21.8 3.7 25.8 3 31H9.4C9.4 27.4 10.2 24.6 12.3 21.9C11.2 21.5 10.3 20.8 9.6 19.9zM22.4 19.9C25.4 21.3 28 21.6 31.4 20.9C29.4 23.2 28.6 27 29.2 31H22.6C22.6 27.4 21.8 24.6 19.7 21.9C20.8 21.5 21.7 20.8 22.4 19.9zM16 22C12.6 23.6 11.6 27 11.6 31H15V28H17V31H20.4C20.4 27 19.4 23.6 16 22z'
