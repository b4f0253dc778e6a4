// A webcomic: one strip a page, the next one without a new document, and a guest strip in pixels.
import { documentOf } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const strips = ['bicycle.png', 'poster.png', 'leaf.png'];

const style = `
main { width: 760px; margin: 0 auto; text-align: center }
#strip { width: 720px; height: 540px; object-fit: contain } nav button { font-size: 20px; margin: 8px }
.news img { float: left; margin-right: 12px }
`;

// The address changes as the strip does, and the back button works.
const script = `
const strips = ${JSON.stringify(strips)};
const strip = document.getElementById('strip');
const show = (number) => { strip.src = '/strips/' + strips[number]; strip.alt = 'Strip ' + number; document.getElementById('number').textContent = number; };
let at = 0;
const go = (step) => { at += step; history.pushState(at, '', '/strip/' + at); show(at); };
document.getElementById('next').onclick = () => go(1);
addEventListener('popstate', ({ state }) => { at = state ?? 0; show(at); });`;

const page = documentOf({
  title: 'Ink',
  style,
  body: `<main><h1>Ink</h1><img id="strip" src="/strips/${strips[0]}" alt="Strip 0" title="It all began with a wheel.">
    <nav><button id="next">Next</button> <span id="number">0</span></nav>
    <div class="news"><img src="/avatar/bust-3-80x80.png" width="80" height="80" alt=""><p>New strips on Mondays, drawn in ink and scanned.</p></div>
  </main><script>${script}</script>`,
});

export const webcomic: Site = {
  name: 'webcomic',
  about: 'line art and lettering in PNG, one `<img>` that changes with `history.pushState`',
  url: 'http://comic.example/',
  hosts: () => ({
    'comic.example': (url, headers) =>
      url.pathname === '/' || url.pathname.startsWith('/strip/')
        ? html(page)
        : picture(url.pathname, headers, { 'cache-control': 'max-age=600' }),
  }),
  expected: [
    { what: 'strips', url: /\/strips\//, count: 3, outcome: 'upscaled' },
    { what: 'author', url: /\/avatar\//, count: 1, outcome: 'upscaled' },
  ],
  async interact({ page: tab, settle }) {
    for (const strip of strips.slice(1)) {
      await tab.click('#next');
      await settle(`/strips/${strip}`);
    }
    for (const strip of strips.slice(0, -1).toReversed()) {
      await tab.evaluate(() => history.back());
      await settle(`/strips/${strip}`);
    }
  },
};
