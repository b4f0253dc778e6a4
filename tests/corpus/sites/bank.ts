// A site with the strictest policy there is: everything from itself alone, Trusted Types, no inline style.
import { documentOf, times } from '../serving/document';
import { html, picture, text } from '../serving/answers';
import type { Site } from '../site';

const policy = [
  "default-src 'none'",
  "img-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const style = `
* { box-sizing: border-box } body { margin: 0; font-family: sans-serif } main { width: 900px; margin: 0 auto }
.people img { width: 200px; height: 200px; object-fit: cover; margin: 8px }
.offer { width: 900px; height: 300px; background: url(/offer/city-1-450x150.jpg) center / cover }
`;

const page = documentOf({
  title: 'A careful bank',
  head: '<link rel="stylesheet" href="/style.css">',
  body: `<main><h1>A careful bank</h1><div class="offer"></div>
    <div class="people">${times(6, (index) => `<img src="/people/bust-${index}-160x160.jpg" alt="">`)}</div>
    <picture><source type="image/webp" srcset="/building/city-2-400x250.webp"><img src="/building/city-2-400x250.jpg" width="400" height="250" alt=""></picture>
    </main><script src="/app.js"></script>`,
}).replace('<link rel="icon" href="data:,">', '<link rel="icon" href="/icon/pebbles-1-32x32.png">');

// What such a site might do with its pictures: look whether someone has touched them.
const script = `
for (const image of document.images) {
  const { src } = image;
  image.addEventListener('error', () => console.error('lost', src));
}`;

export const bank: Site = {
  name: 'bank',
  about:
    "`default-src 'none'; img-src 'self'`, Trusted Types, no inline style, `nosniff`, no referrer",
  url: 'http://bank.example/',
  hosts: () => ({
    'bank.example': (url, headers) => {
      const strict = {
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      };
      switch (url.pathname) {
        case '/':
          return html(page, { ...strict, 'content-security-policy': policy });
        case '/style.css':
          return text('text/css', style, strict);
        case '/app.js':
          return text('text/javascript', script, strict);
        default:
          return picture(url.pathname, headers, strict);
      }
    },
  }),
  expected: [
    { what: 'people', url: /\/people\//, count: 6, outcome: 'upscaled' },
    { what: 'building', url: /\/building\//, count: 1, outcome: 'upscaled' },
    { what: 'background', url: /\/offer\//, count: 1, outcome: 'upscaled' },
  ],
};
