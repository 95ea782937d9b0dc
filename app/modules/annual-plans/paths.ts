// Addresses of the annual plan's pages, one function a page.

export const roundsPath = '/console/annual-plans'
export const newRoundPath = `${roundsPath}/new`
export const roundPath = (year: number, what?: string) => `${roundsPath}/${year}${what ? `/${what}` : ''}`
export const proposalsPath = (year: number, values: Record<string, string | null | undefined> = {}) => `${roundPath(year)}${query(values)}`
export const newProposalPath = (year: number) => roundPath(year, 'new')
export const proposalsBase = '/console/plan-proposals'
export const proposalPath = (number: string, what?: string) => `${proposalsBase}/${encodeURIComponent(number)}${what ? `/${what}` : ''}`

function query(values: Record<string, string | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `?${found}` : ''
}
export const reviewersPath = (year: number) => roundPath(year, 'reviewers')
export const sheetsPath = (year: number, after?: string | null) => `${roundPath(year, 'sheets')}${query({ after })}`
export const cutPath = (year: number, ceiling?: string | null) => `${roundPath(year, 'cut')}${query({ ceiling })}`
export const acceptPath = (year: number, ceiling?: string | null) => `${roundPath(year, 'accept')}${query({ ceiling })}`
export const decisionPath = (year: number, only?: string | null) => `${roundPath(year, 'decision')}${query({ only })}`
export const decisionFilePath = (year: number) => roundPath(year, 'decision.csv')
