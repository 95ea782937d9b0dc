/** Copies a text; only shown where there is script. */
export function CopyButton({ text, children = '複製' }: { text: string; children?: string }) {
  return <button type="button" class="govuk-button button--secondary button--small" data-copy={text} hidden>{children}</button>
}
