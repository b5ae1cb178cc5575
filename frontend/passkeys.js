// Passkeys: asks the browser to make one or to sign with one, and sends what it says with the form. The page holds the
// question as data; on the sign-in page it is fetched when the button is pressed, since it is good for one answer.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    ask(form)
  })
}

async function ask(form) {
  const status = form.querySelector("[role=status]")
  status.textContent = ""
  try {
    form.elements.credential.value = JSON.stringify(await answerTo(await questionOf(form)))
    // This sends it without asking again.
    form.submit()
  } catch {
    // Also when somebody changed their mind: the browser does not tell which.
    status.textContent = form.dataset.failed
  }
}

async function questionOf(form) {
  if (form.dataset.passkey !== "sign-in") {
    return JSON.parse(document.getElementById("passkey-options").textContent)
  }
  const response = await fetch(form.action, { headers: { Accept: "application/json" } })
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}

async function answerTo(question) {
  const isNew = "creation_options" in question
  const { publicKey } = isNew ? question.creation_options : question.request_options
  publicKey.challenge = bytes(publicKey.challenge)
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id)
  for (const known of [...(publicKey.excludeCredentials ?? []), ...(publicKey.allowCredentials ?? [])]) {
    known.id = bytes(known.id)
  }
  const given = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }))
  const response = { clientDataJSON: text(given.response.clientDataJSON) }
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given.response[part]) response[part] = text(given.response[part])
  }
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response,
    authenticatorAttachment: given.authenticatorAttachment,
    clientExtensionResults: given.getClientExtensionResults(),
  }
}
