import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ACCEPTED, field, fill, GOOD, json, reference, send, service, show } from './support.jsx';

const button = () => screen.getByRole('button', { name: /^(Send message|Sending…|Try again)$/ });
const notice = () => screen.getByRole('alert').textContent;
const lost = () => Promise.reject(new TypeError('no network'));
const thanks = () => screen.findByRole('heading', { name: 'Thank you, we have your message' });

it('sends what was written, tidied, and shows reference, expected time, address and link', async () => {
  const posts = service();
  const submitted = vi.fn();
  show({ endpoint: 'https://support.example/', onSubmitted: submitted });
  fill({ ...GOOD, name: '  Ana \t Lima ', phone: ' ', priority: '', message: ' First line.\nSecond line. ' });
  send();
  const heading = await thanks();
  const { phone: _, priority: __, ...sent } = { ...GOOD, message: 'First line.\nSecond line.' };
  const key = expect.stringMatching(/^\S{32,36}$/);
  expect(posts).toEqual([{ url: 'https://support.example/support/submit', key, body: sent }]);
  // The focus moves just after the page shows.
  await waitFor(() => expect(document.activeElement).toBe(heading.closest('section')));
  const shown = heading.closest('section').textContent;
  for (const part of [ACCEPTED.reference, ACCEPTED.expected_response, GOOD.email]) expect(shown).toContain(part);
  expect(screen.getByRole('link').href).toBe(ACCEPTED.ticket_url);
  expect(submitted.mock.calls).toEqual([[ACCEPTED]]);
});

it('shows no link that is not one to a page', async () => {
  service({ submit: () => json(202, { ...ACCEPTED, ticket_url: 'javascript:alert(1)' }) });
  show();
  fill(GOOD);
  send();
  await thanks();
  expect(screen.queryByRole('link')).toBeNull();
});

it('sends once, however often it is told to', async () => {
  let answer;
  const posts = service({ submit: () => new Promise((resolve) => (answer = resolve)) });
  show();
  fill(GOOD);
  send();
  send();
  expect(button().textContent).toBe('Sending…');
  expect(button().getAttribute('aria-disabled')).toBe('true');
  send();
  await waitFor(() => expect(answer).toBeTypeOf('function'));
  answer(json(202, ACCEPTED));
  await thanks();
  expect(posts.length).toBe(1);
});

it('keeps words and key when no answer comes, and takes up the key again after a change and back', async () => {
  const posts = service({ submit: (times) => (times < 4 ? lost() : json(202, ACCEPTED)) });
  show();
  fill(GOOD);
  send();
  await waitFor(() => expect(notice()).toContain('We cannot be reached just now.'));
  expect(notice()).toContain('nothing is sent twice');
  expect(field('message').value).toBe(GOOD.message);
  expect(button().textContent).toBe('Try again');
  await waitFor(() => expect(document.activeElement).toBe(button()));
  for (const message of [GOOD.message, 'Other words than before.', GOOD.message]) {
    fill({ message });
    const before = posts.length;
    send();
    await waitFor(() => expect(posts.length).toBe(before + 1));
    await waitFor(() => expect(screen.queryByText('Sending…')).toBeNull());
  }
  await thanks();
  const [first, again, changed, back] = posts.map((post) => post.key);
  expect([again, back]).toEqual([first, first]);
  expect(changed).not.toBe(first);
});

it.each([
  [500, 'We could not take your message just now.'],
  [503, 'We could not take your message just now.'],
  [413, 'Your message is too long for us.'],
  [429, 'Many messages came from you in a short time.'],
  [403, 'This form cannot be used on this page.'],
])('says on %i that it did not go through and can be tried again', async (status, says) => {
  service({ submit: () => json(status, { error: 'x' }) });
  show();
  fill(GOOD);
  send();
  await waitFor(() => expect(notice()).toContain(says));
  expect(button().textContent).toBe('Try again');
});

it('does not take a page of a proxy for an answer', async () => {
  service({ submit: () => new Response('<h1>Bad gateway</h1>', { status: 502 }) });
  show();
  fill(GOOD);
  send();
  await waitFor(() => expect(notice()).toContain('We could not take your message just now.'));
});

it('takes another key when the service knows the key with other words', async () => {
  const posts = service({
    submit: (times) => (times === 1 ? json(422, { error: 'idempotency_conflict' }) : json(202, ACCEPTED)),
  });
  show();
  fill(GOOD);
  send();
  await waitFor(() => expect(button().textContent).toBe('Try again'));
  send();
  await thanks();
  expect(posts[1].key).not.toBe(posts[0].key);
});

it('is ready for another message: who wrote stays, the words go, the key is new', async () => {
  const posts = service();
  show();
  fill(GOOD);
  send();
  await thanks();
  fireEvent.click(screen.getByRole('button', { name: 'Write another message' }));
  expect(field('name').value).toBe(GOOD.name);
  expect([field('subject').value, field('message').value, field('priority').value]).toEqual(['', '', '']);
  expect(document.activeElement).toBe(field('subject'));
  fill({ subject: GOOD.subject, message: GOOD.message, priority: GOOD.priority });
  send();
  await waitFor(() => expect(posts.length).toBe(2));
  expect(posts[1].body).toEqual(posts[0].body);
  expect(posts[1].key).not.toBe(posts[0].key);
  await thanks();
});

it('makes a key on a page without TLS too', async () => {
  const posts = service();
  vi.stubGlobal('crypto', { getRandomValues: (bytes) => bytes.fill(171) });
  show();
  fill(GOOD);
  send();
  await thanks();
  expect(posts[0].key).toBe('ab'.repeat(16));
});

it('offers the categories that it is given, and starts with the first', () => {
  show({ categories: [{ value: 'sales', label: 'Buying' }, { value: 'legal', label: 'Contracts' }] });
  expect([...field('category').options].map((option) => option.text)).toEqual(['Buying', 'Contracts']);
  expect(field('category').value).toBe('sales');
});

it('looks the new request up by itself', async () => {
  const standing = { reference: ACCEPTED.reference, status: 'received', updated_at: '2026-11-02T12:00:00+00:00' };
  service({ look: () => json(200, standing) });
  show();
  fill(GOOD);
  send();
  await screen.findByText(/TC-7K3M9QXW2P: We have your message/);
  expect(reference().value).toBe(ACCEPTED.reference);
});
