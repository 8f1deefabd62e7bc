// @vitest-environment node
import { readFileSync } from 'node:fs';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import SupportForm from '../SupportForm.jsx';

it('is a client component', () => {
  expect(readFileSync('SupportForm.jsx', 'utf8')).toMatch(/^'use client';\n/);
});

it('imports React and nothing else', () => {
  const imported = [...readFileSync('SupportForm.jsx', 'utf8').matchAll(/\bfrom '([^']+)'/g)].map((found) => found[1]);
  expect(imported).toEqual(['react']);
});

it('can be rendered where there is no window, as a form that posts itself and is checked by the browser', () => {
  expect(typeof window).toBe('undefined');
  const html = renderToString(<SupportForm endpoint="https://support.example" />);
  expect(html).toContain('action="https://support.example/support/submit" method="post"');
  expect(html.slice(0, html.indexOf('name="name"')).toLowerCase()).not.toContain('novalidate');
  expect(html.match(/<form/g).length).toBe(1);
  for (const name of ['name', 'email', 'category', 'priority', 'phone', 'subject', 'message']) {
    expect(html).toContain(`name="${name}"`);
  }
});
