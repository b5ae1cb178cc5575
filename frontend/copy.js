// A button beside every address that is there to be copied. Without it, it is selected and copied like any text.
// Its words stand in the page, in the page's language.

for (const box of document.querySelectorAll("input[data-copy]")) {
  // Only where the browser lets a page copy: over https, or on the machine itself.
  if (navigator.clipboard) box.after(buttonFor(box), told(box))
}

function buttonFor(box) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "govuk-button govuk-button--secondary app-copy"
  button.textContent = box.dataset.copyLabel
  button.setAttribute("aria-label", `${box.dataset.copyLabel}: ${box.labels[0].textContent.trim()}, ${box.dataset.copy}`)
  button.addEventListener("click", () => copy(box))
  return button
}

// Said aloud as well: nothing else on the page changes.
function told(box) {
  const words = document.createElement("span")
  words.className = "govuk-body-s app-copied"
  words.setAttribute("role", "status")
  words.id = `${box.id}-copied`
  return words
}

async function copy(box) {
  const words = document.getElementById(`${box.id}-copied`)
  try {
    await navigator.clipboard.writeText(box.value)
    words.textContent = box.dataset.copied
  } catch {
    box.focus()
    box.select()
    words.textContent = box.dataset.selected
  }
}
