import { classes } from '../classes.ts'
import { scriptWords, useWords } from '../words.ts'
import { FieldFrame, controlProps } from './field.tsx'
import type { FieldProps } from './field.tsx'

export interface FileUploadProps extends FieldProps {
  multiple?: boolean
  /** File kinds offered by the browser, such as `.pdf,.jpg`; the server looks at the content. */
  accept?: string
  /** Largest size of one file in bytes: said in the hint, checked before sending where there is script. */
  maxBytes?: number
  maxFiles?: number
}

/** Files from one's own device, by button or by dropping. */
export function FileUpload(props: FileUploadProps) {
  const words = useWords()
  const { multiple, accept, maxBytes, maxFiles } = props
  const limit = maxBytes && `${words.upTo} ${fileSize(maxBytes)}`
  const field = { ...props, hint: props.hint ?? limit }
  return (
    <FieldFrame field={field}>
      <div
        class="govuk-file-upload-wrapper"
        data-module="govuk-file-upload"
        {...scriptWords({
          'choose-files-button': words.chooseFiles,
          'no-file-chosen': words.noFile,
          'multiple-files-chosen.other': words.filesChosen,
          'multiple-files-chosen.one': words.filesChosen,
          'drop-instruction': words.dropFiles,
          'entered-drop-zone': words.enteredDrop,
          'left-drop-zone': words.leftDrop,
        })}
      >
        <input
          {...controlProps(field)}
          class={classes('govuk-file-upload', props.error && 'govuk-file-upload--error')}
          type="file"
          multiple={multiple}
          accept={accept}
          data-max-bytes={maxBytes}
          data-max-files={maxFiles}
        />
      </div>
    </FieldFrame>
  )
}

/** Bytes as people read them: 340 KB, 12.5 MB. Powers of 1024, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let size = bytes / 1024
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[unit]}`
}
