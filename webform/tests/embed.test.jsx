import { readFileSync } from 'node:fs';
import { act, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { ACCEPTED, field, fill, GOOD, send, service, takeTime } from './support.jsx';

const page = new DOMParser().parseFromString(readFileSync('plain/index.html', 'utf8'), 'text/html');

beforeEach(() => {
  vi.resetModules();
  // jsdom has neither.
  vi.stubGlobal('CSSStyleSheet', class { replaceSync(text) { this.text = text; } });
  vi.stubGlobal('CSS', { escape: (text) => text });
  document.adoptedStyleSheets = [];
  document.body.innerHTML = page.body.innerHTML;
});

const start = () => act(() => import('../embed.jsx'));

it('takes the place of the plain form and keeps what was typed, where it was typed', async () => {
  field('name').value = 'Ana Lima';
  field('category').value = 'billing';
  field('message').value = 'Half a sent';
  field('message').focus();
  field('message').setSelectionRange(4, 6);
  const plain = field('message');
  await start();
  expect(plain.isConnected).toBe(false);
  expect(document.querySelectorAll('[name=message]').length).toBe(1);
  const kept = ['name', 'category', 'message'].map((name) => field(name).value);
  expect(kept).toEqual(['Ana Lima', 'billing', 'Half a sent']);
  expect(document.activeElement).toBe(field('message'));
  expect([field('message').selectionStart, field('message').selectionEnd]).toEqual([4, 6]);
});

it('offers the plain form and the component the same fields, choices and words', async () => {
  const shape = () => [...field('name').form.elements].map(({ name, type, required, options, labels }) => {
    const choices = [...(options ?? [])].map((one) => [one.value, one.text]);
    return { name, type, required, choices, label: labels[0]?.textContent.trim() };
  });
  const plain = shape();
  await start();
  expect(shape()).toEqual(plain);
});

it('tells the page of the reference, and asks the service that the page names', async () => {
  const posts = service();
  const place = document.querySelector('[data-support-form]');
  place.dataset.endpoint = 'https://support.example';
  const told = vi.fn();
  document.addEventListener('support-form:submitted', (event) => told(event.target, event.detail), { once: true });
  await start();
  takeTime();
  fill(GOOD);
  send();
  await waitFor(() => expect(told).toHaveBeenCalledWith(place, ACCEPTED));
  expect(posts[0].url).toBe('https://support.example/support/submit');
});

it('can stand on a page twice: no id is there twice', async () => {
  document.body.innerHTML = '<div data-support-form></div><div data-support-form></div>';
  await start();
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
  for (const label of document.querySelectorAll('label[for]')) expect(ids).toContain(label.htmlFor);
});

it('does nothing to a page without a place for it', async () => {
  document.body.innerHTML = '<p>Nothing here</p>';
  await start();
  expect(document.body.innerHTML).toBe('<p>Nothing here</p>');
  expect(document.adoptedStyleSheets).toEqual([]);
});
