import type { ComponentChildren } from 'preact'
import { fileSize } from './file-upload.tsx'

export interface Attachment {
  name: string
  href: string
  /** where the file is as it came, when `href` shows a picture drawn anew */
  original?: string | undefined
  bytes: number
  /** The kind as people say it: PDF, 照片, Word. */
  kind?: string
  /** Who added it and when, or what was found in it. */
  note?: ComponentChildren
  action?: ComponentChildren
}

/** Files that belong to something, with kind and size before one opens them. */
export function Attachments({ files, label = '附件' }: { files: readonly Attachment[]; label?: string }) {
  if (files.length === 0) return null
  return (
    <ul class="attachments" aria-label={label}>
      {files.map((file) => (
        <li key={file.href} class="attachment">
          <svg class="attachment__icon" viewBox="0 0 16 20" width="16" height="20" aria-hidden="true" focusable="false">
            <path d="M2 1h8l4 4v14H2z M10 1v4h4" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" />
          </svg>
          <span class="attachment__what">
            <a href={file.href} data-turbo="false">{file.name}</a>
            <span class="attachment__facts">{[file.kind, fileSize(file.bytes)].filter(Boolean).join('，')}</span>
            {file.original && <a class="attachment__note" href={file.original} data-turbo="false">下載原檔<span class="govuk-visually-hidden">：{file.name}</span></a>}
            {file.note && <span class="attachment__note">{file.note}</span>}
          </span>
          {file.action}
        </li>
      ))}
    </ul>
  )
}
