'use client';

/**
 * TechCorp's support form, and the way to look up a request by its reference.
 *
 * It stands alone: React 18 or 19 and, for its looks, support-form.css. Nothing happens when it is imported, and it can
 * be rendered on a server; there, and until React has taken over, it is a plain form that posts itself.
 *
 *   <SupportForm endpoint="https://support.techcorp.example" onSubmitted={({ reference }) => …} />
 *
 * endpoint       where the service with /support/submit and /support/ticket/{reference} is. '' is this origin.
 * categories     [{ value, label }], a choice of the values that the service knows.
 * initialValues  values of fields that are known already, such as { name, email }.
 * onSubmitted    called with the service's answer: { reference, ticket_url, expected_response }.
 * id             what the ids of its elements begin with, for a page that renders several forms apart.
 */
import { useEffect, useId, useRef, useState } from 'react';

export const CATEGORIES = [
  { value: 'general', label: 'General question' },
  { value: 'technical', label: 'Technical problem' },
  { value: 'billing', label: 'Billing' },
  { value: 'feedback', label: 'Feedback' },
  { value: 'bug_report', label: 'Bug report' },
];

const PRIORITIES = [
  { value: '', label: 'Not sure' },
  { value: 'low', label: 'Low: whenever you have time' },
  { value: 'medium', label: 'Medium: it slows me down' },
  { value: 'high', label: 'High: I cannot do my work' },
  { value: 'urgent', label: 'Urgent: nobody here can work' },
];

const STANDINGS = {
  received: 'We have your message',
  open: 'We have your message',
  in_progress: 'We are working on it',
  reopened: 'We are working on it again',
  answered: 'Answered; please look into your e-mail',
  escalated: 'With a member of our team',
  resolved: 'Solved',
  closed: 'Closed',
};

const UNREACHABLE = 'We cannot be reached just now.';
const REFUSED = {
  403: 'This form cannot be used on this page.',
  413: 'Your message is too long for us.',
  429: 'Many messages came from you in a short time. Please try again later.',
};
const NOT_TAKEN = 'We could not take your message just now.';
const NOT_TWICE = 'Your words are still here, and nothing is sent twice.';
const OFFLINE = 'You are offline. Your words are still here, and are sent once, as soon as you are online again.';
const STILL_SENDING = 'Still sending. Please keep this page open.';
const MARKED = 'Please look at the marked fields.';
const UNKNOWN = 'We know no request with this reference. Please compare it with the one that you were given.';
const MOMENT = { dateStyle: 'medium', timeStyle: 'short' };
const LONGEST_WAIT_MS = 20_000;
const LONG_WAIT_MS = 4_000;
const LEAST_MS = 2_000; // the service takes whoever is faster for a machine: who pastes and clicks is held here
const LOOK_AGAIN_MS = 4_000;
const MOST_LOOKS = 75;
const MOST_CHARACTERS = 5_000;

const oneLine = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
const characters = (text) => [...text].length; // as the service counts them: an emoji is one
const pause = (ms) => ms > 0 && new Promise((resolve) => setTimeout(resolve, ms));
const isEmpty = (object) => Object.keys(object).length === 0;
const within = (text, least, most) => characters(text) >= least && characters(text) <= most;
const isAddress = (text) =>
  text.length <= 254 &&
  /^[^@\s<>",;:\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text) &&
  text.split('@')[1].includes('.') &&
  !text.includes('..');
const isNumber = (text) => characters(text) <= 40 && within(text.replace(/\P{Nd}/gu, ''), 6, 20);

// What may stand in a field, and what is said when it does not. The service decides; this only says it earlier.
const RULES = {
  name: [(text) => within(oneLine(text), 2, 100), 'Write your name, with 2 to 100 characters.'],
  email: [
    (text) => isAddress(oneLine(text)),
    'Write the e-mail address that we should answer to, such as ann@example.com.',
  ],
  category: [(text) => text !== '', 'Choose what it is about.'],
  priority: [() => true, ''],
  phone: [
    (text) => !oneLine(text) || isNumber(oneLine(text)),
    'Write a phone number with its country code, such as +44 20 7946 0000, or leave this empty.',
  ],
  subject: [(text) => within(oneLine(text), 1, 200), 'Write a subject of up to 200 characters.'],
  message: [
    (text) => within(text.replace(/\r\n?/g, '\n').trim(), 10, MOST_CHARACTERS),
    'Describe your question, with 10 to 5,000 characters.',
  ],
};
const NAMES = Object.keys(RULES);
const OPTIONAL = ['phone', 'priority'];

/** The fields that are not right, each with a sentence: { name: sentence }. */
export function check(values) {
  const wrong = NAMES.filter((name) => !RULES[name][0](values[name] ?? ''));
  return Object.fromEntries(wrong.map((name) => [name, RULES[name][1]]));
}

function content(values) {
  const tidy = NAMES.map((name) => [name, name === 'message' ? values[name].trim() : oneLine(values[name])]);
  return JSON.stringify(Object.fromEntries(tidy.filter(([name, value]) => value || !OPTIONAL.includes(name))));
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // A page without TLS has no randomUUID.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The status and the JSON of an answer; status 0 when none came. */
async function ask(url, init = {}) {
  const headers = { Accept: 'application/json', ...init.headers };
  try {
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
    return { status: answer.status, body: (await answer.json().catch(() => null)) ?? {} };
  } catch {
    return { status: 0, body: {} };
  }
}

/** What the person is told about an answer that is not 202: { errors, notice, waits? }; `waits` for a connection. */
function refusal({ status, body }) {
  if (!status && navigator.onLine === false) return { errors: {}, notice: OFFLINE, waits: true };
  if (status !== 422 || !body.fields) {
    return { errors: {}, notice: `${status ? (REFUSED[status] ?? NOT_TAKEN) : UNREACHABLE} ${NOT_TWICE}` };
  }
  const errors = Object.fromEntries(Object.entries(body.fields).filter(([name]) => NAMES.includes(name)));
  return { errors, notice: isEmpty(errors) ? Object.values(body.fields).join(' ') : MARKED };
}

export default function SupportForm(props) {
  const { endpoint = '', categories = CATEGORIES, initialValues = {}, onSubmitted, id = '' } = props;
  const [values, setValues] = useState(() => {
    const empty = Object.fromEntries(NAMES.map((name) => [name, '']));
    return { ...empty, category: categories[0]?.value ?? '', ...initialValues };
  });
  const [sent, setSent] = useState(null);
  const [again, setAgain] = useState(false);
  const [ready, setReady] = useState(false);
  const service = endpoint.replace(/\/+$/, '');

  // Until this has run the browser checks the form, and nothing can be looked up.
  useEffect(() => setReady(true), []);

  function received(answer) {
    setSent({ ...answer, email: oneLine(values.email) });
    setValues((before) => ({ ...before, priority: '', subject: '', message: '' }));
    setAgain(true);
    onSubmitted?.(answer);
  }

  return (
    <div className="support-form">
      {sent ? (
        <Thanks sent={sent} prefix={id} onAgain={() => setSent(null)} />
      ) : (
        <Questions {...{ service, categories, values, setValues, again, ready, prefix: id }} onReceived={received} />
      )}
      {ready && <LookUp service={service} known={sent?.reference} prefix={id} />}
    </div>
  );
}

function Questions({ service, categories, values, setValues, again, ready, prefix, onReceived }) {
  const [trouble, setTrouble] = useState({ errors: {}, notice: '', times: 0 });
  const [sending, setSending] = useState(false);
  const form = useRef(null);
  const button = useRef(null);
  const busy = useRef(false);
  const shown = useRef(0);
  // One key for each content: a second try after a lost answer makes no second request, also after a change and back.
  const keys = useRef(new Map());
  const isLong = useLongWait(sending);

  useEffect(() => {
    shown.current = Date.now();
    if (again) form.current.elements.subject.focus();
  }, []);

  useEffect(() => {
    if (trouble.times) (form.current.querySelector('[aria-invalid="true"]') ?? button.current).focus();
  }, [trouble.times]);

  useEffect(() => {
    if (!trouble.waits) return undefined;
    const go = () => isEmpty(check(values)) && send({ asked: false });
    addEventListener('online', go);
    return () => removeEventListener('online', go);
  });

  // The focus moves where somebody has asked for what failed, and stays where it is otherwise.
  function refuse({ errors, notice, waits }, asked) {
    setTrouble(({ times }) => ({ errors, notice, waits, times: times + (asked ? 1 : 0) }));
  }

  function change(name, value) {
    const next = { ...values, [name]: value };
    setValues(next);
    if (!trouble.errors[name] || check(next)[name]) return;
    const errors = Object.fromEntries(Object.entries(trouble.errors).filter(([other]) => other !== name));
    setTrouble({ ...trouble, errors, notice: isEmpty(errors) ? '' : trouble.notice });
  }

  function submit(event) {
    event.preventDefault();
    if (busy.current) return;
    const errors = check(values);
    if (isEmpty(errors)) send({ asked: true });
    else refuse({ errors, notice: MARKED }, true);
  }

  async function send({ asked }) {
    if (busy.current) return;
    busy.current = true;
    setSending(true);
    setTrouble((before) => ({ ...before, errors: {}, notice: '', waits: false }));
    const { value: website } = form.current.elements.website;
    await pause(LEAST_MS - Math.max(0, Date.now() - shown.current));
    const body = content(values);
    if (!keys.current.has(body)) keys.current.set(body, newKey());
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': keys.current.get(body) };
    const signs = { elapsed_ms: Math.max(LEAST_MS, Date.now() - shown.current), website };
    const answer = await ask(`${service}/support/submit`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...JSON.parse(body), ...signs }),
    });
    busy.current = false;
    setSending(false);
    if (answer.status === 202 && answer.body.reference) {
      onReceived(answer.body);
      return;
    }
    if (answer.body.error === 'idempotency_conflict') keys.current.delete(body);
    refuse(refusal(answer), asked);
  }

  const field = (name) => {
    const onChange = (value) => change(name, value);
    return { name, prefix, value: values[name], error: trouble.errors[name], onChange };
  };
  const retry = trouble.notice && isEmpty(trouble.errors);
  const posting = { action: `${service}/support/submit`, method: 'post', noValidate: ready };
  return (
    <form className="sf-card" ref={form} {...posting} onSubmit={submit}>
      <div className="sf-pair">
        <Field {...field('name')} label="Name" autoComplete="name" required minLength={2} />
        <Field {...field('email')} label="E-mail" type="email" autoComplete="email" required />
        <Field {...field('category')} label="What is it about?" options={categories} required />
        <Field {...field('priority')} label="How urgent is it?" options={PRIORITIES} />
      </div>
      <Field
        {...field('phone')}
        label="Phone"
        type="tel"
        autoComplete="tel"
        hint="With the country code, such as +44 20 7946 0000."
      />
      <Field {...field('subject')} label="Subject" required />
      <Field
        {...field('message')}
        label="Message"
        rows={7}
        required
        minLength={10}
        hint="10 to 5,000 characters. Please leave out passwords and card numbers."
        count={`${characters(values.message).toLocaleString('en')} / ${MOST_CHARACTERS.toLocaleString('en')}`}
      />
      <div hidden>
        <label>
          Leave this empty
          <input name="website" tabIndex={-1} autoComplete="off" defaultValue={values.website} />
        </label>
      </div>
      <div>
        <p className="sf-notice" role="alert">
          {trouble.notice}
        </p>
        <p className="sf-progress" role="status">
          {isLong && STILL_SENDING}
        </p>
        <button className="sf-button" ref={button} aria-disabled={sending}>
          {sending ? 'Sending…' : retry ? 'Try again' : 'Send message'}
        </button>
      </div>
    </form>
  );
}

/** Whether something has been going on for so long that a word about it is due. */
function useLongWait(isGoingOn) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setTimeout(setLong, LONG_WAIT_MS, true);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isGoingOn]);
  return isLong;
}

function Field({ label, name, value, error, hint, count, options, rows, prefix, onChange, ...rest }) {
  const id = prefix + useId();
  const Control = options ? 'select' : rows ? 'textarea' : 'input';
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="sf-field">
      <label htmlFor={id}>
        {label} {!rest.required && <span>(optional)</span>}
      </label>
      <Control
        {...rest}
        {...{ id, name, value, rows }}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Control>
      {error && (
        <p className="sf-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="sf-hint">
          <span id={`${id}-hint`}>{hint}</span> {count && <span aria-hidden="true">{count}</span>}
        </p>
      )}
    </div>
  );
}

function Thanks({ sent, prefix, onAgain }) {
  const id = prefix + useId();
  const section = useRef(null);
  useEffect(() => section.current.focus(), []);
  const link = /^https?:\/\//i.test(sent.ticket_url) && sent.ticket_url;
  return (
    <section className="sf-card sf-thanks" ref={section} tabIndex={-1} aria-labelledby={id}>
      <h2 id={id}>Thank you, we have your message</h2>
      <dl>
        <dt>Your reference</dt>
        <dd className="sf-reference">{sent.reference}</dd>
        <dt>What happens next</dt>
        <dd>{sent.expected_response}</dd>
        <dt>The answer goes to</dt>
        <dd>{sent.email}</dd>
      </dl>
      <p className="sf-actions">
        {link && <a href={link}>Link to your request</a>}
        <button className="sf-button sf-quiet" type="button" onClick={onAgain}>
          Write another message
        </button>
      </p>
    </section>
  );
}

function LookUp({ service, known, prefix }) {
  const id = prefix + useId();
  const input = useRef(null);
  const [reference, setReference] = useState('');
  const [asked, setAsked] = useState(null);
  const found = useStanding(service, asked);

  useEffect(() => {
    if (!known) return;
    setReference(known);
    setAsked({ reference: known });
  }, [known]);

  function submit(event) {
    event.preventDefault();
    setAsked({ reference: oneLine(reference) });
    if (!oneLine(reference)) input.current.focus();
  }

  return (
    <form className="sf-card sf-look-up" onSubmit={submit} aria-labelledby={`${id}-title`} noValidate>
      <h2 id={`${id}-title`}>{known ? 'Where your request stands' : 'Have you written to us already?'}</h2>
      <label htmlFor={id}>Reference</label>
      <div className="sf-row">
        <input
          ref={input}
          id={id}
          value={reference}
          placeholder="TC-"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck="false"
          aria-invalid={found.wrong ? true : undefined}
          aria-describedby={`${id}-found`}
          onChange={(event) => setReference(event.target.value)}
        />
        <button className="sf-button sf-quiet">Look it up</button>
      </div>
      <p className={found.wrong ? 'sf-error' : 'sf-found'} id={`${id}-found`} role="status">
        {found.text}
        {found.since && (
          <span>
            {' Last change: '}
            <time dateTime={found.since}>{new Date(found.since).toLocaleString([], MOMENT)}</time>
          </span>
        )}
      </p>
    </form>
  );
}

/** What is known of the request that was asked for: { text, since?, wrong? }. It looks again until it is answered. */
function useStanding(service, asked) {
  const [found, setFound] = useState({ text: '' });
  useEffect(() => {
    if (!asked) return undefined;
    if (!asked.reference) {
      setFound({ text: 'Write the reference that you were given: TC- and ten characters.', wrong: true });
      return undefined;
    }
    let over = false;
    let timer;
    async function look(looks) {
      const { status, body } = await ask(`${service}/support/ticket/${encodeURIComponent(asked.reference)}`);
      if (over) return;
      const known = status === 200 && body.status;
      // A look that nobody asked for does not complain.
      if (known || looks === 1) setFound(known ? standing(body) : noStanding(status));
      const moving = known ? ['received', 'open', 'in_progress', 'reopened'].includes(known) : looks > 1;
      if (moving && looks < MOST_LOOKS) timer = setTimeout(look, LOOK_AGAIN_MS, looks + 1);
    }
    setFound({ text: 'Looking it up…' });
    look(1);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [service, asked]);
  return found;
}

function standing({ reference, status, updated_at: since }) {
  return { text: `${reference}: ${STANDINGS[status] ?? status.replaceAll('_', ' ')}.`, since };
}

function noStanding(status) {
  return { text: status === 404 ? UNKNOWN : `${UNREACHABLE} Please try again in a minute.`, wrong: true };
}
