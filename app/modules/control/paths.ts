// Addresses of the project pages, one function a page. The public side first.

export const publicPath = '/projects'
export const publicProjectPath = (number: string, month?: string | null) => `${publicPath}/${encodeURIComponent(number)}${query({ month })}`
export const publicMonthPath = (month: string) => `${publicPath}${query({ month })}`
export const publicDataPath = (month: string) => `${publicPath}/${month}.csv`

export const listPath = '/console/projects'
export const filteredListPath = (values: Record<string, string | null | undefined>) => `${listPath}${query(values)}`
export const newPath = `${listPath}/new`
export const projectPath = (number: string, what?: string) => `${listPath}/${encodeURIComponent(number)}${what ? `/${what}` : ''}`
export const monthPath = (number: string, month: string) => projectPath(number, `months/${month}`)
export const roundsPath = '/console/project-rounds'
export const roundPath = (month: string, what?: string) => `${roundsPath}/${month}${what ? `/${what}` : ''}`
export const lightRulesPath = '/console/light-rules'
export const statisticsPath = (on?: string | null, known?: string | null) => `/console/project-statistics${query({ on, known })}`

function query(values: Record<string, string | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `?${found}` : ''
}
