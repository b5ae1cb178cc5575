// Compiles the front end into dist/: one style sheet, one script for all pages and one for the
// pictures of the dashboard, one icon. Run by `make`, with the Node of the wheel.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises"
import { build } from "esbuild"
import { compile } from "sass"

const here = import.meta.dirname
const dist = `${here}/dist`

await rm(dist, { recursive: true, force: true })
await mkdir(dist)

await build({
  entryPoints: [`${here}/app.js`, `${here}/charts.js`],
  outdir: dist,
  bundle: true,
  minify: true,
  format: "esm",
  // Browsers that know type="module": the line GOV.UK Frontend draws, too.
  target: "es2020",
  legalComments: "inline",
  logLevel: "warning",
})

// No source map: the hashed static storage refuses a style sheet that names a file it cannot find.
const { css } = compile(`${here}/app.scss`, {
  style: "compressed",
  sourceMap: false,
  loadPaths: [`${here}/node_modules`],
  quietDeps: true,
})
await copyFile(`${here}/favicon.svg`, `${dist}/favicon.svg`)
// Last, because `make` takes this file for the proof that everything is built.
await writeFile(`${dist}/app.css`, css)
