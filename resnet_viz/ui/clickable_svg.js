// Diagrams whose boxes are buttons: reports the place of the chosen box, "" for a click beside the boxes.

const FIGURES = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".figure")
  let figure = FIGURES.get(root)
  if (!figure) {
    figure = { panes: [], step: -1, chosen: null }
    figure.steps = element("div", "steps")
    figure.steps.setAttribute("role", "tablist")
    figure.row = element("div", "panes")
    root.replaceChildren(figure.steps, figure.row)
    FIGURES.set(root, figure)
  }
  figure.report = (place) => setTriggerValue("place", place)
  const active = root.getRootNode().activeElement
  const held = root.contains(active) ? active : null

  while (figure.panes.length > data.panes.length) removePane(figure.panes.pop())
  while (figure.panes.length < data.panes.length) figure.panes.push(addPane(figure))
  figure.panes.forEach((pane, index) => updatePane(pane, data.panes[index], data.labels))
  updateSteps(figure, data)
  if (held && !held.isConnected) focusAgain(figure, held.dataset.node)

  return () => {
    figure.panes.forEach(removePane)
    FIGURES.delete(root)
  }
}

function addPane(figure) {
  const box = element("section", "pane")
  const bar = element("div", "bar")
  const view = element("div", "view")
  const pane = { box, bar, view, title: element("span", "title"), svg: null, source: null, selected: null }
  pane.zoom = panZoom(view)
  pane.buttons = [["zoom_in", "M8 3v10M3 8h10"], ["zoom_out", "M3 8h10"], ["fit", "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"]].map(
    ([name, path]) => {
      const button = element("button")
      button.type = "button"
      button.dataset.action = name
      button.append(icon(path))
      button.onclick = () => pane.zoom[name]()
      return button
    },
  )
  bar.append(pane.title, ...pane.buttons)
  box.append(bar, view)
  figure.row.append(box)
  view.onclick = (event) => {
    if (pane.zoom.dragged()) return
    choose(figure, pane, event.target.closest(".place")?.dataset.node ?? "")
  }
  view.onkeydown = (event) => pressed(figure, pane, event)
  view.addEventListener("focusin", (event) => {
    if (event.target.dataset.node) pane.zoom.reveal(event.target)
  })
  return pane
}

function removePane(pane) {
  pane.zoom.stop()
  pane.box.remove()
}

function updatePane(pane, data, labels) {
  pane.title.textContent = data.title
  pane.prefix = data.prefix
  pane.box.setAttribute("aria-label", data.title)
  pane.buttons.forEach((button) => {
    button.title = labels[button.dataset.action]
    button.setAttribute("aria-label", `${labels[button.dataset.action]}: ${data.title}`)
  })
  if (pane.source !== data.svg) {
    pane.source = data.svg
    pane.svg = cleaned(data.svg)
    pane.view.replaceChildren(pane.svg)
    pane.box.style.setProperty("--weight", Math.max(pane.svg.viewBox.baseVal.width, 170))
    pane.zoom.show(pane.svg)
    pane.selected = null
  }
  pane.svg.setAttribute("aria-label", data.title)
  const nodes = places(pane)
  nodes.forEach((node) => {
    const name = data.names[node.dataset.node] ?? node.dataset.node
    node.setAttribute("aria-label", name)
    node.querySelector("title").textContent = name
    node.classList.toggle("open", node.dataset.node === data.open)
    node.classList.toggle("marked", data.marked.includes(node.dataset.node))
  })
  mark(pane, data.selected)
  const start = nodes.find((n) => n.dataset.node === data.selected) ?? nodes.find((n) => n.classList.contains("open"))
  stop(nodes, start ?? nodes[0])
  if (start && pane.selected !== data.selected) pane.zoom.reveal(start)
  pane.selected = data.selected
}

function mark(pane, place) {
  places(pane).forEach((node) => node.setAttribute("aria-pressed", String(node.dataset.node === place)))
}

function choose(figure, chosen, place) {
  if (place) figure.panes.forEach((pane) => pane.prefix === chosen.prefix && mark(pane, place))
  figure.report(place && chosen.prefix + place)
}

// The tabs of a narrow page; a new selection moves on to its pane, a tap on a tab looks elsewhere.
function updateSteps(figure, data) {
  const chosen = `${data.step} ${data.panes.map((pane) => pane.selected).join(" ")}`
  if (figure.chosen !== chosen || figure.step >= data.panes.length) figure.step = data.step
  figure.chosen = chosen
  figure.steps.setAttribute("aria-label", data.labels.steps)
  figure.steps.hidden = data.panes.length < 2
  while (figure.steps.children.length > data.panes.length) figure.steps.lastChild.remove()
  data.panes.forEach((pane, index) => {
    let tab = figure.steps.children[index]
    if (!tab) {
      tab = element("button")
      tab.type = "button"
      tab.setAttribute("role", "tab")
      tab.onclick = () => show(figure, index)
      figure.steps.append(tab)
    }
    tab.textContent = pane.title
  })
  figure.steps.onkeydown = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!way) return
    show(figure, (figure.step + way + figure.panes.length) % figure.panes.length)
    figure.steps.children[figure.step].focus()
  }
  show(figure, figure.step)
}

function show(figure, step) {
  figure.step = step
  figure.panes.forEach((pane, index) => pane.box.classList.toggle("shown", index === step))
  ;[...figure.steps.children].forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(index === step))
    tab.tabIndex = index === step ? 0 : -1
  })
}

function pressed(figure, pane, event) {
  const node = event.target.closest(".place")
  const zoom = { "+": "zoom_in", "=": "zoom_in", "-": "zoom_out", 0: "fit" }[event.key]
  if (!node || event.ctrlKey || event.metaKey || event.altKey) return
  if (zoom) pane.zoom[zoom]()
  else if (event.key === "Enter" || event.key === " ") choose(figure, pane, node.dataset.node)
  else if (event.key.startsWith("Arrow")) walk(pane, node, event.key)
  else return
  event.preventDefault()
}

// The nearest box in the direction of an arrow key; what lies aside counts twice.
function walk(pane, from, key) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key]
  const [x, y] = centre(from)
  const nodes = places(pane)
  const ahead = nodes
    .map((node) => ({ node, at: centre(node) }))
    .map(({ node, at }) => ({ node, along: (at[0] - x) * dx + (at[1] - y) * dy, aside: Math.abs((at[0] - x) * dy) + Math.abs((at[1] - y) * dx) }))
    .filter(({ node, along, aside }) => node !== from && along > 1 && aside < 4 * along)
    .sort((a, b) => a.along + 2 * a.aside - b.along - 2 * b.aside)
  if (!ahead.length) return
  stop(nodes, ahead[0].node)
  ahead[0].node.focus({ preventScroll: true })
}

function centre(node) {
  const box = node.querySelector("path, ellipse").getBBox()
  return [box.x + box.width / 2, box.y + box.height / 2]
}

function focusAgain(figure, place) {
  const all = figure.panes.flatMap(places)
  const node = all.find((n) => n.dataset.node === place) ?? all.find((n) => n.getAttribute("aria-pressed") === "true")
  node?.focus({ preventScroll: true })
}

function places(pane) {
  return [...pane.svg.querySelectorAll(".place")]
}

// The one tab stop of a diagram.
function stop(nodes, here) {
  nodes.forEach((node) => node.setAttribute("tabindex", node === here ? "0" : "-1"))
}
