// Writes as a customer through the simulators and shows what came back. No library, no build.
"use strict";

const get = id => document.getElementById(id);
const sent = { email: [], whatsapp: [] };
const drawn = new Map();
let answering = null;

function make(tag, text, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name;
  return element;
}

const clock = at => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

async function call(path, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  return [answer.status, await answer.json().catch(() => ({}))];
}

// Draws a list only when it changed, so that reading is not disturbed; the newest entry is in sight.
function draw(list, items, item) {
  const key = JSON.stringify(items);
  if (drawn.get(list.id) === key) return;
  drawn.set(list.id, key);
  list.replaceChildren(...items.map(item));
  list.scrollTop = list.lastElementChild?.offsetTop ?? 0;
}

function note(form, text, bad = false) {
  const line = form.querySelector(".note");
  line.textContent = text;
  line.classList.toggle("bad", bad);
}

// One submit at a time; whatever goes wrong is said below the form.
function onSubmit(form, work) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button:not([type])");
    button.disabled = true;
    note(form, "");
    try {
      await work(Object.fromEntries(new FormData(form)));
    } catch (error) {
      note(form, `The simulators do not answer (${error.message}).`, true);
    }
    button.disabled = false;
    refresh();
  });
}

function letter(message) {
  const item = make("li", "", message.mine ? "mine" : "");
  item.append(make("strong", message.subject || "(no subject)"));
  item.append(make("small", `${message.mine ? "sent" : `from ${message.from}`} · ${clock(message.at)}`));
  item.append(make("p", message.text.trim(), "words"));
  if (message.replyTo) {
    const button = make("button", "Reply", "plain");
    button.type = "button";
    button.addEventListener("click", () => startReply(message));
    item.append(button);
  }
  return item;
}

function bubble(message) {
  const item = make("li", "", message.mine ? "mine" : "");
  item.append(make("p", message.text, "words"), make("small", clock(message.at)));
  return item;
}

function startReply(message) {
  const form = get("mail-form");
  answering = message;
  form.elements.subject.value = message.subject.replace(/^(re:\s*)*/i, "Re: ");
  form.elements.text.value = "";
  form.elements.text.focus();
  get("mail-new").hidden = false;
}

function stopReply() {
  answering = null;
  get("mail-form").elements.subject.value = "";
  get("mail-new").hidden = true;
}

async function received(channel, to) {
  const [status, answer] = await call(`/sim/outbox?channel=${channel}&to=${encodeURIComponent(to)}`);
  return status === 200 ? answer.messages : [];
}

const byTime = (one, other) => Date.parse(one.at) - Date.parse(other.at);
const header = (message, name) => message.headers[Object.keys(message.headers).find(key => key.toLowerCase() === name)];

async function refreshMail() {
  const me = get("mail-from").value.trim();
  const answers = me ? await received("email", me) : [];
  const shown = answers.map(one => ({ ...one, replyTo: header(one, "message-id"), references: header(one, "references") }));
  const mine = sent.email.filter(one => one.me === me);
  draw(get("mail-thread"), [...mine, ...shown].sort(byTime), letter);
}

async function refreshPhone() {
  const me = get("phone-from").value.trim();
  const answers = me ? await received("whatsapp", me) : [];
  const mine = sent.whatsapp.filter(one => one.me === me);
  draw(get("phone-thread"), [...mine, ...answers].sort(byTime), bubble);
}

async function refreshForm() {
  const me = get("web-form").elements.email.value.trim();
  draw(get("web-thread"), me ? await received("email", me) : [], letter);
}

function outcome(item) {
  const cell = make("td", item.outcome || "", item.outcome);
  const more = [item.team, ...(item.flags || [])].filter(Boolean).join(", ");
  if (more) cell.append(make("div", more));
  return cell;
}

function done(item) {
  const row = document.createElement("tr");
  const question = make("td", item.question || "");
  if (item.reference) question.append(make("div", item.reference, "note"));
  row.append(make("td", clock(item.at)), make("td", item.channel || ""), question, outcome(item));
  row.append(make("td", (item.articles || []).join(", ")), make("td", (item.tools || []).join(" → ")), make("td", item.ms ?? ""));
  return row;
}

async function refreshActivity() {
  const [status, answer] = await call("/sim/activity");
  const items = status === 200 && Array.isArray(answer.items) ? answer.items : null;
  get("activity-state").textContent = items === null ? "waiting" : items.length ? "" : "Nothing yet.";
  draw(get("activity"), items || [], done);
}

async function refresh() {
  const state = get("state");
  try {
    await Promise.all([refreshMail(), refreshPhone(), refreshForm(), refreshActivity()]);
    state.textContent = "";
  } catch {
    state.textContent = "The simulators do not answer.";
    state.className = "bad";
  }
}

async function poll() {
  if (!document.hidden) await refresh();
  setTimeout(poll, 1500);
}

onSubmit(get("mail-form"), async fields => {
  const me = get("mail-from").value.trim();
  const mail = { from: me, ...fields };
  if (answering) {
    mail.in_reply_to = answering.replyTo;
    mail.references = [...(answering.references || "").split(/\s+/).filter(Boolean), answering.replyTo];
  }
  const [status, answer] = await call("/sim/email", mail);
  if (status !== 201) return note(get("mail-form"), answer.error || `Refused (${status}).`, true);
  sent.email.push({ ...fields, me, mine: true, at: new Date().toISOString() });
  stopReply();
  get("mail-form").elements.text.value = "";
});

onSubmit(get("phone-form"), async ({ text }) => {
  const me = get("phone-from").value.trim();
  const name = get("phone-name").value.trim();
  const at = new Date().toISOString();
  const [status, answer] = await call("/sim/whatsapp", { from: me, text, ...(name && { name }) });
  if (status !== 201) return note(get("phone-form"), answer.error || `Refused (${status}).`, true);
  sent.whatsapp.push({ text, me, mine: true, at });
  get("phone-form").elements.text.value = "";
  const fine = answer.status >= 200 && answer.status < 300;
  if (!fine) note(get("phone-form"), `The webhook answered ${answer.status ?? "nothing"}.`, true);
});

onSubmit(get("web-form"), async fields => {
  const form = Object.fromEntries(Object.entries(fields).filter(([name, value]) => value || name !== "priority"));
  const [status, answer] = await call("/sim/form", { form });
  if (status === 202) return note(get("web-form"), `Reference ${answer.reference}; answer expected: ${answer.expected_response}.`);
  const wrong = Object.entries(answer.fields || {}).map(([name, text]) => `${name}: ${text}`).join("; ");
  note(get("web-form"), wrong || answer.error || `Refused (${status}).`, true);
});

get("mail-new").addEventListener("click", stopReply);
for (const id of ["mail-from", "phone-from"]) get(id).addEventListener("change", refresh);

call("/sim/about").then(([, about]) => {
  document.querySelector("output.support").textContent = about.support;
  get("phone-title").textContent = `Phone: chat with ${about.number}`;
}, () => {});
poll();
