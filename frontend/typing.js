// Tells the site now and then that somebody is typing, so that a session does not end under what they write. The page
// says where, and only to somebody who is signed in; what is typed is not sent.

const EVERY = 4 * 60 * 1000
const { stillHere } = document.body.dataset
let last = Date.now()

if (stillHere) document.addEventListener("input", tell)

function tell() {
  if (Date.now() - last < EVERY) return
  last = Date.now()
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value
  // Whether it arrives is not waited for: the next letter tries again.
  fetch(stillHere, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => (last = 0))
}
