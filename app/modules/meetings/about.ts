import type { Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'

/** What a meeting is about beyond its agenda, said by another module: a line on its page. */
export type About = { key: string; text: string; href: string }
type FindAbout = (reader: Reader, person: Person, meetingId: number) => Promise<About[]>

const finders: FindAbout[] = []

/** A module that holds its reviews in meetings of a body says so on their pages. */
export const useMeetingAbout = (find: FindAbout): void => { finders.push(find) }

/** What this person may know of it. */
export async function aboutMeeting(reader: Reader, person: Person, meetingId: number): Promise<About[]> {
  const found: About[] = []
  for (const find of finders) found.push(...(await find(reader, person, meetingId)))
  return found
}
