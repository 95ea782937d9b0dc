/** Undoes RFC 3676 format=flowed: lines that end in a space go on in the next line of the same quote depth. */
export function decodeFlowed(text: string, deleteSpace: boolean): string {
  const lines: { depth: number; content: string; open: boolean }[] = []
  for (const line of text.split('\n')) {
    const quotes = /^>*/.exec(line)?.[0].length ?? 0
    const content = line.slice(quotes).replace(/^ /, '')
    const isSignature = content === '-- '
    const flows = content.endsWith(' ') && !isSignature
    const kept = flows && deleteSpace ? content.slice(0, -1) : content
    const last = lines.at(-1)
    if (last?.open && last.depth === quotes && !isSignature) {
      last.content += kept
      last.open = flows
    } else {
      lines.push({ depth: quotes, content: kept, open: flows })
    }
  }
  return lines.map((line) => (line.depth > 0 ? '>'.repeat(line.depth) + ' ' : '') + line.content).join('\n')
}
