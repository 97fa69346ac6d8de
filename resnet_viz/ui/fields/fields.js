// A map and the photo beside each other: a cell shows the pixels that it sees, a pixel the cells that see it.
// The browser knows every span, so the pointer needs no server; a click is reported, and brings the gradient.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".fields")
  const view = root.view?.id === data.id ? root.view : (root.view = build(root, data))
  Object.assign(view, { data, report: setTriggerValue, asked: { cell: data.cell, pixel: data.pixel } })
  view.map.image.src = data.map
  view.gradient.hidden = view.scale.hidden = !data.gradient
  if (data.gradient) {
    view.gradient.src = data.gradient.picture
    view.bar.style.background = data.gradient.colours
    view.ends.replaceChildren(...data.gradient.ends.map((end) => element("span", "", end)))
  }
  showCell(view, data.cell)
  showPixel(view, data.pixel)
}

function build(root, data) {
  const { labels } = data
  const view = { id: data.id, map: box("map", labels.map, data.map, "cells"), photo: box("photo", labels.photo, data.photo, "") }
  view.gradient = element("img", "gradient")
  view.gradient.alt = labels.gradient
  view.photo.picture.append(view.gradient)
  for (const name of ["field", "shortest", "pixel"]) view[name] = mark(view.photo.picture, name)
  for (const name of ["cell", "seeing"]) view[name] = mark(view.map.picture, name)
  view.bar = element("div", "bar")
  view.ends = element("div", "ends")
  view.scale = element("div", "scale")
  view.scale.append(view.bar, view.ends)
  view.photo.figure.append(view.scale)
  view.ofCell = element("p", "of-cell")
  view.ofPixel = element("p", "of-pixel")
  for (const said of [view.ofCell, view.ofPixel]) said.setAttribute("aria-live", "polite")
  view.stages = data.stages.map((stage) => {
    const made = box("stage", `${stage.name} · ${stage.spans.length} × ${stage.spans.length}`, stage.picture, "cells")
    made.seeing = mark(made.picture, "seeing")
    made.said = element("div", "said")
    made.figure.append(made.said)
    return made
  })
  const pictures = element("div", "pictures"), stages = element("div", "stages")
  pictures.append(view.map.figure, view.photo.figure)
  stages.append(...view.stages.map((stage) => stage.figure))
  root.replaceChildren(pictures, view.ofCell, view.ofPixel, stages)
  choosing(view, "cell", { picture: view.map.picture, label: labels.move_cell, count: data.spans.length, far: 4, show: showCell })
  choosing(view, "pixel", { picture: view.photo.picture, label: labels.move_pixel, count: data.side, far: 16, show: showPixel })
  return view
}

// The pointer or the arrow keys look ahead, a click or Enter asks; without them it goes back to what was asked for.
function choosing(view, name, { picture, label, count, far, show }) {
  let at = null
  const clamp = (value) => Math.min(Math.max(Math.floor(value), 0), count - 1)
  const look = (where) => show(view, (at = where))
  const ask = () => {
    view.asked[name] = at
    look(at)
    view.report(name, at)
  }
  const under = (event) => {
    const { top, left, width, height } = picture.getBoundingClientRect()
    return [clamp((count * (event.clientY - top)) / height), clamp((count * (event.clientX - left)) / width)]
  }
  picture.tabIndex = 0
  picture.setAttribute("role", "application")
  picture.setAttribute("aria-label", label)
  picture.onfocus = picture.onblur = picture.onpointerleave = () => look(view.asked[name])
  picture.onpointermove = (event) => look(under(event))
  picture.onclick = (event) => {
    at = under(event)
    ask()
  }
  picture.onkeydown = (event) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    at ??= [clamp(count / 2), clamp(count / 2)]
    if (event.key === "Enter" || event.key === " ") ask()
    else if (by) look(at.map((value, axis) => clamp(value + by[axis] * (event.shiftKey ? far : 1))))
    else return
    event.preventDefault()
  }
}

function showCell(view, [row, column]) {
  const { spans, shortest, side, labels, cell } = view.data
  put(view.cell, [row, row], [column, column], spans.length)
  put(view.field, spans[row], spans[column], side)
  put(view.shortest, shortest?.[row], shortest?.[column], side)
  const answered = row === cell[0] && column === cell[1]
  view.gradient.style.visibility = view.scale.style.visibility = answered ? "visible" : "hidden"
  view.ofCell.textContent = fill(labels.cell, { row, column, ...ends(spans[row], spans[column]) })
}

function showPixel(view, pixel) {
  const { side, stages, spans, labels } = view.data
  put(view.pixel, pixel && [pixel[0], pixel[0]], pixel && [pixel[1], pixel[1]], side)
  markSeeing(view.seeing, spans, pixel)
  view.ofPixel.textContent = pixel ? fill(labels.pixel, { row: pixel[0], column: pixel[1] }) : labels.no_pixel
  stages.forEach((stage, n) => {
    const seen = markSeeing(view.stages[n].seeing, stage.spans, pixel)
    const counts = seen && { count: size(seen[0]) * size(seen[1]), all: stage.spans.length ** 2 }
    view.stages[n].said.textContent = !pixel ? "" : seen ? fill(labels.seen, { ...ends(...seen), ...counts }) : labels.unseen
  })
}

function markSeeing(box, spans, pixel) {
  const seen = pixel?.map((at) => {
    const sees = ([low, high]) => low <= at && at <= high
    const first = spans.findIndex(sees)
    return first < 0 ? null : [first, spans.findLastIndex(sees)]
  })
  const both = seen?.[0] && seen[1] ? seen : null
  put(box, both?.[0], both?.[1], spans.length)
  return both
}

function ends([top, bottom], [left, right]) {
  return { top, bottom, left, right, high: bottom - top + 1, wide: right - left + 1 }
}

function size([first, last]) {
  return last - first + 1
}

function put(box, rows, columns, count) {
  box.hidden = !rows || !columns || rows[1] < rows[0] || columns[1] < columns[0]
  if (box.hidden) return
  const share = (value) => `${(100 * value) / count}%`
  Object.assign(box.style, { top: share(rows[0]), left: share(columns[0]), height: share(size(rows)), width: share(size(columns)) })
}

function box(name, title, source, className) {
  const made = { figure: element("figure", name), picture: element("div", `picture ${name}`), image: element("img", className) }
  made.image.src = source
  made.image.alt = title
  made.picture.append(made.image)
  made.figure.append(element("figcaption", "", title), made.picture)
  return made
}

function mark(picture, name) {
  const made = element("div", `mark ${name}`)
  picture.append(made)
  return made
}
