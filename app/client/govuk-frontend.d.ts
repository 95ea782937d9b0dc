/** The part of govuk-frontend that we use; the package has no types. */
declare module 'govuk-frontend' {
  type Component = new ($root: Element | null, config?: object) => object
  export const CharacterCount: Component
  export const ErrorSummary: Component
  export const FileUpload: Component
  export const NotificationBanner: Component
  export const PasswordInput: Component
  export const SkipLink: Component
  export const Tabs: Component
  export function createAll(component: Component, config: object | undefined, scope: Element): object[]
}
