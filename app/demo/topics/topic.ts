/** Letters about one kind of matter: who answers them, and how often they come. */
export type Topic = {
  category: string
  /** responsible units by name, with their share */
  units: [string, number][]
  /** units that are often asked to help */
  joint?: string[]
  /** share among all letters */
  weight: number
  /** months in which it comes twice as often */
  season?: number[]
  /** matters of tourists and of people who live away */
  fromAway?: boolean
  matters: Matter[]
}

/** What such letters say, and what the office answers. Sentences have the slots of places.ts; every mixture of them makes sense. */
export type Matter = {
  subjects: string[]
  /** what happened */
  tells: string[]
  /** further circumstances */
  mores: string[]
  wishes: string[]
  /** what the office found and did */
  answers: string[]
  /** numbered questions with the answer to each */
  questions?: [string, string][]
  /** not the county's: passed on to the agency that is competent */
  elsewhere?: true
}
