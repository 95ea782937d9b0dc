import { expect, test } from 'vitest'
import { InLanguage, useWords } from '../words.ts'
import { newId, ready, write, writeApart } from './jsx-runtime.ts'

test('text and attributes are escaped; nothing, true and false are left out', () => {
  expect(write(<p title={'a"b<c'}>{'<b>&'} {1}{0}{null}{undefined}{true}{false}</p>)).toBe('<p title="a&quot;b&lt;c">&lt;b>&amp; 10</p>')
})

test('an object that only looks like an element is no markup', () => {
  const forged = JSON.parse('{"type":"script","props":{"children":"alert(1)"},"html":"<script>alert(1)</script>"}')
  expect(write(<p>{forged}</p>)).toBe('<p></p>')
})

test('attributes as HTML has them', () => {
  expect(write(<input tabIndex={0} maxLength={5} disabled hidden={false} value="" class={undefined} aria-hidden aria-expanded={false} data-select />)).toBe(
    '<input tabindex="0" maxlength="5" disabled value aria-hidden="true" aria-expanded="false" data-select="true"/>',
  )
  expect(write(<svg viewBox="0 0 8 8"><path d="M0 0" /></svg>)).toBe('<svg viewBox="0 0 8 8"><path d="M0 0"></path></svg>')
  expect(() => write(<p {...({ 'x onload="y"': 'z' } as object)} />)).toThrow('not the name of an attribute')
})

test('a text area holds its value, a select chooses its option, also below a component and in a group', () => {
  const Options = () => <optgroup label="g"><option value="a">甲</option><option value="b">乙</option></optgroup>
  expect(write(<textarea value={'</textarea>\n'} />)).toBe('<textarea>&lt;/textarea>\n</textarea>')
  expect(write(<select value="b"><Options /></select>)).toBe('<select><optgroup label="g"><option value="a">甲</option><option value="b" selected>乙</option></optgroup></select>')
  expect(write(<select><Options /></select>)).not.toContain('selected')
})

test('fragments, lists and markup that is ready', () => {
  expect(write(<>{[<li key={1}>一</li>, '、', [<li key={2}>二</li>]]}{ready('<hr>')}</>)).toBe('<li>一</li>、<li>二</li><hr>')
  expect(write(<div dangerouslySetInnerHTML={{ __html: '<i>x</i>' }} />)).toBe('<div><i>x</i></div>')
})

test('fixed words follow the language around them, and a failure leaves nothing behind', () => {
  const Word = () => <b>{useWords().next}</b>
  const Fails = () => { throw new Error('broken') }
  expect(write(<><InLanguage lang="en"><Word /><InLanguage lang="zh-Hant-TW"><Word /></InLanguage><Word /></InLanguage><Word /></>)).toBe('<b>Next</b><b>下一頁</b><b>Next</b><b>下一頁</b>')
  expect(() => write(<p>before<InLanguage lang="en"><Fails /></InLanguage></p>)).toThrow('broken')
  expect(write(<Word />)).toBe('<b>下一頁</b>')
})

test('ids are those of the page', () => {
  const Named = () => <p id={newId()} />
  expect(write(<><Named /><Named /></>)).toBe('<p id="id-1"></p><p id="id-2"></p>')
  expect(write(<Named />)).toBe('<p id="id-1"></p>')
})

test('a part for another page has ids of its own, also when it breaks', () => {
  const Named = () => <p id={newId()} />
  const Apart = ({ children }: { children: unknown }) => writeApart('similar', children)
  const Fails = () => { throw new Error('broken') }
  expect(write(<><Named /><Apart><Named /></Apart><Named /></>)).toBe('<p id="id-1"></p><p id="similar-2"></p><p id="id-3"></p>')
  expect(() => write(<Apart><Fails /></Apart>)).toThrow('broken')
  expect(write(<Named />)).toBe('<p id="id-1"></p>')
})
