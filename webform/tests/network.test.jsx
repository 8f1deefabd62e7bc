import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ACCEPTED, field, fill, GOOD, json, open, send, service, show, signs } from './support.jsx';

const button = () => screen.getByRole('button', { name: /^(Send message|Sending…|Try again)$/ });
const notice = () => screen.getByRole('alert').textContent;
const progress = () => document.querySelector('.sf-progress').textContent;
const thanks = () => screen.findByRole('heading', { name: 'Thank you, we have your message' });
const lost = () => Promise.reject(new TypeError('no network'));
const later = (ms) => act(() => vi.advanceTimersByTimeAsync(ms));

afterEach(() => vi.useRealTimers());

function connection(isOnline) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
  if (isOnline) act(() => window.dispatchEvent(new Event('online')));
}

it('keeps the words without a connection, and sends them once when it is back, under the same key', async () => {
  const posts = service({ submit: (times) => (times === 1 ? lost() : json(202, ACCEPTED)) });
  show();
  fill(GOOD);
  connection(false);
  send();
  await waitFor(() => expect(notice()).toContain('You are offline.'));
  expect(field('message').value).toBe(GOOD.message);
  await waitFor(() => expect(document.activeElement).toBe(button()));
  expect(button().textContent).toBe('Try again');
  connection(true);
  await thanks();
  connection(true);
  expect(posts.length).toBe(2);
  expect(posts[1]).toEqual(posts[0]);
});

it('does not take the focus away when it has tried by itself in vain', async () => {
  const posts = service({ submit: lost });
  show();
  fill(GOOD);
  connection(false);
  send();
  await waitFor(() => expect(document.activeElement).toBe(button()));
  field('message').focus();
  connection(true);
  await waitFor(() => expect(notice()).toContain('We cannot be reached just now.'));
  expect(posts.length).toBe(2);
  expect(document.activeElement).toBe(field('message'));
});

it('sends nothing by itself that is not right any more', async () => {
  const posts = service({ submit: lost });
  show();
  fill(GOOD);
  connection(false);
  send();
  await waitFor(() => expect(notice()).toContain('You are offline.'));
  fill({ message: 'Help' });
  connection(true);
  await act(async () => {});
  expect(posts.length).toBe(1);
});

it('says that it still goes on when the network is slow, and gives up after a while', async () => {
  vi.useFakeTimers();
  const posts = [];
  vi.stubGlobal('fetch', (url, init) => {
    posts.push(init);
    return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
  });
  const tooLong = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    setTimeout(() => tooLong.abort(new DOMException('late', 'TimeoutError')), ms);
    return tooLong.signal;
  });
  open();
  fill(GOOD);
  await later(30_000);
  send();
  await later(3_900);
  expect([button().textContent, progress()]).toEqual(['Sending…', '']);
  await later(200);
  expect(progress()).toBe('Still sending. Please keep this page open.');
  send();
  expect(posts.length).toBe(1);
  await later(20_000);
  expect(notice()).toContain('We cannot be reached just now.');
  expect([button().textContent, progress()]).toEqual(['Try again', '']);
});

it('is never too fast for the service: it waits out two seconds from when it was shown', async () => {
  vi.useFakeTimers();
  const posts = service();
  open();
  fill(GOOD);
  send();
  await later(1_900);
  expect([posts.length, button().textContent]).toEqual([0, 'Sending…']);
  await later(200);
  expect(posts.length).toBe(1);
  expect(signs[0].elapsed).toBeGreaterThanOrEqual(2_000);
  expect(signs[0].website).toBe('');
});

it('tells the service of a field that nobody sees and a machine has filled', async () => {
  const posts = service();
  show();
  fill(GOOD);
  expect(field('website').closest('[hidden]')).toBeTruthy();
  field('website').value = 'https://pills.example';
  send();
  await thanks();
  expect(posts.length).toBe(1);
  expect(signs[0].website).toBe('https://pills.example');
});

it('sends what was sent off, also when the form leaves the page meanwhile', async () => {
  vi.useFakeTimers();
  const posts = service();
  const { unmount } = open();
  fill(GOOD);
  send();
  unmount();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(posts.length).toBe(1);
});
