import iconv from 'iconv-lite'

/** A letter from header lines and a body; strings are UTF-8, Buffers go in as they are. */
export function letterOf(headers: readonly (string | Buffer)[], body: string | Buffer = ''): Buffer {
  const lines = headers.flatMap((line) => [bytes(line), Buffer.from('\r\n')])
  return Buffer.concat([...lines, Buffer.from('\r\n'), bytes(body)])
}

/** A multipart letter; each part is made with letterOf. */
export function multipartOf(type: string, headers: readonly (string | Buffer)[], parts: readonly Buffer[], boundary = 'cut-here'): Buffer {
  const body = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')])
  const all = [...headers, `Content-Type: multipart/${type}; boundary="${boundary}"`]
  return letterOf(all, Buffer.concat([...body, Buffer.from(`--${boundary}--\r\n`)]))
}

export function big5(text: string): Buffer {
  return iconv.encode(text, 'big5')
}

export function gb18030(text: string): Buffer {
  return iconv.encode(text, 'gb18030')
}

/** One encoded word of raw bytes. */
export function word(charset: string, content: Buffer): string {
  return `=?${charset}?B?${content.toString('base64')}?=`
}

export function joined(...pieces: (string | Buffer)[]): Buffer {
  return Buffer.concat(pieces.map(bytes))
}

function bytes(value: string | Buffer): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value
}
