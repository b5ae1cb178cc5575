// Starts the GOV.UK components. A file of its own, because the Content-Security-Policy allows no script in the page.
// Every page works without it: a browser that does not know modules never loads this.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend"
import "./copy.js"
import "./fetch.js"
import "./passkeys.js"
import "./paste.js"
import "./typing.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component)
}
