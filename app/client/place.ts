/**
 * A button that puts the visitor's position into the form's hidden `latitude` and `longitude`, and takes it out again when
 * pressed once more. Words for each state come with the page.
 */
export function startPlace() {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-locate]')
    if (button) press(button)
  })
}

/** On every page: the button works only with script, so it is hidden without. */
export function enhancePlace(body: HTMLElement) {
  for (const button of body.querySelectorAll<HTMLButtonElement>('[data-locate]')) button.hidden = !('geolocation' in navigator)
}

function press(button: HTMLButtonElement) {
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => button.form?.elements.namedItem(name) as HTMLInputElement)
  if (!latitude || !longitude) return
  const put = (at: GeolocationCoordinates | null, words: string | undefined) => {
    latitude.value = at ? at.latitude.toFixed(5) : ''
    longitude.value = at ? at.longitude.toFixed(5) : ''
    button.textContent = (at ? button.dataset.remove : button.dataset.locate) ?? ''
    tell(button, words)
  }
  if (latitude.value) return put(null, button.dataset.removed)
  tell(button, button.dataset.waiting)
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => put(coords, button.dataset.located),
    () => put(null, button.dataset.failed),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  )
}

function tell(button: HTMLButtonElement, words: string | undefined) {
  const state = button.parentElement?.querySelector('[data-place-state]')
  if (state) state.textContent = words ?? ''
}
