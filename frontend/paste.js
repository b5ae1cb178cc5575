// Keeps the lists of what is pasted from Word or a web page: the server reads the rich text as it reads an uploaded page.
// The plain words are pasted at once, as ever, and replaced when the answer comes: without it, they stand.

// More than any minutes have; pictures inside the rich text may make it larger.
const MOST_CHARACTERS = 4_000_000

for (const box of document.querySelectorAll("textarea[data-rich-paste]")) {
  box.addEventListener("paste", (event) => paste(box, event.clipboardData))
}

async function paste(box, clipboard) {
  const html = clipboard?.getData("text/html") ?? ""
  if (!/<(li|p|div|table|h[1-6])\b/i.test(html) || html.length > MOST_CHARACTERS) return
  const begin = box.selectionStart
  await new Promise(requestAnimationFrame)
  const pasted = { value: box.value, end: box.selectionStart }
  const text = await linesOf(box, html)
  // Whoever typed on meanwhile keeps what they see.
  if (!text || box.value !== pasted.value) return
  box.setRangeText(text, begin, pasted.end, "end")
  box.dispatchEvent(new Event("input", { bubbles: true }))
  tell(box, box.dataset.kept)
}

async function linesOf(box, html) {
  const token = box.form.elements.csrfmiddlewaretoken.value
  try {
    const answer = await fetch(box.dataset.richPaste, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ html }),
    })
    return answer.ok ? (await answer.json()).text : ""
  } catch {
    return ""
  }
}

// Said aloud as well: what stands in the box has changed by itself.
function tell(box, words) {
  const said = box.nextElementSibling?.matches("[role=status]") ? box.nextElementSibling : document.createElement("p")
  said.className = "govuk-hint"
  said.setAttribute("role", "status")
  box.after(said)
  said.textContent = words
}
