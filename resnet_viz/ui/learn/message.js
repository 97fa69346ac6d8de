// A message on its way past three people, in two lanes. The picture is whole from the first; the button has it passed on.

const HOP_MS = 750
const REST_MS = 450

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".message")
  const said = JSON.stringify(data)
  if (root.dataset.said === said) return
  root.dataset.said = said
  const button = element("button", "play", data.play)
  button.type = "button"
  const lanes = data.lanes.map(drawLane)
  root.replaceChildren(button, ...lanes)
  let turn = 0
  button.onclick = () => play(root, lanes, () => turn, ++turn)
}

// One lane after the other. A newer turn ends an older one.
async function play(root, lanes, current, turn) {
  root.dataset.playing = "true"
  lanes.forEach((lane) => {
    lane.classList.remove("moving")
    stops(lane).slice(1).forEach((stop) => stop.classList.add("waiting"))
  })
  for (const lane of lanes) {
    await pass(lane, () => current() === turn)
    if (current() !== turn) return
  }
  delete root.dataset.playing
}

async function pass(lane, goesOn) {
  const slip = lane.querySelector(".slip")
  const people = stops(lane)
  dress(slip, lane, 0)
  lane.classList.toggle("moving", !matchMedia("(prefers-reduced-motion: reduce)").matches)
  for (const [number, stop] of people.entries()) {
    const to = centre(stop, lane, slip)
    if (number > 0) {
      const from = centre(people[number - 1], lane, slip)
      await slip.animate([{ translate: from }, { translate: to }], { duration: HOP_MS, easing: "ease-in-out" }).finished
    }
    if (!goesOn()) return
    slip.style.translate = to
    stop.classList.remove("waiting")
    dress(slip, lane, number)
    await new Promise((done) => setTimeout(done, REST_MS))
  }
  lane.classList.remove("moving")
}

// Retold, a message loses a line with each person; handed on, it keeps all, and notes of the first two are added.
function dress(slip, lane, number) {
  const retold = lane.classList.contains("plain")
  const people = Math.min(number, 3)
  const lines = Array.from({ length: retold ? 4 - people : 4 }, () => document.createElement("i"))
  const notes = Array.from({ length: retold ? 0 : Math.min(people, 2) }, () => document.createElement("b"))
  slip.replaceChildren(...lines, ...notes)
}

function centre(stop, lane, slip) {
  const node = stop.querySelector(".node").getBoundingClientRect()
  const around = lane.getBoundingClientRect()
  const x = node.left + node.width / 2 - around.left - slip.offsetWidth / 2
  const y = node.top + node.height / 2 - around.top - slip.offsetHeight / 2
  return `${x}px ${y}px`
}

function stops(lane) {
  return [...lane.querySelectorAll(".stop")]
}

function drawLane(data) {
  const lane = element("div", `lane ${data.kind}`)
  lane.setAttribute("role", "group")
  lane.setAttribute("aria-label", data.title)
  const row = element("ol", "row")
  const people = data.people.map((person) => drawPerson(person, data.kind))
  row.append(drawEnd("start", data.sent, [data.start]), ...people, drawEnd("end", data.received, data.arrives))
  const slip = element("div", "slip")
  slip.setAttribute("aria-hidden", "true")
  lane.append(element("p", "title", data.title), row, slip)
  return lane
}

function drawEnd(kind, name, texts) {
  const stop = element("li", `stop ${kind}`)
  const node = element("span", "node")
  node.append(element("span", "dot"))
  const said = element("div", "said")
  said.append(...texts.map((text) => element("p", "", text)))
  stop.append(element("span", "way"), node, element("span", "who", name), said)
  return stop
}

// Retold, the way leads through the person; handed on, it leads past, and what the person says is added to it.
function drawPerson(person, kind) {
  const stop = element("li", "stop person")
  const node = element("span", "node")
  const who = element("span", "who", person.name)
  if (kind === "plain") node.append(drawFigure())
  else {
    node.append(element("span", "dot plus", "+"))
    who.prepend(drawFigure())
  }
  const said = element("div", person.adds ? "said" : "said nothing", person.said)
  stop.append(element("span", "way"), node, who, said, element("span", "formula", person.formula))
  return stop
}

function drawFigure() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 32 32")
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  path.setAttribute("class", "figure")
  path.setAttribute("d", "M16 5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM6 28c0-6 4.5-9 10-9s10 3 10 9")
  svg.append(path)
  return svg
}
