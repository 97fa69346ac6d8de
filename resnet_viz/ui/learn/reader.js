// Follows the page's links within the session, scrolls up when something else is on show, or back to the link by which
// the reader left it, and gives a lecture its keys.

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
// The links of the text: their order is the same whenever a lesson is drawn.
const LINKS = "[data-testid=stMain] [class*='st-key-learn_text'] a[href]"
const FIELD = "st-key-typed_"
const LEFT = "resnet_viz_left"
const RUNNING = "[data-testid=stApp]:not([data-test-script-state=notRunning]), [data-testid=stSkeleton]"
const HANDS = ["wheel", "touchstart", "pointerdown", "keydown"]

export default function ({ data, parentElement, setTriggerValue }) {
  const before = parentElement.reading
  if (before?.at !== data.at && !returned(data.at) && before) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  before?.listening.abort()
  const listening = new AbortController()
  parentElement.reading = { at: data.at, listening }
  const on = (name, act, capture = false) => document.addEventListener(name, act, { signal: listening.signal, capture })

  on("click", (event) => {
    if (event.target.closest?.(START)) document.documentElement.requestFullscreen?.().catch(() => {})
    if (event.target.closest?.(CLOSE) && document.fullscreenElement) document.exitFullscreen()
    const link = event.target.closest?.("[data-testid=stMain] a[href]")
    const address = link?.getAttribute("href")
    if (!address || !HERE.test(address)) return
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    leave(link, address, data.at)
    setTriggerValue("link", { address, typed: typed() })
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

// What stands in answer fields, by question: the server hears of a field in a form only when it is submitted.
function typed() {
  const fields = [...document.querySelectorAll(`[class*=${FIELD}]`)]
  return Object.fromEntries(fields.map((field) => {
    const name = [...field.classList].find((one) => one.startsWith(FIELD))
    return [name.slice(FIELD.length), field.querySelector("input")?.value ?? ""]
  }))
}

// Remember the link by which the reader leaves. Another lesson is read from its top, and so is this one after it.
function leave(link, address, at) {
  const index = [...document.querySelectorAll(LINKS)].indexOf(link)
  const lesson = (url) => new URL(url, location.href).searchParams.get("lesson")
  if (index >= 0 && lesson(address) === lesson(location.href)) sessionStorage.setItem(LEFT, JSON.stringify({ at, index }))
  else sessionStorage.removeItem(LEFT)
}

// Whether the reader left what is on show by a link. It is kept in view until all is drawn or the reader moves.
function returned(at) {
  const left = JSON.parse(sessionStorage.getItem(LEFT))
  if (left?.at !== at) return false
  sessionStorage.removeItem(LEFT)
  const over = new AbortController()
  const timer = setInterval(() => {
    document.querySelectorAll(LINKS)[left.index]?.scrollIntoView({ block: "center" })
    if (!document.querySelector(RUNNING)) over.abort()
  }, 100)
  over.signal.addEventListener("abort", () => clearInterval(timer))
  HANDS.forEach((name) => addEventListener(name, () => over.abort(), { signal: over.signal, capture: true, passive: true }))
  return true
}
