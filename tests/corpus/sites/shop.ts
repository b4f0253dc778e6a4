// A shop: a grid with `srcset` by width, pictures in the format that the browser accepts, a second picture on hover.
import { documentOf, times } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const products = 12;

const product = (index: number) => {
  const at = (width: number) => `/p/fruit-${index}-${width}x${width}.jpg`;
  return `<a class="card" href="#${index}"><img src="${at(180)}" srcset="${at(180)} 180w, ${at(320)} 320w" sizes="280px"
    data-second="/second/fruit-${100 + index}-320x320.jpg" alt="" width="280" height="280"><b>Bowl no. ${index}</b> <i>€ ${20 + index}</i></a>`;
};

const style = `
main { max-width: 1200px; margin: 0 auto }
header { display: flex; align-items: center; gap: 24px; height: 72px }
.hero { display: block; width: 1200px; height: 400px; object-fit: cover }
.grid { display: grid; grid-template-columns: repeat(4, 1fr); gap: 24px; padding: 24px 0 }
.card { display: block; color: inherit; text-decoration: none }
.also { display: flex; gap: 24px; padding-bottom: 48px }
.also div { width: 280px; height: 180px; background-size: cover; background-position: center }
footer img { margin-right: 12px }
`;

const script = `
for (const card of document.querySelectorAll('.card')) {
  const image = card.querySelector('img');
  const { src, srcset } = image;
  card.addEventListener('mouseenter', () => { image.srcset = ''; image.src = image.dataset.second; });
  card.addEventListener('mouseleave', () => { image.src = src; image.srcset = srcset; });
}`;

const page = documentOf({
  title: 'Bowls and plates',
  style,
  body: `<main><header><img src="/brand/bicycle.svg" width="96" height="64" alt=""><h1>Bowls and plates</h1></header>
    <picture><source type="image/avif" srcset="/hero/city-1-640x214.avif"><source type="image/webp" srcset="/hero/city-1-640x214.webp">
    <img class="hero" src="/hero/city-1-640x214.jpg" alt=""></picture>
    <div class="grid">${times(products, product)}</div>
    <h2>You may also like</h2>
    <div class="also">${times(4, (index) => `<div style="background-image: url(/also/valley-${index}-280x180.jpg)"></div>`)}</div>
    <h2>From our journal</h2>
    <img src="/auto/pebbles-1-400x300.jpg" width="400" height="300" alt="">
    <img src="/large/valley-large.jpg" width="480" height="300" alt="">
    <footer>${times(3, (index) => `<img src="/pay/fruit-${index}-20x20.png" width="20" height="20" alt="">`)}</footer>
  </main><script>${script}</script>`,
});

/** One address, and the format by the Accept header: a script that asks for it gets another than the browser. */
const negotiated = (path: string, accept = '') => {
  const format = /image\/avif/.test(accept) ? 'avif' : /image\/webp/.test(accept) ? 'webp' : 'jpg';
  return path.replace(/jpg$/, format);
};

export const shop: Site = {
  name: 'shop',
  about: '`srcset` by width, AVIF and WebP by `<source>` and by `Accept`, another picture on hover',
  url: 'http://shop.example/',
  hosts: () => ({
    'shop.example': (url, headers) => {
      if (url.pathname === '/') return html(page, { 'set-cookie': 'basket=1; Path=/' });
      return url.pathname.startsWith('/auto/')
        ? picture(negotiated(url.pathname, headers.accept), headers, { vary: 'Accept' })
        : picture(url.pathname, headers);
    },
  }),
  expected: [
    { what: 'products', url: /\/p\//, count: products, outcome: 'upscaled' },
    { what: 'picture on hover', url: /\/second\//, count: 1, outcome: 'upscaled' },
    { what: 'hero', url: /\/hero\//, count: 1, outcome: 'upscaled' },
    { what: 'format by Accept', url: /\/auto\//, count: 1, outcome: 'upscaled' },
    { what: 'backgrounds', url: /\/also\//, count: 4, outcome: 'upscaled' },
    { what: 'large picture', url: /\/large\//, count: 1, outcome: 'sharp-enough' },
    { what: 'logo', url: /\/brand\//, count: 1, outcome: 'sharp-enough' },
    { what: 'payment icons', url: /\/pay\//, count: 3, outcome: 'too-small' },
  ],
  async interact({ page, settle }) {
    await page.hover('.card:nth-child(2)');
    await settle('/second/fruit-101-');
    await page.mouse.move(2, 2);
  },
};
