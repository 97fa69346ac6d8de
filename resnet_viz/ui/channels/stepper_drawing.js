// What is seen: two maps with the window and its cell, three grids, and the sum as a list with what follows it.

function build(root, model) {
  const view = { source: mapBox(model, "source"), output: mapBox(model, "output"), grids: {}, inputs: [] }
  view.output.picture.tabIndex = 0
  view.output.picture.setAttribute("aria-label", model.labels.move)
  view.position = element("p", "position")
  view.position.setAttribute("aria-live", "polite")
  const maps = element("div", "maps")
  maps.append(view.source.box, view.output.box)
  const grids = element("div", "grids")
  for (const name of ["patch", "kernel", "products"]) {
    if (name !== "patch") grids.append(element("span", "sign", name === "kernel" ? "×" : "="))
    grids.append((view.grids[name] = gridBox(model, name)).box)
  }
  view.rows = element("ol", "rows")
  view.inputs = model.source.channels.map((channel) => {
    const button = element("button", "row")
    button.type = "button"
    button.append(element("span", "name", fill(model.labels.input, { channel })), bar(), element("span", "value"))
    return button
  })
  view.inputs.forEach((button) => listed(view.rows, button))
  if (model.rest) listed(view.rows, (view.rest = line(fill(model.labels.others, { count: model.others }))))
  if (model.bias !== null) listed(view.rows, (view.bias = line(model.labels.bias)))
  view.steps = element("ol", "steps")
  root.replaceChildren(maps, view.position, grids, element("p", "about", model.labels.inputs), view.rows, view.steps)
  paint(view.output, model, model.computed, model.height, model.width)
  view.output.title.textContent = fill(model.labels.output, { channel: model.channel, place: model.place })
  return view
}

function draw(view, model, found, step) {
  const { labels, source, kernel } = model
  const map = source.maps[step.input]
  if (view.painted !== step.input) {
    view.scale = paint(view.source, model, map, source.height, source.width)
    view.source.title.textContent = fill(labels.source, { channel: source.channels[step.input], place: source.place })
    view.painted = step.input
  }
  const [row, column] = found.cell
  mark(view.output.mark, row / model.height, column / model.width, 1 / model.height, 1 / model.width)
  const reach = [kernel.dilation[0] * (kernel.height - 1) + 1, kernel.dilation[1] * (kernel.width - 1) + 1]
  const top = row * kernel.stride[0] - kernel.padding[0], left = column * kernel.stride[1] - kernel.padding[1]
  mark(view.source.mark, top / source.height, left / source.width, reach[0] / source.height, reach[1] / source.width)
  view.position.textContent = fill(labels.position, { row, column })
  grid(view.grids.patch, model, found.patch, view.scale, found.window)
  grid(view.grids.kernel, model, found.weights, around(model.kernel.weights[step.input]))
  grid(view.grids.products, model, found.products, around(found.products))
  view.grids.products.title.textContent = fill(labels.products, { value: written(found.added[step.input]) })
  const far = Math.max(...found.added.map(Math.abs), Math.abs(found.rest), Math.abs(model.bias ?? 0)) || 1
  view.inputs.forEach((button, n) => {
    button.setAttribute("aria-pressed", String(n === step.input))
    entry(button, found.added[n], far)
  })
  if (view.rest) entry(view.rest, found.rest, far)
  if (view.bias) entry(view.bias, model.bias, far)
  view.steps.replaceChildren(...found.steps.map((each) => stepLine(each, model)))
}

function stepLine(step, model) {
  const [w, labels] = [written, model.labels]
  const how = step.norm
    ? `(${w(step.before)} − ${term(step.norm[0])}) / √(${w(step.norm[1])} + ${w(step.norm[2])}) × ${term(step.norm[3])} + ${term(step.norm[4])}`
    : step.other != null ? `${w(step.before)} + ${term(step.other)} (${step.addedPlace})`
    : step.kind === "relu" ? `max(0, ${w(step.before)})` : step.kind === "tanh" ? `tanh ${w(step.before)}` : ""
  const item = element("li", "step")
  item.dataset.kind = step.kind
  item.dataset.value = step.value
  item.dataset.has = step.has
  const head = element("span", "what", labels[step.kind])
  head.append(element("code", "", step.place))
  const difference = Math.abs(step.value - step.has)
  item.append(head, element("span", "how", how), element("span", "result", `= ${w(step.value)}`),
    element("span", "has", fill(labels.has, { value: w(step.has), difference: difference ? difference.toExponential(0) : 0 })))
  return item
}

function mapBox(model, name) {
  const made = { box: element("figure", "map"), title: element("figcaption", ""), picture: element("div", `picture ${name}`),
    canvas: document.createElement("canvas"), mark: element("div", "mark"), bar: element("div", "bar"), ends: element("div", "ends") }
  made.picture.append(made.canvas, made.mark)
  made.box.append(made.title, made.picture, made.bar, made.ends)
  return made
}

// Paints a map on a scale of its own and says the scale; one without extent has one colour.
function paint(made, model, values, height, width) {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) { if (value < low) low = value; if (value > high) high = value }
  const scale = { ...(low < 0 ? around([low, high]) : { low, high, signed: false }) }
  const { table, gradient } = model.colours[scale.signed ? "signed" : "unsigned"]
  Object.assign(made.canvas, { width, height })
  const image = new ImageData(width, height)
  values.forEach((value, n) => image.data.set([...table.subarray(3 * level(value, scale), 3 * level(value, scale) + 3), 255], 4 * n))
  made.canvas.getContext("2d").putImageData(image, 0, 0)
  made.picture.style.aspectRatio = `${width} / ${height}`
  made.bar.style.background = gradient
  const flat = low === high
  made.bar.hidden = flat
  made.ends.replaceChildren(...(flat ? [element("span", "", fill(model.labels.zero, { value: written(low) }))]
    : [element("span", "", written(scale.low)), element("span", "", written(scale.high))]))
  return scale
}

function around(values) {
  const far = Math.max(...Array.from(values, Math.abs))
  return { low: -far, high: far, signed: true }
}

function level(value, { low, high, signed }) {
  return high > low ? Math.round((255 * (value - low)) / (high - low)) : signed ? 128 : 0
}

function gridBox(model, name) {
  const made = { box: element("figure", "grid-box"), title: element("figcaption", "", model.labels[name]), cells: [] }
  const cells = element("div", "grid")
  cells.style.setProperty("--columns", model.kernel.width)
  cells.classList.toggle("many", model.kernel.width > 3)
  cells.setAttribute("role", "img")
  cells.setAttribute("aria-label", fill(model.labels[name], { value: "…" }))
  made.cells = Array.from({ length: model.kernel.height * model.kernel.width }, () => element("span", "cell"))
  cells.append(...made.cells)
  made.box.append(made.title, cells)
  return made
}

function grid(made, model, values, scale, window = null) {
  const { table } = model.colours[scale.signed ? "signed" : "unsigned"]
  const largest = Math.max(...values.map(Math.abs))
  made.cells.forEach((cell, n) => {
    const outside = window !== null && window[n] < 0
    const [red, green, blue] = table.subarray(3 * level(values[n], scale), 3 * level(values[n], scale) + 3)
    cell.classList.toggle("outside", outside)
    cell.style.background = outside ? "" : `rgb(${red}, ${green}, ${blue})`
    cell.style.color = outside ? "" : dark(red, green, blue) ? "#ffffff" : "#000000"
    cell.textContent = short(values[n], largest)
    cell.title = written(values[n])
  })
}

// Whether white stands out more than black: relative luminance of WCAG under 0.179.
function dark(...channels) {
  const [r, g, b] = channels.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179
}

function mark(box, top, left, height, width) {
  Object.assign(box.style, { top: `${100 * top}%`, left: `${100 * left}%`, height: `${100 * height}%`, width: `${100 * width}%` })
}

function line(name) {
  const row = element("div", "row")
  row.append(element("span", "name", name), bar(), element("span", "value"))
  return row
}

function listed(rows, row) {
  const item = document.createElement("li")
  item.append(row)
  rows.append(item)
}

function bar() {
  const track = element("span", "track")
  track.append(element("span", "fill"))
  return track
}

function entry(row, value, far) {
  const fill = row.querySelector(".fill")
  const share = (50 * Math.abs(value)) / far
  Object.assign(fill.style, { left: `${value < 0 ? 50 - share : 50}%`, width: `${share}%` })
  fill.classList.toggle("below", value < 0)
  row.querySelector(".value").textContent = written(value)
}
