/**
 * Text that is safe to print anywhere: no control characters, no invisible signs that turn the reading direction
 * (they make 付款 100 read as 001), no halves of surrogate pairs. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(unprintable, '')
}

// C0 and C1 but \t \n; zero-width signs; bidi marks, embeddings and isolates; line separators; interlinear marks; noncharacters; tags.
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu

const latin = /[0-9A-Za-z\u00c0-\u024f)\]%,.;:!?]$/
const latinStart = /^[0-9A-Za-z\u00c0-\u024f([]/

/** Two lines of one paragraph made one: a space only between Latin words, none between Chinese characters. */
export function joinLines(before: string, after: string): string {
  if (before === '') return after
  return latin.test(before) && latinStart.test(after) ? `${before} ${after}` : before + after
}
