// Draws the pictures of the dashboard, each from the table below it: its caption, headings and numbers are in the page
// already, translated and counted there. Without this file there are the tables alone.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from "chart.js"

// Nothing on a picture rests on colour: series differ in dashes and marks, or in hatching, as well.
const COLOURS = ["#12436d", "#801650", "#187a70"]
const DASHES = [[], [7, 4], [2, 3]]
const MARKS = ["circle", "rect", "triangle"]
// Below this there is no room for names beside the lines, and a legend has them.
const NARROW = 560
// A4 without its margins, and those of the page.
const PAPER = 640
// How long a label beside a bar may be before it goes on in a second line, in letters: on a phone fewer.
const LABEL_LETTERS = 22
const PHONE = 400
const FEWER_LETTERS = 13

const forced = matchMedia("(forced-colors: active)")

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement)
Chart.defaults.font.family = "arial, helvetica, sans-serif"
Chart.defaults.font.size = 14
// A picture to be read: it neither moves nor answers to the pointer, and what it says is in the table.
Chart.defaults.animation = false
Chart.defaults.events = []

function drawAll() {
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) draw(canvas)
}

function draw(canvas) {
  Chart.getChart(canvas)?.destroy()
  const inks = inksOf(canvas)
  const told = read(canvas)
  canvas.closest(".app-charts").hidden = false
  const across = canvas.dataset.chart === "across"
  if (across) canvas.parentElement.style.height = `${60 + told.labels.length * (20 + 18 * told.series.length)}px`
  // Also for whoever wants to know what was drawn.
  canvas.chart = new Chart(canvas, across ? bars(told, inks) : lines(told, inks))
}

// From the table

function read({ dataset }) {
  const table = document.getElementById(dataset.table)
  const headings = [...table.tHead.rows[0].cells].map(words)
  const rows = [...table.tBodies[0].rows]
  return {
    labels: rows.map(({ cells: [head] }) => head.dataset.short ?? words(head)),
    series: dataset.columns.split(" ").map((column) => ({
      name: headings[column],
      numbers: rows.map((row) => Number(words(row.cells[column]).replace(/\D/g, ""))),
    })),
  }
}

function words(cell) {
  return cell.textContent.trim()
}

// What is drawn with: the reader's own colours where they chose them

function inksOf(canvas) {
  const colour = (name) => {
    canvas.style.color = name
    const found = getComputedStyle(canvas).color
    canvas.style.color = ""
    return found
  }
  const [text, paper] = forced.matches ? [colour("CanvasText"), colour("Canvas")] : ["#0b0c0c", "#ffffff"]
  return { text, paper, grid: forced.matches ? paper : "#cecece", series: forced.matches ? COLOURS.map(() => text) : COLOURS }
}

// Full, hatched, dotted
function fillOf(place, { series, paper }) {
  if (place === 0) return series[0]
  const tile = Object.assign(document.createElement("canvas"), { width: 8, height: 8 })
  const pen = tile.getContext("2d")
  pen.fillStyle = paper
  pen.fillRect(0, 0, 8, 8)
  pen.strokeStyle = pen.fillStyle = series[place]
  pen.lineWidth = 2
  pen.beginPath()
  for (const from of [-8, 0, 8]) {
    pen.moveTo(from, 8)
    pen.lineTo(from + 8, 0)
  }
  pen.stroke()
  return pen.createPattern(tile, "repeat")
}

// The two kinds of picture

function lines({ labels, series }, inks) {
  const datasets = series.map(({ name, numbers }, place) => ({
    label: name,
    data: numbers,
    borderColor: inks.series[place],
    backgroundColor: inks.series[place],
    borderDash: DASHES[place],
    borderWidth: 2,
    pointStyle: MARKS[place],
    pointRadius: 3.5,
    clip: false,
  }))
  return {
    type: "line",
    data: { labels, datasets },
    plugins: [namesBesideLines(inks)],
    options: {
      ...sized(({ width }) => width < NARROW && series.length > 1, { usePointStyle: true, color: inks.text }),
      layout: { padding: { top: 10, right: ({ chart }) => room(chart) } },
      scales: {
        x: { ...axis(inks), grid: { display: false }, ticks: { color: inks.text, maxRotation: 0, autoSkipPadding: 16 } },
        y: counts(inks),
      },
    },
  }
}

function bars({ labels, series }, inks) {
  const datasets = series.map(({ name, numbers }, place) => ({
    label: name,
    data: numbers,
    backgroundColor: fillOf(place, inks),
    borderColor: inks.series[place],
    borderWidth: 1,
    maxBarThickness: 16,
  }))
  return {
    type: "bar",
    data: { labels, datasets },
    plugins: [numbersBesideBars(inks)],
    options: {
      ...sized(() => series.length > 1, { boxWidth: 26, color: inks.text }),
      indexAxis: "y",
      layout: { padding: { right: 44 } },
      scales: {
        x: counts(inks),
        y: { ...axis(inks), grid: { display: false }, ticks: { color: inks.text, autoSkip: false, callback: wrapped } },
      },
    },
  }
}

function sized(hasLegend, labels) {
  return {
    maintainAspectRatio: false,
    plugins: { legend: { display: true, position: "bottom", align: "start", labels } },
    onResize: (chart) => showLegend(chart, hasLegend(chart)),
    devicePixelRatio: Math.max(2, window.devicePixelRatio),
  }
}

function showLegend(chart, isShown) {
  chart.options.plugins.legend.display = isShown
}

function axis({ text, grid }) {
  return { border: { color: text }, grid: { color: grid }, ticks: { color: text } }
}

function counts(inks) {
  return { ...axis(inks), beginAtZero: true, suggestedMax: 1, ticks: { color: inks.text, precision: 0, maxTicksLimit: 6 } }
}

// A label of several lines is a list of them.
function wrapped(place) {
  const letters = this.chart.width < PHONE ? FEWER_LETTERS : LABEL_LETTERS
  const found = [""]
  for (const word of this.getLabelForValue(place).split(" ")) {
    const last = found.at(-1)
    if (last && last.length + word.length >= letters) found.push(word)
    else found[found.length - 1] = last ? `${last} ${word}` : word
  }
  return found
}

// Words on the picture itself

function room(chart) {
  const { ctx, data } = chart
  ctx.save()
  ctx.font = `${Chart.defaults.font.size}px ${Chart.defaults.font.family}`
  const widths = data.datasets.map((series) => ctx.measureText(atTheEnd(series, chart)).width)
  ctx.restore()
  return Math.max(...widths) + 14
}

// Its last number and, where there is room and more than one line, its name.
function atTheEnd({ data: numbers, label }, { width, data }) {
  const isNamed = width >= NARROW && data.datasets.length > 1
  return isNamed ? `${numbers.at(-1)} ${label}` : `${numbers.at(-1)}`
}

// Beside the end of each line; never one upon the other.
function namesBesideLines({ text }) {
  return {
    id: "names",
    afterDatasetsDraw(chart) {
      const ends = chart.data.datasets.map((series, place) => ({ series, ...chart.getDatasetMeta(place).data.at(-1) }))
      let lowest = -Infinity
      for (const { series, x, y } of ends.sort((one, other) => one.y - other.y)) {
        lowest = Math.max(y, lowest + Chart.defaults.font.size + 3)
        write(chart.ctx, text, atTheEnd(series, chart), x + 9, lowest)
      }
    },
  }
}

function numbersBesideBars({ text }) {
  return {
    id: "numbers",
    afterDatasetsDraw(chart) {
      chart.data.datasets.forEach(({ data }, place) => {
        chart.getDatasetMeta(place).data.forEach(({ x, y }, row) => write(chart.ctx, text, `${data[row]}`, x + 5, y))
      })
    },
  }
}

function write(pen, colour, words, x, y) {
  pen.save()
  pen.font = `${Chart.defaults.font.size}px ${Chart.defaults.font.family}`
  pen.fillStyle = colour
  pen.textBaseline = "middle"
  pen.fillText(words, x, y)
  pen.restore()
}

// On paper a picture keeps to the page; the browser says when it sets the page.

function charts() {
  return [...document.querySelectorAll("canvas[data-chart]")].map((canvas) => canvas.chart)
}

addEventListener("beforeprint", () => {
  for (const chart of charts()) chart.resize(Math.min(PAPER, chart.width), chart.height)
})
addEventListener("afterprint", () => {
  for (const chart of charts()) chart.resize()
})

forced.addEventListener("change", drawAll)
drawAll()
for (const numbers of document.querySelectorAll("details.app-picture__numbers")) numbers.open = false
