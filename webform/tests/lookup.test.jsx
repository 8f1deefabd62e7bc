import { act, fireEvent, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { json, reference, service, show, type } from './support.jsx';

const REFERENCE = 'TC-7K3M9QXW2P';
const shown = () => document.querySelector('.sf-look-up [role=status]').textContent;
const SINCE = '2026-11-02T12:00:00+00:00';
const at = (status) => json(200, { reference: REFERENCE, status, updated_at: SINCE, channel: 'webform' });

function lookUp(text) {
  type(reference(), text);
  fireEvent.submit(reference().form);
}

afterEach(() => vi.useRealTimers());

it('says where a request stands, and since when', async () => {
  const asked = [];
  service({ look: (url) => asked.push(url) && at('answered') });
  show({ endpoint: 'https://support.example' });
  lookUp(' tc-7k3m9qxw2p ');
  await waitFor(() => expect(shown()).toContain(`${REFERENCE}: Answered; please look into your e-mail.`));
  expect(asked).toEqual(['https://support.example/support/ticket/tc-7k3m9qxw2p']);
  expect(document.querySelector('time').dateTime).toBe(SINCE);
});

it('asks for exactly what was typed, whatever that is', async () => {
  const asked = [];
  service({ look: (url) => asked.push(url) && json(404, {}) });
  show();
  lookUp('../x?a=b');
  await waitFor(() => expect(shown()).toContain('We know no request with this reference.'));
  expect(asked).toEqual(['/support/ticket/..%2Fx%3Fa%3Db']);
  expect(reference().getAttribute('aria-invalid')).toBe('true');
});

it('asks nobody when nothing was typed', async () => {
  const look = vi.fn();
  service({ look });
  show();
  lookUp('  ');
  await waitFor(() => expect(shown()).toContain('Write the reference that you were given'));
  await waitFor(() => expect(document.activeElement).toBe(reference()));
  expect(look).not.toHaveBeenCalled();
});

it('says when the service cannot be reached', async () => {
  service({ look: () => Promise.reject(new TypeError('no network')) });
  show();
  lookUp(REFERENCE);
  await waitFor(() => expect(shown()).toContain('We cannot be reached just now.'));
});

it('shows a standing that it has no words for as it is', async () => {
  service({ look: () => at('on_hold') });
  show();
  lookUp(REFERENCE);
  await waitFor(() => expect(shown()).toContain(`${REFERENCE}: on hold.`));
});

it('looks again until there is an answer, over an outage, and then no more', async () => {
  vi.useFakeTimers();
  const answers = [at('received'), null, at('in_progress'), at('answered')];
  const look = vi.fn(() => {
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
  });
  service({ look });
  show();
  lookUp(REFERENCE);
  const later = (ms) => act(() => vi.advanceTimersByTimeAsync(ms));
  await later(0);
  expect(shown()).toContain('We have your message');
  await later(4_000);
  expect(shown()).toContain('We have your message');
  await later(4_000);
  expect(shown()).toContain('We are working on it');
  await later(4_000);
  expect(shown()).toContain('Answered');
  await later(60_000);
  expect(look).toHaveBeenCalledTimes(4);
});

it('does not show the answer to an earlier question', async () => {
  const waiting = [];
  service({ look: (url) => new Promise((resolve) => waiting.push({ url, resolve })) });
  show();
  lookUp('TC-0000000000');
  lookUp(REFERENCE);
  expect(waiting.map(({ url }) => url.slice(-13))).toEqual(['TC-0000000000', REFERENCE]);
  await act(async () => {
    waiting[1].resolve(at('closed'));
    waiting[0].resolve(json(404, {}));
  });
  await waitFor(() => expect(shown()).toContain(`${REFERENCE}: Closed`));
});

it('stops looking when it leaves the page', async () => {
  vi.useFakeTimers();
  const look = vi.fn(async () => at('received'));
  service({ look });
  const { unmount } = show();
  lookUp(REFERENCE);
  await act(() => vi.advanceTimersByTimeAsync(0));
  unmount();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(look).toHaveBeenCalledTimes(1);
});
