import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, test } from 'vitest';
import { check } from '../SupportForm.jsx';
import cases from './cases.json';
import { field, fill, GOOD, json, send, service, show } from './support.jsx';

const spelled = (value) => (typeof value === 'string' ? value : value.repeat.repeat(value.times) + (value.then ?? ''));

// The same table is held against the service's own rules in test_webform.py.
test.each(cases)('$what', ({ change, wrong }) => {
  const changed = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, spelled(value)]));
  expect(Object.keys(check({ ...GOOD, ...changed })).toSorted()).toEqual(wrong.toSorted());
});

describe('a form with mistakes', () => {
  it('is not sent; each mistake is said at its field, and the first gets the focus', () => {
    const posts = service();
    show();
    fill({ ...GOOD, email: 'ana', message: 'Help' });
    send();
    expect(posts).toEqual([]);
    expect(document.activeElement).toBe(field('email'));
    expect(field('email').getAttribute('aria-invalid')).toBe('true');
    expect(described('email')).toContain('Write the e-mail address that we should answer to, such as ann@example.com.');
    expect(described('message')).toContain('Describe your question, with 10 to 5,000 characters.');
    expect(described('message')).toContain('Please leave out passwords and card numbers.');
    expect(field('name').hasAttribute('aria-invalid')).toBe(false);
    expect(screen.getByRole('alert').textContent).toBe('Please look at the marked fields.');
  });

  it('loses a mark as soon as its field is right, without moving the focus', () => {
    service();
    show();
    fill({ ...GOOD, email: 'ana', message: 'Help' });
    send();
    field('message').focus();
    fill({ message: 'Help m' });
    expect(field('message').getAttribute('aria-invalid')).toBe('true');
    fill({ message: 'Help me, please.' });
    expect(field('message').hasAttribute('aria-invalid')).toBe(false);
    expect(screen.getByRole('alert').textContent).not.toBe('');
    fill({ email: 'ana@customer.example' });
    expect(screen.getByRole('alert').textContent).toBe('');
    expect(document.activeElement).toBe(field('message'));
  });

  it('can be refused by the service too: its sentences stand at the fields', async () => {
    service({ submit: () => json(422, { error: 'invalid', fields: { subject: 'Not this.', email: 'Not ours.' } }) });
    show();
    fill(GOOD);
    send();
    await waitFor(() => expect(described('subject')).toBe('Not this.'));
    expect(described('email')).toBe('Not ours.');
    await waitFor(() => expect(document.activeElement).toBe(field('email')));
    expect(screen.getByRole('button', { name: 'Send message' })).toBeTruthy();
  });

  it('says what the service says of something that is no field', async () => {
    service({ submit: () => json(422, { error: 'invalid', fields: { body: 'Send the form as JSON.' } }) });
    show();
    fill(GOOD);
    send();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('Send the form as JSON.'));
  });
});

it('counts characters as the service does', () => {
  show();
  fill({ message: 'Hi 👩' });
  expect(screen.getByText('4 / 5,000')).toBeTruthy();
});

function described(name) {
  const ids = field(name).getAttribute('aria-describedby').split(' ');
  return ids.map((id) => document.getElementById(id).textContent).join(' ');
}
