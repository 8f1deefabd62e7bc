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

/** A service: `submit` and `look` are functions that answer, called with what was asked. */
export function service({ submit = () => json(202, ACCEPTED), look = () => json(404, { error: 'not_found' }) } = {}) {
  const posts = [];
  vi.stubGlobal('fetch', async (url, init) => {
    if (init.method !== 'POST') return look(url);
    posts.push({ url, key: init.headers['Idempotency-Key'], body: JSON.parse(init.body) });
    return submit(posts.length);
  });
  return posts;
}

export const field = (name) => document.querySelector(`[name=${name}]`);
export const reference = () => screen.getByLabelText('Reference');

export function fill(values) {
  Object.entries(values).forEach(([name, value]) => fireEvent.change(field(name), { target: { value } }));
}

export const send = () => fireEvent.submit(field('name').form);

export function show(props) {
  return render(<SupportForm {...props} />);
}
