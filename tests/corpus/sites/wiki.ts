// A wiki article: densities in `srcset`, old pictures without, formulas as vectors, everything revalidated by ETag.
import { documentOf, times } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const paragraph =
  '<p>A mountain lake is a body of standing water at high elevation, usually fed by meltwater and held by rock or old moraine. ' +
  'Its colour comes from fine sediment that scatters light, and changes with the season and the hour of the day.</p>';

const style = `
main { max-width: 960px; margin: 0 auto; font-family: 'Liberation Serif', serif }
figure { float: right; clear: right; margin: 0 0 16px 24px; padding: 4px; border: 1px solid #c8ccd1; font-size: 14px; width: 230px }
figure img { width: 220px; height: 150px } table { float: right; border: 1px solid #a2a9b1; margin: 0 0 16px 24px }
.map { display: block; width: 500px; height: 329px } .gallery img { width: 150px; height: 100px; margin: 4px }
`;

/** New uploads come in three densities; the browser takes the double one, which is enough. */
const modern = (index: number) => {
  const at = (width: number, height: number) => `/thumb/valley-${index}-${width}x${height}.jpg`;
  return `<figure><a href="#"><img src="${at(220, 150)}" srcset="${at(330, 225)} 1.5x, ${at(440, 300)} 2x" alt=""></a>A lake</figure>`;
};
const old = (index: number) =>
  `<figure><img src="/old/pebbles-${index}-220x150.jpg" alt="">Stones of the shore, 1998</figure>`;

const article = documentOf({
  title: 'Mountain lake',
  style,
  body: `<main><h1>Mountain lake</h1>
    <table><tr><td><img src="/infobox/city-1-250x200.png" width="250" height="200" alt=""></td></tr></table>
    ${times(6, (index) => (index % 2 ? old(index) : modern(index)) + paragraph.repeat(3))}
    <h2>Formula</h2><img src="/math/bicycle.svg" class="map" alt="a vector larger than its own size">
    <h2>Gallery</h2><div class="gallery">${times(8, (index) => `<img loading="lazy" src="/old/fruit-${index}-150x100.jpg" alt="">`)}</div>
  </main>`,
});

export const wiki: Site = {
  name: 'wiki',
  about: 'densities in `srcset`, old pictures without, vectors, every file revalidated by its ETag',
  url: 'http://wiki.example/wiki/Mountain_lake',
  // Chromium stays with the candidate that it chose before the zoom.
  opensAt: 2,
  hosts: () => ({
    'wiki.example': (url, headers) =>
      url.pathname.startsWith('/wiki/')
        ? html(article)
        : picture(url.pathname, headers, { 'cache-control': 'no-cache' }),
  }),
  expected: [
    { what: 'old pictures', url: /\/old\//, count: 11, outcome: 'upscaled' },
    { what: 'infobox', url: /\/infobox\//, count: 1, outcome: 'upscaled' },
    { what: 'new pictures', url: /\/thumb\//, count: 3, outcome: 'sharp-enough' },
    { what: 'vector', url: /\/math\//, count: 1, outcome: 'vector' },
  ],
};
