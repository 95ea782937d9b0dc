// Addresses of the pages of state compensation, one function a page. The public side first.

export const publicPath = '/compensation'
export const filePath = `${publicPath}/new`

export const listPath = '/console/compensations'
export const newPath = `${listPath}/new`
export const councilsPath = '/console/compensation-councils'
export const negotiationsPath = '/console/compensation-negotiations'
export const claimPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const halfYearPath = () => '/console/compensation-half-years'
export const halfYearFilePath = (half: string, format: string) => `${halfYearPath()}/file.${format}?half=${half}`
