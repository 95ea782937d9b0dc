// Addresses of the meeting pages, one function a page.

export const listPath = '/console/meetings'
export const filteredListPath = (values: Record<string, string | null | undefined>) => `${listPath}${query(values)}`
/** the meetings of one body, for pages of other modules */
export const bodyMeetingsPath = (code: string) => filteredListPath({ body: code })
export const newPath = `${listPath}/new`
export const callPath = (code: string) => `${newPath}${query({ body: code })}`
export const meetingPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const holdPath = (name: string) => meetingPath(name, 'hold')
export const livePath = (name: string, what?: string) => meetingPath(name, `live${what ? `/${what}` : ''}`)
export const itemPath = (name: string, item: number | string, what?: string) => meetingPath(name, `items/${item}${what ? `/${what}` : ''}`)

/** 常設性委員會名冊 */
export const registerPath = '/console/meeting-register'

export const bodiesPath = '/console/meeting-bodies'
export const newBodyPath = `${bodiesPath}/new`
export const bodyPath = (code: string) => `${bodiesPath}/${code}`

export const calendarPath = (month?: string | null, on?: string | null) => `/console/meeting-calendar${query({ month, on })}`
export const calendarFilePath = (month: string) => `/console/meeting-calendar/month.ics${query({ month })}`

export const publicPath = '/meetings'
/** 常設委員會名冊 for everybody */
export const publicRegisterPath = '/meeting-register'
/** the published minutes of a body, of one ROC year */
export const publicBodyPath = (body: string, year: number) => `${publicPath}${query({ body, year: String(year) })}`
export const publicMinutesPath = (number: string) => `${publicPath}/${encodeURIComponent(number)}`

export const proposalsPath = '/console/meeting-proposals'
export const filteredProposalsPath = (values: Record<string, string | null | undefined>) => `${proposalsPath}${query(values)}`
export const newProposalPath = `${proposalsPath}/new`
export const proposalPath = (number: string, what?: string) => `${proposalsPath}/${encodeURIComponent(number)}${what ? `/${what}` : ''}`

function query(values: Record<string, string | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `?${found}` : ''
}
