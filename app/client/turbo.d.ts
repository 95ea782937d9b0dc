/** The part of Turbo that we use; the package has no types. */
declare module '@hotwired/turbo' {
  export const config: {
    drive: { progressBarDelay: number }
    forms: { confirm: (message: string, form: HTMLFormElement, submitter: HTMLElement | null) => Promise<boolean> }
  }
  export function visit(location: string, options?: { action?: 'advance' | 'replace' }): void
}
