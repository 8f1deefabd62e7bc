/** What the tests of the form share: good values, a service that answers as it is told, and the hands of a person. */
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import SupportForm from '../SupportForm.jsx';

afterEach(cleanup);

export const GOOD = {
  name: 'Ana Lima',
  email: 'ana@customer.example',
  category: 'technical',
  priority: 'high',
  phone: '+44 20 7946 0000',
  subject: 'Export fails',
  message: 'The export stops at 50 %.',
};
export const ACCEPTED = {
  reference: 'TC-7K3M9QXW2P',
  ticket_url: 'https://support.example/support/ticket/TC-7K3M9QXW2P',
  expected_response: 'Within a few minutes.',
};

export const json = (status, body) => new Response(JSON.stringify(body), { status });

/** What the posts said beside the form's content. */
export const signs = [];

/** A service: `submit` and `look` are functions that answer, called with what was asked. */
export function service({ submit = () => json(202, ACCEPTED), look = () => json(404, { error: 'not_found' }) } = {}) {
  const posts = [];
  signs.length = 0;
  vi.stubGlobal('fetch', async (url, init) => {
    if (init.method !== 'POST') return look(url);
    const { elapsed_ms: elapsed, website, ...body } = JSON.parse(init.body);
    posts.push({ url, key: init.headers['Idempotency-Key'], body });
    signs.push({ elapsed, website });
    return submit(posts.length);
  });
  return posts;
}

export const field = (name) => document.querySelector(`[name=${name}]`);
export const reference = () => screen.getByLabelText('Reference');

export function fill(values) {
  Object.entries(values).forEach(([name, value]) => type(field(name), value));
}

/** What a browser says when somebody types, or chooses. */
export function type(control, value) {
  (control.tagName === 'SELECT' ? fireEvent.change : fireEvent.input)(control, { target: { value } });
}

export const send = () => fireEvent.submit(field('name').form);

/** The form, as somebody has it before them who has taken their time with it. */
export function show(props) {
  const shown = open(props);
  takeTime();
  return shown;
}

/** The form, just opened. */
export function open(props) {
  return render(<SupportForm {...props} />);
}

/** From here on a minute goes by between any two looks at the clock. */
export function takeTime() {
  let now = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 60_000));
}
