// One output cell of a convolution, worked out where the pointer is. The browser does the sums; a click is reported.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".stepper")
  if (root.step?.id !== data.id) root.step = start(root, data)
  const step = root.step
  step.report = (cell) => setTriggerValue("cell", cell)
  step.pinned = data.start
  step.show(data.start)
}

function start(root, data) {
  const model = decode(data)
  const view = build(root, model)
  const step = { id: data.id, at: data.start, input: 0 }
  step.show = (cell) => {
    step.at = [clamp(cell[0], model.height), clamp(cell[1], model.width)]
    draw(view, model, workOut(model, step.at, step.input), step)
  }
  view.inputs.forEach((button, index) => {
    button.onclick = () => { step.input = index; step.show(step.at) }
  })
  follow(view.output.picture, step, (y, x) => [Math.floor(y * model.height), Math.floor(x * model.width)])
  follow(view.source.picture, step, (y, x) => over(model, y, x))
  view.output.picture.onkeydown = (event) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (event.key === "Enter" || event.key === " ") step.report(step.at)
    else if (by) step.show([step.at[0] + by[0], step.at[1] + by[1]])
    else return
    event.preventDefault()
  }
  view.output.picture.onblur = () => step.show(step.pinned)
  return step
}

// The pointer moves the window, a click keeps it, and without the pointer it goes back to what was kept.
function follow(picture, step, cellAt) {
  const cell = (event) => {
    const box = picture.getBoundingClientRect()
    return cellAt((event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width)
  }
  picture.onpointermove = (event) => step.show(cell(event))
  picture.onpointerleave = () => step.show(step.pinned)
  picture.onclick = (event) => {
    step.show(cell(event))
    step.pinned = step.at
    step.report(step.at)
  }
}

// The output cell whose window has a point of the input, given in shares of its sides, nearest to its middle.
function over({ kernel, source }, y, x) {
  return [[y * source.height, kernel.height, 0], [x * source.width, kernel.width, 1]].map(([at, size, axis]) => {
    const first = at - 0.5 - (kernel.dilation[axis] * (size - 1)) / 2 + kernel.padding[axis]
    return Math.round(first / kernel.stride[axis])
  })
}

function clamp(value, count) {
  return Math.min(Math.max(value, 0), count - 1)
}
