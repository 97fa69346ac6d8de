// Follows the page's links within the session, scrolls up when something else is on show, and gives a lecture its keys.

const HERE = /^(\.\/|[a-z]+)(\?|$)/
const START = "[class*='st-key-learn_full'] button"
const CLOSE = ".st-key-lecture_close button"
const KEYS = {
  ArrowRight: ".st-key-lecture_next button", PageDown: ".st-key-lecture_next button",
  ArrowLeft: ".st-key-lecture_before button", PageUp: ".st-key-lecture_before button",
  Escape: CLOSE,
}
// Whatever has a use of its own for these keys.
const BUSY = "input:not([type=radio]), textarea, select, [contenteditable], [role=slider], [role=listbox], [role=toolbar], [role=tablist]"

export default function ({ data, parentElement, setTriggerValue }) {
  const before = parentElement.reading
  if (before && before.at !== data.at) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  before?.listening.abort()
  const listening = new AbortController()
  parentElement.reading = { at: data.at, listening }
  const on = (name, act, capture = false) => document.addEventListener(name, act, { signal: listening.signal, capture })

  on("click", (event) => {
    if (event.target.closest?.(START)) document.documentElement.requestFullscreen?.().catch(() => {})
    if (event.target.closest?.(CLOSE) && document.fullscreenElement) document.exitFullscreen()
    const address = event.target.closest?.("[data-testid=stMain] a[href]")?.getAttribute("href")
    if (!address || !HERE.test(address)) return
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    setTriggerValue("link", address)
  }, true)

  if (data.lecture) {
    on("fullscreenchange", () => { if (!document.fullscreenElement) setTriggerValue("left", true) })
    on("keydown", (event) => {
      const busy = event.composedPath().some((part) => part.matches?.(BUSY))
      const button = KEYS[event.key] && document.querySelector(KEYS[event.key])
      if (busy || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || !button) return
      event.preventDefault()
      button.click()
    })
  }
  return () => listening.abort()
}
