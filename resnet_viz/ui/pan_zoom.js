// Looking at a drawing that may be larger than its frame: the frame's place on the drawing is the SVG's viewBox.

const LARGEST_FIT = 1.4 // pixels for a point of the drawing, where there is room for more
const SMALLEST_FIT = 1 // below that letters are too small to read: show a part, and let it be moved
const DEEPEST = 6
const MARGIN = 8
const STILL = 5 // pixels that a finger may slip in a click

function panZoom(view) {
  let svg = null
  let size = [1, 1]
  let at = { x: 0, y: 0, scale: 1 }
  let zoomed = false
  let wanted = null // the box that should be in sight when the frame changes
  let moved = false
  const fingers = new Map()

  const frame = () => [view.clientWidth, view.clientHeight]
  const hidden = () => !view.clientWidth

  function fitted(smallest) {
    const [width, height] = frame()
    const wide = Math.max(width - 2 * MARGIN, 1) / size[0] // a hidden pane has no width
    const scale = Math.min(wide, LARGEST_FIT, Math.max((height - MARGIN) / size[1], smallest))
    return { scale, x: (size[0] - width / scale) / 2, y: 0 }
  }

  // The height at which the drawing fills the width: that of a frame which has the page to itself.
  function measure() {
    if (hidden()) return
    const scale = Math.min(Math.max(frame()[0] - 2 * MARGIN, 1) / size[0], LARGEST_FIT)
    view.style.setProperty("--natural", `${Math.ceil(size[1] * scale) + MARGIN}px`)
  }

  function draw() {
    if (!svg || hidden()) return
    const [width, height] = frame()
    svg.setAttribute("viewBox", `${at.x} ${at.y} ${width / at.scale} ${height / at.scale}`)
    view.classList.toggle("zoomed", zoomed)
  }

  // Keep the drawing in its frame, or the frame in the drawing where that is larger.
  function bounded(next) {
    const held = (value, length, room) => {
      const ends = [0, length - room].sort((a, b) => a - b)
      return Math.min(Math.max(value, ends[0]), ends[1])
    }
    const [width, height] = frame()
    return { scale: next.scale, x: held(next.x, size[0], width / next.scale), y: held(next.y, size[1], height / next.scale) }
  }

  function move(dx, dy) {
    const before = at
    at = bounded({ ...at, x: at.x - dx / at.scale, y: at.y - dy / at.scale })
    draw()
    return at.x !== before.x || at.y !== before.y
  }

  function zoom(factor, px, py) {
    const least = fitted(0).scale / 2
    const scale = Math.min(Math.max(at.scale * factor, least), DEEPEST)
    const [x, y] = [at.x + px / at.scale, at.y + py / at.scale]
    zoomed = true
    at = bounded({ scale, x: x - px / scale, y: y - py / scale })
    draw()
  }

  function start() {
    zoomed = false
    at = fitted(SMALLEST_FIT)
    draw()
    if (wanted) reveal(wanted)
  }

  // Bring a box into the frame, with the least movement.
  function reveal(node) {
    const [box, seen] = [node.getBoundingClientRect(), view.getBoundingClientRect()]
    if (!box.width || !seen.width) return
    const by = (low, high, from, to) => (low < from ? from + MARGIN - low : high > to ? to - MARGIN - high : 0)
    const [dx, dy] = [by(box.left, box.right, seen.left, seen.right), by(box.top, box.bottom, seen.top, seen.bottom)]
    if (dx || dy) move(dx, dy)
  }

  function step(factor) {
    const [width, height] = frame()
    zoom(factor, width / 2, height / 2)
  }

  view.onpointerdown = (event) => {
    if (event.button !== 0) return
    if (!fingers.size) moved = false
    fingers.set(event.pointerId, [event.clientX, event.clientY])
  }
  view.onpointermove = (event) => {
    const last = fingers.get(event.pointerId)
    if (!last) return
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]]
    if (!moved && Math.hypot(dx, dy) < STILL) return
    if (!moved) view.setPointerCapture(event.pointerId)
    moved = true
    view.classList.add("dragging")
    const before = spread(fingers)
    fingers.set(event.pointerId, [event.clientX, event.clientY])
    const after = spread(fingers)
    if (fingers.size < 2) return void move(dx, dy)
    const corner = view.getBoundingClientRect()
    zoom(after.apart / before.apart, after.x - corner.left, after.y - corner.top)
    move(after.x - before.x, after.y - before.y)
  }
  view.onpointerup = view.onpointercancel = (event) => {
    fingers.delete(event.pointerId)
    if (!fingers.size) view.classList.remove("dragging")
  }
  view.onpointerleave = (event) => {
    if (!moved) fingers.delete(event.pointerId)
  }
  const wheel = (event) => {
    const corner = view.getBoundingClientRect()
    if (event.ctrlKey || event.metaKey) zoom(Math.exp(-event.deltaY / 300), event.clientX - corner.left, event.clientY - corner.top)
    else if (!move(-event.deltaX, -event.deltaY)) return // nothing left to see: the page scrolls
    event.preventDefault()
  }
  view.addEventListener("wheel", wheel, { passive: false })

  const watch = new ResizeObserver(() => {
    measure()
    if (zoomed) draw()
    else start()
  })
  watch.observe(view)

  return {
    zoom_in: () => step(1.3),
    zoom_out: () => step(1 / 1.3),
    fit() {
      zoomed = false
      at = fitted(0)
      draw()
    },
    dragged: () => moved,
    show(next) {
      svg = next
      wanted = null
      size = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]
      measure()
      start()
    },
    reveal(node) {
      wanted = node
      reveal(node)
    },
    stop: () => watch.disconnect(),
  }
}

// Middle of the fingers, and their distance from it.
function spread(fingers) {
  const points = [...fingers.values()]
  const [x, y] = [0, 1].map((i) => points.reduce((sum, p) => sum + p[i], 0) / points.length)
  return { x, y, apart: Math.max(...points.map((p) => Math.hypot(p[0] - x, p[1] - y)), 1) }
}
