// Reads the state again and again while the page is seen, and draws it.
import { age, change, clock, dateTime, language, load, number, text } from './language.js';
import { code, fill, find, make, post, toast, who } from './parts.js';
import { drawRanges, drawTimeline } from './timeline.js';

const pause = 300;
const keptPause = 3000;
let report = null;
let kept = null;
let keptAt = 0;
let timer;

async function read() {
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  try {
    if (await readStatus()) {
      timer = setTimeout(read, pause);
    }
  } catch {
    showLink('lost');
    timer = setTimeout(read, 2 * pause);
  }
}

async function readStatus() {
  const answer = await fetch('api/status');
  if (answer.status === 401) {
    showLogin();
    return false;
  }
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  const before = report;
  report = await answer.json();
  const isCountNew = before?.status.parked !== report.status.parked || before?.status.dead_letters !== report.status.dead_letters;
  if (isCountNew || performance.now() - keptAt > keptPause) {
    await readKept();
  }
  showLink('live');
  draw();
  return true;
}

async function readKept() {
  const answer = await fetch('api/kept');
  if (answer.ok) {
    kept = await answer.json();
    keptAt = performance.now();
  }
}

function showLink(state) {
  find('link').className = `link ${state}`;
  const words = text(state === 'live' ? 'live' : 'lost');
  if (find('link').textContent !== words) {
    find('link').textContent = words;
  }
}

function showLogin() {
  report = null;
  find('page').hidden = true;
  find('logout').hidden = true;
  find('link').textContent = '';
  find('bot').textContent = '';
  find('login').hidden = false;
  find('key').focus();
}

function draw() {
  if (report === null) {
    return;
  }
  const { status } = report;
  find('login').hidden = true;
  find('page').hidden = false;
  find('logout').hidden = !report.needs_key;
  find('bot').textContent = text('bot', status.bot_id);
  drawReceiver(status);
  find('faults').replaceChildren(...[
    status.telegram_fault === null ? null : text('telegramFault', status.telegram_fault),
    status.storage_fault === null ? null : text('storageFault', status.storage_fault),
    kept?.fault ?? null,
  ].filter(fault => fault !== null).map(fault => make('p', {}, fault)));
  drawTiles(status);
  drawTimeline(report.timeline, status.at);
  drawInstances(status);
  drawKept();
}

function setText(id, words) {
  if (find(id).textContent !== words) {
    find(id).textContent = words;
  }
}

function drawReceiver({ receiver, at, lock }) {
  find('receiver').className = `card receiver ${receiver === null ? 'none' : 'good'}`;
  setText('receiver-name', receiver === null ? text('noReceiver') : who(receiver));
  const since = receiver?.since ?? null;
  setText('receiver-more', [
    receiver === null ? null : text(receiver.mode === 'webhook' ? 'modeWebhook' : 'modePolling'),
    since === null ? null : text('since', clock(since)),
    lock.holder === null ? text('lockFree') : text('lockHeld', `PID ${lock.holder.pid}`, lock.holder.epoch),
  ].filter(part => part !== null).join(' · '));
}

function drawTiles({ webhook, pending_trend, in_flight, parked, dead_letters, last_settled_at, at }) {
  const count = value => (value === null || value === undefined ? '–' : number(value));
  const seconds = report.handler_seconds;
  const tiles = [
    ['pending', count(webhook?.pending_update_count), pending_trend === null ? '' : text(pending_trend)],
    ['rate', number(report.per_minute, 1), text('perMinute')],
    ['latency', seconds === null ? '–' : seconds < 1 ? text('milliseconds', number(seconds * 1000, 1)) : text('seconds', number(seconds, 1)), text('latencyHint')],
    ['inFlight', count(in_flight), last_settled_at === null ? '' : text('lastSettled', age((new Date(at) - new Date(last_settled_at)) / 1000))],
    ['parked', count(parked), ''],
    ['deadLetters', count(dead_letters), '', dead_letters > 0 ? 'bad' : ''],
  ];
  find('tiles').replaceChildren(...tiles.map(([name, value, more, mood = '']) =>
    make('div', { class: `tile ${mood}` }, make('dt', {}, text(name)), make('dd', { id: `tile-${name}` }, value, make('small', {}, more)))));
}

function drawInstances({ instances, at }) {
  const heads = ['host', 'process', 'state', 'settled', 'lastSign', 'version'].map(name => text(name));
  fill(find('instances'), heads, instances.map(({ is_late, record }) => {
    const words = is_late ? text('late') : text(record.state === 'receiving' && record.mode === 'webhook' ? 'servesWebhook' : record.state);
    const cells = [code(record.host), String(record.pid), words, number(record.settled), text('ago', age((new Date(at) - new Date(record.at)) / 1000)), code(record.version)];
    return { state: cells.map(cell => cell.textContent ?? cell), cells };
  }), text('noInstances'));
}

function drawKept() {
  if (kept === null) {
    return;
  }
  setText('replay-hint', report.handlers === 0 ? text('noHandlers') : text('replayHint', report.program, number(report.handlers)));
  setText('dead-letter-count', text('shown', number(kept.dead_letters.length), number(kept.dead_letter_count)));
  setText('parked-count', text('shown', number(kept.parked.length), number(kept.parked_count)));
  fill(find('dead-letters'), [text('id'), text('kind'), text('givenUp'), text('attempts'), text('reason'), ''], kept.dead_letters.map(letter => ({
    state: [letter, language, report.handlers],
    cells: [code(letter.id), letter.kind ?? '–', dateTime(letter.given_up_at), number(letter.attempts), make('bdi', {}, letter.reason), [
      button('showJson', letter.id, () => showJson(letter.id, `api/dead-letters/${encodeURIComponent(letter.id)}`)),
      button('replay', letter.id, () => confirmReplay(letter.id), report.handlers === 0),
    ]],
  })), text('noDeadLetters'));
  fill(find('parked'), [text('id'), text('kind'), text('arrived'), text('nextAttempt'), ''], kept.parked.map(update => ({
    state: [update, language],
    cells: [code(String(update.update_id)), update.kind ?? '–', dateTime(update.arrived_at), update.not_before === null ? text('atOnce') : dateTime(update.not_before),
      [button('showJson', update.update_id, () => showJson(update.update_id, `api/parked/${update.update_id}`))]],
  })), text('noParked'));
}

function button(name, id, click, isDisabled = false) {
  const element = make('button', { type: 'button', 'aria-label': `${text(name)} ${id}`, click }, text(name));
  element.disabled = isDisabled;
  return element;
}

async function showJson(id, path) {
  const answer = await fetch(path);
  if (!answer.ok) {
    toast(answer.status === 404 ? text('gone') : text('failed'));
    return;
  }
  const json = await answer.json();
  find('json-title').textContent = text('jsonOf', id);
  find('json-text').textContent = JSON.stringify({ ...json, raw: unfold(json.raw) }, null, 2);
  find('json').showModal();
}

/** The update itself is a text within the JSON; it is shown as JSON where it is JSON. */
function unfold(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

function confirmReplay(id) {
  find('confirm-text').textContent = text('replayQuestion', id, report.program);
  find('confirm-yes').onclick = () => { find('confirm').close(); replay(id); };
  find('confirm').showModal();
}

async function replay(id) {
  toast(text('replaying', id));
  try {
    const answer = await post(`api/dead-letters/${encodeURIComponent(id)}/replay`);
    toast(answer.ok ? text(`replay_${(await answer.json()).outcome}`, id) : text('failed'));
  } catch {
    toast(text('failed'));
  }
  keptAt = 0;
  await read();
}

async function signIn(event) {
  event.preventDefault();
  try {
    const answer = await post('login', { key: find('key').value });
    find('login-error').textContent = answer.ok ? '' : text(answer.status === 401 ? 'wrongKey' : 'failed');
    if (answer.ok) {
      find('key').value = '';
      await read();
    } else {
      find('key').select();
    }
  } catch {
    find('login-error').textContent = text('failed');
  }
}

async function showLanguage() {
  const other = language === 'ar' ? 'en' : 'ar';
  find('language').textContent = other === 'ar' ? 'العربية' : 'English';
  find('language').lang = other;
  drawRanges(draw);
  draw();
}

find('language').addEventListener('click', async () => { await change(); await showLanguage(); });
find('logout').addEventListener('click', async () => { await post('logout'); clearTimeout(timer); showLogin(); });
find('login-form').addEventListener('submit', signIn);
for (const closing of document.querySelectorAll('[data-close]')) {
  closing.addEventListener('click', () => closing.closest('dialog').close());
}
// The texts of users leave the page with the dialog.
find('json').addEventListener('close', () => { find('json-text').textContent = ''; });
document.addEventListener('visibilitychange', read);
await load();
await showLanguage();
await read();
