/**
 * Mounts the form on each <div data-support-form> of a page, over whatever is in it.
 *
 * A plain form in the div works until then, and without scripts; what somebody has typed into it by then is kept.
 * data-endpoint says where the service is; it is where this script came from otherwise. The div gets the event
 * `support-form:submitted` with the service's answer as its detail.
 */
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import SupportForm from './SupportForm.jsx';
import css from './support-form.css?inline';

function mount(place, endpoint, number) {
  const typed = [...place.querySelectorAll('[name]')].map((field) => [field.name, field.value]);
  const { name: focused, selectionStart, selectionEnd } = place.querySelector(':focus') ?? {};
  const tell = (detail) => place.dispatchEvent(new CustomEvent('support-form:submitted', { detail, bubbles: true }));
  const service = place.dataset.endpoint ?? endpoint;
  const own = { endpoint: service, id: `support-form-${number}-`, initialValues: Object.fromEntries(typed) };
  place.replaceChildren();
  flushSync(() => createRoot(place).render(<SupportForm {...own} onSubmitted={tell} />));
  const field = focused && place.querySelector(`[name="${CSS.escape(focused)}"]`);
  if (!field) return;
  field.focus();
  // An e-mail field has no selection to restore.
  if (selectionStart != null) field.setSelectionRange(selectionStart, selectionEnd);
}

function dress() {
  // Not a <style> element: a content security policy may forbid those.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function start(endpoint) {
  const places = document.querySelectorAll('[data-support-form]');
  if (places.length) dress();
  places.forEach((place, number) => mount(place, endpoint, number));
}

const source = document.currentScript?.src || document.baseURI;
const origin = new URL(source).origin;
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => start(origin));
else start(origin);
