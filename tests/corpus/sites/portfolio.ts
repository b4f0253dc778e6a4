// A designer's portfolio: pictures in every place but an <img>.
import { documentOf } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const at = (place: string, index: number, size = '300x200') =>
  `/${place}/city-${index}-${size}.jpg`;

const style = `
main { width: 1000px; margin: 0 auto } main > * { margin: 0 0 24px; display: block }
.cover { width: 1000px; height: 400px; background: linear-gradient(#0003, #0006), url(${at('cover', 1, '500x200')}) center / cover }
.auto { width: 320px; height: 200px; background: url(${at('auto', 1, '320x200')}) no-repeat }
.set { width: 320px; height: 200px; background-image: image-set(url(${at('set', 1, '320x200')}) 1x) }
.tiled { width: 600px; height: 160px; background: url(${at('tiled', 1, '80x80')}) repeat }
.before::before { content: ''; display: block; width: 400px; height: 260px; background: url(${at('before', 1)}) 0 0 / 100% 100% }
.content::after { content: url(${at('content', 1)}) }
.replaced { content: url(${at('replaced', 1)}); width: 300px; height: 200px }
.border { width: 400px; height: 120px; border: 30px solid; border-image: url(${at('border', 1, '120x120')}) 30 round }
svg, video, object, embed { width: 600px; height: 400px }
`;

const page = documentOf({
  title: 'Portfolio',
  style,
  body: `<main><div class="cover"></div><div class="auto"></div><div class="set"></div><div class="tiled"></div>
    <div class="before"></div><div class="content"></div><div class="replaced"></div><div class="border"></div>
    <svg viewBox="0 0 600 400"><image href="${at('svg', 1)}" width="600" height="400"/></svg>
    <form><input type="image" src="${at('input', 1)}" width="300" height="200" alt="send"></form>
    <video poster="${at('poster', 1)}" preload="none"></video>
    <object data="${at('object', 1)}" type="image/jpeg"></object>
    <embed src="${at('embed', 1)}" type="image/jpeg">
  </main>`,
});

export const portfolio: Site = {
  name: 'portfolio',
  about:
    'backgrounds, `image-set()`, pseudo elements, `content`, borders, SVG, inputs, posters, objects',
  url: 'http://portfolio.example/',
  hosts: () => ({
    'portfolio.example': (url, headers) =>
      url.pathname === '/' ? html(page) : picture(url.pathname, headers),
  }),
  expected: [
    { what: 'background under a gradient', url: /\/cover\//, count: 1, outcome: 'upscaled' },
    { what: 'background of its own size', url: /\/auto\//, count: 1, outcome: 'upscaled' },
    { what: 'image-set()', url: /\/set\//, count: 1, outcome: 'upscaled' },
    { what: 'tiled background', url: /\/tiled\//, count: 1, outcome: 'upscaled' },
    { what: 'background of ::before', url: /\/before\//, count: 1, outcome: 'upscaled' },
    { what: 'content of ::after', url: /\/content\//, count: 1, outcome: 'upscaled' },
    { what: 'content of an element', url: /\/replaced\//, count: 1, outcome: 'upscaled' },
    { what: 'border-image', url: /\/border\//, count: 1, outcome: 'upscaled' },
    { what: 'image in an SVG', url: /\/svg\//, count: 1, outcome: 'upscaled' },
    { what: 'input', url: /\/input\//, count: 1, outcome: 'upscaled' },
    { what: 'poster', url: /\/poster\//, count: 1, outcome: 'upscaled' },
    { what: 'object', url: /\/object\//, count: 1, outcome: 'upscaled' },
    { what: 'embed', url: /\/embed\//, count: 1, outcome: 'upscaled' },
  ],
};
