// Fills what stands folded on a page with the part "found" of another page, once somebody comes near. Without this, or
// without an answer, the link to that page stands there.

for (const fold of document.querySelectorAll("details[data-fetch]")) {
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return
      near.disconnect()
      fill(fold)
    },
    { rootMargin: "300px" },
  )
  near.observe(fold)
}

async function fill(fold) {
  const box = fold.querySelector("[aria-live]")
  box.setAttribute("aria-busy", "true")
  const found = await partOf(fold.dataset.fetch)
  if (found) {
    box.replaceChildren(...found.childNodes)
    fold.querySelector("summary span").append(` (${found.dataset.number})`)
  } else {
    box.prepend(`${fold.dataset.failed} `)
  }
  box.setAttribute("aria-busy", "false")
}

// A request that gives a document runs nothing of it, which the Content-Security-Policy demands of whoever makes one of text.
function partOf(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("GET", address)
    request.responseType = "document"
    // Where the way led to another page, to sign in again, the part is not there either.
    request.onload = () => resolve(request.status === 200 ? request.response?.getElementById("found") : null)
    request.onerror = () => resolve(null)
    request.send()
  })
}
