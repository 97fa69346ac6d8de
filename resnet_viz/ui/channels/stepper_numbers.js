// The arithmetic: what an output cell is made of, in double precision out of the network's own float32 numbers.

function decode(data) {
  const { source, kernel } = data
  return {
    ...data,
    source: { ...source, maps: parts(source.maps, source.height * source.width) },
    kernel: { ...kernel, weights: parts(kernel.weights, kernel.height * kernel.width) },
    rest: data.rest ? floats(data.rest) : null,
    computed: floats(data.computed),
    chain: data.chain.map((link) => ({ ...link, computed: floats(link.computed), added: link.added && floats(link.added) })),
    colours: Object.fromEntries(
      Object.entries(data.colours).map(([name, { table, gradient }]) => [name, { table: bytes(table), gradient }])),
  }
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

function floats(text) {
  return new Float32Array(bytes(text).buffer)
}

function parts(text, length) {
  const all = floats(text)
  return Array.from({ length: all.length / length }, (_, n) => all.subarray(n * length, (n + 1) * length))
}

// The window at an output cell: index of each of its cells in the input, or -1 in the padding around it.
function windowAt({ source, kernel }, [row, column]) {
  const cells = []
  for (let i = 0; i < kernel.height; i++) {
    for (let j = 0; j < kernel.width; j++) {
      const y = row * kernel.stride[0] - kernel.padding[0] + i * kernel.dilation[0]
      const x = column * kernel.stride[1] - kernel.padding[1] + j * kernel.dilation[1]
      const inside = y >= 0 && x >= 0 && y < source.height && x < source.width
      cells.push(inside ? y * source.width + x : -1)
    }
  }
  return cells
}

function workOut(model, cell, input) {
  const { source, kernel } = model
  const here = cell[0] * model.width + cell[1]
  const window = windowAt(model, cell)
  const holds = (map) => window.map((index) => (index < 0 ? 0 : map[index]))
  const added = source.maps.map((map, n) => sum(holds(map).map((value, k) => value * kernel.weights[n][k])))
  const rest = model.rest ? model.rest[here] : 0
  const total = sum(added) + rest + (model.bias ?? 0)
  const patch = holds(source.maps[input])
  const steps = [{ kind: "sum", place: model.place, value: total, has: model.computed[here] }]
  for (const link of model.chain) {
    const before = steps[steps.length - 1].value
    const other = link.added ? link.added[here] : null
    steps.push({ ...link, before, other, value: next(link, before, other), has: link.computed[here] })
  }
  return {
    cell, window, patch, weights: [...kernel.weights[input]], added, rest, steps,
    products: patch.map((value, k) => value * kernel.weights[input][k]),
  }
}

function next(link, x, other) {
  if (link.norm) {
    const [mean, variance, eps, scale, shift] = link.norm
    return ((x - mean) / Math.sqrt(variance + eps)) * scale + shift
  }
  if (other !== null) return x + other
  return link.kind === "tanh" ? Math.tanh(x) : Math.max(x, 0)
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}

// Four digits; in a grid as many as its largest value asks for, without the 0 before the point where room is short.
function written(value) {
  return String(Number(value.toPrecision(4)))
}

// The same behind a sign of its own.
function term(value) {
  return value < 0 ? `(${written(value)})` : written(value)
}

function short(value, largest) {
  const digits = largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : largest >= 0.1 ? 3 : 4
  const text = value.toFixed(digits)
  return Number(text) === 0 ? "0" : text.replace(/^(-?)0\./, digits > 2 ? "$1." : "$10.")
}
