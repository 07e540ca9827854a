// Small parts of the page. Each text becomes a text node, so no data becomes markup.
import { text } from './language.js';

export const find = id => document.getElementById(id);

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    key === 'class' ? (element.className = value) : key === 'click' ? element.addEventListener('click', value) : element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

export const code = value => make('bdi', { class: 'code', dir: 'ltr' }, value);
export const who = part => (part.host === null ? text('telegramPushes') : `PID ${part.pid} · ${part.host}`);

/** Fills a table, unless it shows the same already: a button keeps its focus then. */
export function fill(table, heads, rows, empty) {
  const state = JSON.stringify([heads, rows.map(row => row.state)]);
  if (table.dataset.state === state) {
    return;
  }
  table.dataset.state = state;
  const body = rows.length === 0
    ? [make('tr', {}, make('td', { class: 'empty', colspan: heads.length }, empty))]
    : rows.map(row => make('tr', {}, ...row.cells.map((cell, index) => make(
      'td', { 'data-label': heads[index], class: heads[index] === '' ? 'actions' : '' }, ...[cell].flat()))));
  table.replaceChildren(
    make('thead', {}, make('tr', {}, ...heads.map(head => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, ...body));
}

let hiding;
export function toast(message) {
  const element = find('toast');
  element.textContent = message;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { element.hidden = true; }, 8000);
}

/** Sends a request; the header is one that a page of another site cannot send. */
export const post = (path, body = {}) => fetch(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json', 'Azker-Dashboard': '1' }, body: JSON.stringify(body),
});
