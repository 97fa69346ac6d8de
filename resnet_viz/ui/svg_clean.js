// SVG text into elements, and nothing but shapes and words: what is not listed here is dropped.

const SHAPES = new Set(["svg", "g", "path", "polygon", "polyline", "ellipse", "text", "title"])
const PROPERTIES = new Set([
  "class", "d", "points", "cx", "cy", "rx", "ry", "x", "y", "fill", "stroke", "stroke-width", "font-size", "font-weight",
  "text-anchor", "transform", "viewBox", "xmlns",
])
const SVG = "http://www.w3.org/2000/svg"

function cleaned(source) {
  const parsed = new DOMParser().parseFromString(source, "image/svg+xml").documentElement
  const svg = document.importNode(parsed.nodeName === "svg" ? parsed : document.createElementNS(SVG, "svg"), true)
  for (const found of [svg, ...svg.querySelectorAll("*")]) {
    if (!SHAPES.has(found.nodeName)) found.remove()
    else for (const { name } of [...found.attributes]) if (!PROPERTIES.has(name)) found.removeAttribute(name)
  }
  svg.setAttribute("role", "group")
  svg.querySelectorAll("g.place").forEach((node) => {
    node.dataset.node = node.querySelector("title").textContent
    node.setAttribute("role", "button")
  })
  svg.querySelectorAll(":scope > g > title, .edge > title, .label > title, .mark > title").forEach((title) => title.remove())
  return svg
}

function icon(path) {
  const [svg, line] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag))
  svg.setAttribute("viewBox", "0 0 16 16")
  svg.setAttribute("aria-hidden", "true")
  line.setAttribute("d", path)
  svg.append(line)
  return svg
}
