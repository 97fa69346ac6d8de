// A program whose steps can be clicked: the current one is marked, those that have run say the shape that they left.

const TOKEN = /("""[\s\S]*?"""|"[^"\n]*")|\b(import|from|class|def|return|with|None|True|False)\b/g

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rows")
  root.setAttribute("aria-label", data.label)
  const focused = root.getRootNode().activeElement
  const held = focused && root.contains(focused)
  root.replaceChildren(...data.lines.map((text, index) => drawLine(text, index + 1, data)))

  const buttons = [...root.querySelectorAll("button")]
  const here = buttons.find((b) => b.classList.contains("here")) ?? buttons[0]
  stop(buttons, here)
  if (held && here) here.focus({ preventScroll: true })
  if (here) reveal(parentElement.querySelector(".code"), here)

  root.onclick = (event) => {
    const button = event.target.closest("button")
    if (button) setTriggerValue("step", Number(button.dataset.step))
  }
  root.onkeydown = (event) => {
    const at = buttons.indexOf(event.target)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)]
    stop(buttons, next)
    next.focus()
  }
}

function drawLine(text, number, data) {
  const index = data.steps.findIndex((step) => step.first <= number && number <= step.last)
  const step = data.steps[index]
  const first = step && step.first === number
  const line = document.createElement(first ? "button" : "div")
  line.className = "line"
  if (step && index < data.current) line.classList.add("done")
  if (step && index === data.current) line.classList.add("here")
  if (first) {
    line.type = "button"
    line.dataset.step = index
    if (index === data.current) line.setAttribute("aria-current", "step")
  }
  const gutter = span("number", number)
  gutter.setAttribute("aria-hidden", "true")
  line.append(gutter, ...coloured(text))
  if (first && index <= data.current && step.shape) line.append(span("shape", `→ ${step.shape}`))
  return line
}

// Strings and keywords in spans of their own; everything goes in as text.
function coloured(text) {
  const parts = []
  let at = 0
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(at, match.index), span(match[1] ? "text" : "word", match[0]))
    at = match.index + match[0].length
  }
  return [...parts, text.slice(at)]
}

// Scroll the box sideways back to the start of the line, and the line into the box, but never the page.
function reveal(box, line) {
  const [outer, inner] = [box.getBoundingClientRect(), line.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 2
}

// The one tab stop of all steps.
function stop(buttons, here) {
  buttons.forEach((b) => { b.tabIndex = b === here ? 0 : -1 })
}

function span(className, text) {
  const made = document.createElement("span")
  made.className = className
  made.textContent = text
  return made
}
