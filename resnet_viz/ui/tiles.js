// Groups of buttons cut out of one sheet of pictures. Reports the id of the clicked one.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tiles")
  root.setAttribute("aria-label", data.label)
  root.classList.toggle("crisp", data.crisp)
  root.classList.toggle("clip", data.clip)
  root.style.setProperty("--side", `${data.side}px`)
  root.style.setProperty("--sheet", `url("${data.sheet}")`)
  root.style.setProperty("--sheet-size", `${data.columns * data.side}px ${data.rows * data.side}px`)
  const held = root.contains(root.getRootNode().activeElement) ? root.getRootNode().activeElement.dataset.tile : null
  root.replaceChildren(...data.groups.map((group) => drawGroup(group, data)))

  const buttons = [...root.querySelectorAll("button")]
  const start = buttons.find((b) => b.getAttribute("aria-pressed") === "true") ?? buttons[0]
  if (start) stop(buttons, start)
  if (held !== null) buttons.find((b) => b.dataset.tile === held)?.focus({ preventScroll: true })

  root.onclick = (event) => {
    const button = event.target.closest("button")
    if (!button) return
    press(buttons, button)
    setTriggerValue("tile", button.dataset.tile)
  }
  root.onkeydown = (event) => {
    const at = buttons.indexOf(event.target)
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    const next = buttons[Math.min(Math.max(to, 0), buttons.length - 1)]
    stop(buttons, next)
    next.focus()
  }
}

function drawGroup(group, data) {
  const row = element("div", "row")
  row.append(...group.tiles.map((tile) => drawTile(tile, data)))
  const box = element("div", "group")
  box.setAttribute("role", "group")
  if (group.color) box.style.setProperty("--group-color", group.color)
  if (group.title) {
    box.setAttribute("aria-label", group.title)
    const head = element("div", "head")
    head.append(element("span", "title", group.title), element("span", "note", group.note))
    box.append(head)
  }
  box.append(row)
  return box
}

function drawTile(tile, data) {
  const button = element("button", "tile")
  button.type = "button"
  button.dataset.tile = tile.id
  button.title = tile.name
  button.tabIndex = -1
  button.setAttribute("aria-label", tile.name)
  button.setAttribute("aria-pressed", String(tile.id === data.selected))
  const picture = element("span", "picture")
  const [column, row] = [tile.index % data.columns, Math.floor(tile.index / data.columns)]
  picture.style.backgroundPosition = `${-column * data.side}px ${-row * data.side}px`
  button.append(picture, element("span", "caption", tile.caption))
  return button
}

function press(buttons, pressed) {
  buttons.forEach((b) => b.setAttribute("aria-pressed", String(b === pressed)))
  stop(buttons, pressed)
}

// The one tab stop of the whole toolbar.
function stop(buttons, here) {
  buttons.forEach((b) => { b.tabIndex = b === here ? 0 : -1 })
}
