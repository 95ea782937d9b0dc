/**
 * Makes the library's SVG fit for every reader: presentation attributes instead of style attributes (a strict content
 * security policy drops those), no style sheet, no hover classes, text on its base line (LibreOffice knows no
 * dominant-baseline), identifiers that are the same at every run, and a title and description for those who listen.
 */
export function plainSvg(svg: string, { name, title, description }: { name: string; title: string; description: string }): string {
  const body = svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/ (?:class|pointer-events|cursor|ecmeta_[a-z_]+)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/<text[^>]*>/g, onBaseLine)
    .replace(/<rect[^>]*fill="none"[^>]*><\/rect>/, '')
    .replace(/\bzr\d+-/g, `${name}-`)
    .replace(/\s*\n\s*/g, '')
  const [, width = '', height = ''] = /^<svg width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
    ` aria-labelledby="${name}-t ${name}-d"><title id="${name}-t">${escapeXml(title)}</title>` +
    `<desc id="${name}-d">${escapeXml(description)}</desc>${body}</svg>`
  )
}

const kept = new Set(['font-size', 'font-family', 'font-weight', 'font-style', 'fill', 'stroke', 'stroke-width', 'opacity'])

function attributesOf(style: string): string {
  return style
    .split(';')
    .map((each) => each.split(':').map((part) => part.trim()))
    .filter(([property]) => kept.has(property ?? ''))
    .map(([property, value = '']) => ` ${property}="${value.replace(/px$/, '').replaceAll('"', "'")}"`)
    .join('')
}

// The middle of a line of text lies about 0.36 em above its base line, for Chinese characters and digits alike.
function onBaseLine(tag: string): string {
  if (!tag.includes('dominant-baseline="central"')) return tag
  const size = Number(/font-size="([\d.]+)"/.exec(tag)?.[1] ?? 12)
  const y = Number(/ y="(-?[\d.]+)"/.exec(tag)?.[1] ?? 0) + size * 0.36
  const without = tag.replace(/ dominant-baseline="[^"]*"/, '').replace(/ y="[^"]*"/, '')
  return without.replace('<text', `<text y="${Math.round(y * 100) / 100}"`)
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
