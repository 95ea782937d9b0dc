// Addresses of the pages of directives, one function a page.

export const listPath = '/console/directives'
export const filteredListPath = (values: Record<string, string | null | undefined>) => `${listPath}${query(values)}`
export const directivePath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const reportPath = (name: string) => directivePath(name, 'report')
export const decidePath = (name: string, meeting?: string | null) => `${directivePath(name, 'decide')}${query({ meeting })}`
/** What a meeting ordered, and what it decides about earlier ones. */
export const meetingDirectivesPath = (number: string, what?: string) => `${listPath}/meetings/${encodeURIComponent(number)}${what ? `/${what}` : ''}`
export const statisticsPath = (on?: string | null) => `/console/directive-statistics${query({ on })}`
export const listFilePath = (format: string, values: Record<string, string | null | undefined>) => `/console/directive-list/file.${format}${query(values)}`

function query(values: Record<string, string | null | undefined>): string {
  const found = new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return found.size ? `?${found}` : ''
}
