// The texts of the page, in English or Arabic. Values are isolated, so that an ID or a host keeps its own direction.
const stored = 'azker-language';
let texts = {};
export let language = document.documentElement.lang;

export async function load() {
  language = localStorage.getItem(stored) ?? language;
  texts = await (await fetch(`texts.${language}.json`)).json();
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = text('title');
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
}

export async function change() {
  localStorage.setItem(stored, language === 'ar' ? 'en' : 'ar');
  await load();
}

export function text(name, ...values) {
  return values.reduce((whole, value, index) => whole.replaceAll(`{${index}}`, `\u2068${value}\u2069`), texts[name] ?? name);
}

const locale = () => (language === 'ar' ? 'ar-u-nu-latn' : 'en-GB');
export const number = (value, digits = 0) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
export const clock = (time, withSeconds = true) => new Intl.DateTimeFormat(locale(), {
  hour: '2-digit', minute: '2-digit', second: withSeconds ? '2-digit' : undefined, hourCycle: 'h23',
}).format(new Date(time));
export const dateTime = time => new Intl.DateTimeFormat(locale(), {
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
}).format(new Date(time));

export function age(seconds) {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : seconds < 86400 ? [seconds / 3600, 'hour'] : [seconds / 86400, 'day'];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(Math.max(0, Math.floor(value)));
}
