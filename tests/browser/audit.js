// Runs in the page: finds what is wider than the page, and text that stands out too little from what is behind it.
// Returns {overflow: [sentence], contrast: [sentence], texts: number of texts that were measured}.
(least) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();

  // Any CSS colour as [red, green, blue, alpha] in 0..1: the browser itself reads its own notations.
  const rgba = (css) => {
    if (!known.has(css)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = "rgba(0, 0, 0, 0)";
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      known.set(css, [...pen.getImageData(0, 0, 1, 1).data].map((v) => v / 255));
    }
    return known.get(css);
  };

  const over = (top, under) => {
    const alpha = top[3] + under[3] * (1 - top[3]);
    if (alpha === 0) return [0, 0, 0, 0];
    const mix = (i) => (top[i] * top[3] + under[i] * under[3] * (1 - top[3])) / alpha;
    return [mix(0), mix(1), mix(2), alpha];
  };
  const faded = (colour, opacity) => [colour[0], colour[1], colour[2], colour[3] * opacity];

  // Relative luminance and contrast as WCAG 2 defines them.
  const luminance = ([r, g, b]) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const ratio = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  const parentOf = (element) => element.parentElement ?? element.getRootNode().host ?? null;

  const SHAPES = "rect, path, polygon, ellipse, circle";
  // What an SVG paints under a text: the filled shapes before it that cover its middle, the last one on top.
  const shapesUnder = (text, box) => {
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const svg = text.ownerSVGElement;
    const found = [];
    for (const shape of svg.querySelectorAll(SHAPES)) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || shape.closest("defs, clipPath")) continue;
      const style = getComputedStyle(shape);
      if (style.fill === "none" || style.fill.startsWith("url(") || style.visibility !== "visible") continue;
      const matrix = shape.getScreenCTM();
      if (!matrix || !shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix.inverse()))) continue;
      found.push(faded(rgba(style.fill), style.fillOpacity * style.opacity));
    }
    return found.reverse();
  };

  // Whether a text lies on an ancestor's background: the label above a slider's knob hangs beside the knob itself.
  const covers = (node, style, box) => {
    if (style.overflowX !== "visible" || node === document.body || node === document.documentElement) return true;
    const ground = node.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    return ground.left <= x && x <= ground.right && ground.top <= y && y <= ground.bottom;
  };

  // Text and backdrop as they reach the eye: every ancestor lays its background under them and fades them together.
  const seen = (element, box, ink, layers) => {
    let text = ink;
    let back = [0, 0, 0, 0];
    for (const layer of layers) {
      text = over(text, layer);
      back = over(back, layer);
    }
    for (let node = element; node; node = parentOf(node)) {
      const style = getComputedStyle(node);
      if ((!(node instanceof SVGElement) || node.localName === "svg") && covers(node, style, box)) {
        const ground = rgba(style.backgroundColor);
        text = over(text, ground);
        back = over(back, ground);
      }
      const opacity = Number(style.opacity);
      text = faded(text, opacity);
      back = faded(back, opacity);
    }
    const paper = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1] : [1, 1, 1, 1];
    return [over(text, paper), over(back, paper)];
  };

  const hidden = (element) => {
    for (let node = element; node; node = parentOf(node)) {
      const style = getComputedStyle(node);
      if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return true;
      if (style.clipPath === "inset(50%)" || /^rect\((0|1)px, (0|1)px/.test(style.clip)) return true;
    }
    return false;
  };
  const exempt = (element) => {
    for (let node = element; node; node = parentOf(node)) {
      // WCAG asks no contrast of controls that are switched off; icons are drawn as text and are no text.
      if (node.matches("[disabled], [aria-disabled=true], [data-testid=stIconMaterial], [aria-label$=' icon'], style, script, noscript")) return true;
    }
    return false;
  };

  // `[stButton] > p`: the element, and what is named around it.
  const describe = (element) => {
    const names = [element.localName];
    for (let node = element; node && names.length < 4; node = parentOf(node)) {
      const key = [...node.classList].find((name) => name.startsWith("st-key-"));
      const test = node.getAttribute("data-testid");
      if (key || test) names.unshift(key ? `.${key}` : `[${test}]`);
    }
    return names.join(" > ");
  };
  const hex = (c) => "#" + c.slice(0, 3).map((v) => Math.round(v * 255).toString(16).padStart(2, "0")).join("");

  const contrast = new Set();
  let texts = 0;
  const measure = (element, box, css, words) => {
    if (box.width < 2 || box.height < 2 || box.right <= 0 || box.bottom <= 0 || hidden(element) || exempt(element)) return;
    const svg = element instanceof SVGElement;
    const style = getComputedStyle(element);
    const ink = svg ? faded(rgba(style.fill), Number(style.fillOpacity)) : rgba(css);
    if (ink[3] === 0) return;
    const [text, back] = seen(element, box, ink, svg ? shapesUnder(element, box) : []);
    texts += 1;
    const found = ratio(text, back);
    if (found < least) {
      contrast.add(`${found.toFixed(2)}: ${hex(text)} on ${hex(back)} "${words.trim().slice(0, 40)}" in ${describe(element)}`);
    }
  };

  const walk = (root) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const element = node.parentElement;
        if (!element || !node.data.trim() || element.localName === "title") continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        measure(element, range.getBoundingClientRect(), getComputedStyle(element).color, node.data);
      } else {
        if (node.shadowRoot) walk(node.shadowRoot);
        if (node.matches("input:not([type=file]):not([type=range]):not([type=checkbox]):not([type=radio]), textarea")) {
          const part = node.value ? null : "::placeholder";
          measure(node, node.getBoundingClientRect(), getComputedStyle(node, part).color, node.value || node.placeholder || " ");
        }
      }
    }
  };
  walk(document.body);

  const overflow = [];
  for (const name of ["html", "body", "[data-testid=stApp]", "[data-testid=stMain]", "[data-testid=stSidebarContent]"]) {
    for (const box of document.querySelectorAll(name)) {
      // A sidebar that is folded away keeps a strip of its width.
      if (box.scrollWidth <= box.clientWidth + 1 || box.clientWidth < 100 || hidden(box)) continue;
      const edge = box.getBoundingClientRect().right;
      const wide = [...box.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > edge + 1);
      overflow.push(`${name} is ${box.scrollWidth} wide in ${box.clientWidth}: ${wide.slice(-3).map(describe).join("; ")}`);
    }
  }
  return { overflow, contrast: [...contrast], texts };
}
