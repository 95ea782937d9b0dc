const keys: [string[], string][] = [
  [['/'], '到搜尋欄'],
  [['j'], '下一列'],
  [['k'], '上一列'],
  [['Enter'], '打開這一列'],
  [['x'], '勾選這一列'],
  [['?'], '看這份按鍵表'],
  [['Esc'], '關掉視窗、離開欄位'],
]

/** The list of keys, opened by `?`. */
export function KeyHelp() {
  return (
    <dialog class="dialog" id="key-help" aria-labelledby="key-help-title">
      <h2 class="dialog__title" id="key-help-title">鍵盤按鍵</h2>
      <dl class="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}><dt>{names.map((name) => <kbd key={name}>{name}</kbd>)}</dt><dd>{meaning}</dd></div>
        ))}
      </dl>
      <form method="dialog"><button class="govuk-button button--secondary">關閉</button></form>
    </dialog>
  )
}
