export interface PersonNameProps {
  name: string
  unit?: string | undefined
  /** 科長, 代理人. */
  title?: string | undefined
}

/** Who, with unit and title where that helps; a name never breaks in the middle. */
export function PersonName({ name, unit, title }: PersonNameProps) {
  return (
    <span class="person">
      {unit && <span class="person__unit">{unit}</span>}
      <span class="person__name">{name}</span>
      {title && <span class="person__title">{title}</span>}
    </span>
  )
}
