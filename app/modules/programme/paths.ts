// Addresses of the programme's pages. The public side first.

export const publicPath = '/offshore-programme'
export const publicForumPath = (number: string) => `${publicPath}/forums/${encodeURIComponent(number)}`
export const publicEditionPath = (id: number) => `${publicPath}/editions/${id}`

export const listPath = '/console/programmes'
export const newPath = `${listPath}/new`
export const programmePath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const editionPath = (name: string, edition: number) => programmePath(name, `editions/${edition}`)
export const projectPath = (name: string, project: number) => programmePath(name, `projects/${project}`)
export const forumsPath = '/console/programme-forums'
export const forumPath = (name: string, what?: string) => `${forumsPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
