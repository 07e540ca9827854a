// Who received when: one track for each instance, and the changes as a list.
import { clock, text } from './language.js';
import { find, make, who } from './parts.js';

const ranges = { range10m: 600, range1h: 3600, range6h: 21600, range24h: 86400 };
const mostTracks = 8;
const mostChanges = 8;
let range = 'range6h';

export function drawRanges(redraw) {
  find('ranges').setAttribute('aria-label', text('range'));
  find('ranges').replaceChildren(...Object.keys(ranges).map(name => make('button', {
    type: 'button', 'aria-pressed': name === range, click: () => { range = name; drawRanges(redraw); redraw(); },
  }, text(name))));
}

export function drawTimeline(segments, now) {
  const end = new Date(now).getTime();
  const start = end - ranges[range] * 1000;
  const shown = segments.filter(segment => untilOf(segment, end) >= start);
  const tracks = Map.groupBy(shown, who);
  const names = [...tracks.keys()].slice(-mostTracks).reverse();
  find('timeline').replaceChildren(
    ...names.flatMap(name => [
      make('bdi', { class: 'who', title: name }, name),
      make('div', { class: 'track' }, ...tracks.get(name).map(segment => bar(segment, start, end))),
    ]),
    make('div', { class: 'axis' }, ...[0, 1, 2, 3].map(part => make('span', {}, clock(start + (end - start) * part / 3, range === 'range10m')))));
  drawChanges(segments);
}

function bar(segment, start, end) {
  const from = Math.max(new Date(segment.since).getTime(), start);
  const until = untilOf(segment, end);
  const element = make('span', { class: `${segment.mode}${segment.is_broken ? ' broken' : ''}`, title: `${who(segment)} ${clock(segment.since)}` });
  element.style.insetInlineStart = `${100 * (from - start) / (end - start)}%`;
  element.style.inlineSize = `${100 * (until - from) / (end - start)}%`;
  return element;
}

const untilOf = (segment, end) => Math.min(segment.until === null ? end : new Date(segment.until).getTime(), end);

/** The newest first. An instance that begins after one that ended without a stop has taken over. */
function drawChanges(segments) {
  const changes = segments.flatMap((segment, index) => {
    const before = segments[index - 1];
    const isTakeover = before?.is_broken === true && before.pid !== segment.pid;
    const mode = text(segment.mode === 'webhook' ? 'modeWebhook' : 'modePolling');
    const begun = {
      at: segment.since, isTakeover, words: isTakeover ? text('tookOver', who(segment), who(before), mode) : text('began', who(segment), mode),
    };
    const isReplaced = segments[index + 1]?.since === segment.until;
    const ended = segment.until === null || isReplaced ? [] : [{ at: segment.until, words: text(segment.is_broken ? 'vanished' : 'stopped', who(segment)) }];
    return [begun, ...ended];
  }).sort((a, b) => new Date(b.at) - new Date(a.at)).slice(0, mostChanges);
  find('changes').replaceChildren(...(changes.length === 0 ? [make('li', {}, text('noChanges'))] : changes.map(change => make('li', {},
    make('time', { datetime: change.at }, clock(change.at)), make('span', { class: change.isTakeover ? 'takeover' : '' }, change.words)))));
}
