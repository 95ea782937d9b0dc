/** A meeting as it runs: asks for the board, which the server answers when it has changed, and puts it in place. */
export function enhanceLive(body: HTMLElement) {
  for (const board of body.querySelectorAll<HTMLElement>('[data-live]')) void follow(board)
}

const pauseMs = 3_000

async function follow(board: HTMLElement) {
  if (board.dataset.following) return
  board.dataset.following = ''
  const state = board.parentElement?.querySelector<HTMLElement>('[data-live-state]')
  const say = (text: string) => {
    if (state && state.textContent !== text) state.textContent = text
  }
  say('畫面會自動更新。')
  while (board.isConnected) {
    try {
      const answer = await fetch(`${board.dataset.live}?since=${encodeURIComponent(board.dataset.version ?? '')}`, { headers: { accept: 'application/json' } })
      if (answer.redirected || answer.status === 401 || answer.status === 403 || answer.status === 404) return say('要再登入才能繼續看，請按「重新整理」。')
      if (!answer.ok) throw new Error(String(answer.status))
      const { version, html } = (await answer.json()) as { version?: string; html?: string }
      if (version && html !== undefined) {
        board.dataset.version = version
        board.innerHTML = html
      }
      say('畫面會自動更新。')
    } catch {
      say('現在連不上伺服器，正在重試。')
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
