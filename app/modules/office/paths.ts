// Addresses of the pages around the office's work, one function a page.

const withQuery = (path: string, filters: Record<string, string | number | null | undefined>): string => {
  const query = new URLSearchParams(Object.entries(filters).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])))
  return query.size ? `${path}?${query}` : path
}

export const mailPath = '/console/mail'
/** Messages in a state, about a case, from a key on. */
export const mailListPath = (filters: { state?: string | undefined; case?: string; before?: number; after?: number }) => withQuery(mailPath, filters)
export const mailAgainPath = `${mailPath}/again`
export const messagePath = (id: number | string, what?: string) => `${mailPath}/${id}${what ? `/${what}` : ''}`

export const peoplePath = '/console/people'
export const newPersonPath = `${peoplePath}/new`
/** People who fit, from a login on. */
export const peopleListPath = (filters: Record<string, string | undefined>) => withQuery(peoplePath, filters)
export const personPath = (id: number | string, what?: string) => `${peoplePath}/${id}${what ? `/${what}` : ''}`

/** What a colleague has open goes to another: whose, to whom. */
export const handOverPath = '/console/hand-over'
export const handOverOfPath = (from: number | string, to?: number | string, page?: number) => withQuery(handOverPath, { from, to, page })
export const handOverListPath = (page?: number) => withQuery(handOverPath, { page })
/** 收回 */
export const takeBackPath = `${handOverPath}/take-back`

export const signInRulesPath = `${peoplePath}/sign-in-rules`

export const unitsPath = '/console/units'
export const newUnitPath = `${unitsPath}/new`
export const unitListPath = (filters: Record<string, string | undefined>) => withQuery(unitsPath, filters)
export const unitPath = (id: number | string, what?: string) => `${unitsPath}/${id}${what ? `/${what}` : ''}`

export const accountPath = '/console/account'
export const deputiesPath = `${accountPath}/deputies`
/** Password, passkeys, authenticator, recovery codes, where one is signed in. */
export const securityPath = `${accountPath}/security`
export const totpPath = `${securityPath}/authenticator`
export const newPasskeyPath = `${securityPath}/passkeys/new`

export const signInPath = '/sign-in'
export const singleSignOnPath = `${signInPath}/single-sign-on`
export const secondFactorPath = `${signInPath}/second-factor`

export const systemPath = '/console/system'

export const jobsPath = '/console/jobs'
export const jobListPath = (filters: { tray?: string | undefined; before?: string; after?: string }) => withQuery(jobsPath, filters)
export const jobPath = (id: string, what?: string) => `${jobsPath}/${id}${what ? `/${what}` : ''}`

export const checkpointPath = '/checkpoint'
export const recordKeysPath = `${checkpointPath}/keys`
export const consistencyPath = `${checkpointPath}/consistency`
