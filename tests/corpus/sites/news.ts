// A news front page: native and scripted lazy loading, blurred placeholders, portraits, an advertisement in a frame.
import { documentOf, times } from '../serving/document';
import { html, picture } from '../serving/answers';
import { pictureAt } from '../serving/pictures';
import type { Site } from '../site';

const teasers = 12;
const later = 6;

const style = `
main { width: 1080px; margin: 0 auto } .lead { display: block; width: 1080px; height: 540px; object-fit: cover }
.row { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; margin: 32px 0 }
.row img { width: 344px; height: 194px; object-fit: cover } .blur { filter: blur(8px) }
.author { display: flex; gap: 12px; align-items: center } .author img { width: 56px; height: 56px; border-radius: 28px }
iframe { border: 0; display: block; margin: 0 auto } video { width: 640px; height: 360px; background: #000 }
`;

// As the libraries do it: the real address waits in data-src until the image comes near.
const script = `
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    target.addEventListener('load', () => target.classList.remove('blur'), { once: true });
    target.src = target.dataset.src;
  }
}, { rootMargin: '200px' });
for (const image of document.querySelectorAll('[data-src]')) observer.observe(image);`;

const teaser = (
  index: number,
) => `<article><img loading="lazy" src="/teasers/city-${index}-300x170.jpg" alt="" width="344" height="194">
  <h3>Headline number ${index}</h3><p>What happened, in two lines of text that say little more than the headline.</p>
  ${index % 4 === 0 ? `<div class="author"><img loading="lazy" src="http://img.news.example/authors/bust-${index}-60x60.webp" alt="" width="56" height="56">By A. Writer</div>` : ''}</article>`;

const page = async () => {
  const placeholder = await pictureAt('valley-1-32x18.jpg');
  const blurred = `data:image/jpeg;base64,${placeholder?.body.toString('base64')}`;
  return documentOf({
    title: 'The Morning Paper',
    style,
    body: `<main><h1>The Morning Paper</h1>
      <picture><source media="(min-width: 900px)" srcset="/lead/valley-2-500x250.jpg"><img class="lead" src="/lead/valley-3-320x320.jpg" alt=""></picture>
      <div class="row">${times(teasers, teaser)}</div>
      <iframe src="http://ads.example/banner" width="728" height="90" loading="lazy"></iframe>
      <div class="row">${times(later, (index) => `<article><img class="blur" src="${blurred}" data-src="/later/valley-${index}-320x180.jpg" alt="" width="344" height="194"><h3>Later story ${index}</h3></article>`)}</div>
      <video controls preload="none" poster="/poster/city-9-400x225.jpg"></video>
    </main><script>${script}</script>`,
  });
};

const banner = documentOf({
  title: 'ad',
  style: 'img { width: 728px; height: 90px }',
  body: '<a href="#"><img src="/creative/fruit-1-364x45.jpg" alt=""></a><img src="/seen/1x1.png" alt="">',
});

export const news: Site = {
  name: 'news',
  about:
    '`loading=lazy`, `data-src` with blurred placeholders, `<picture>` by width, an ad in a frame, a poster',
  url: 'http://news.example/',
  hosts: () => ({
    'news.example': async (url, headers) =>
      url.pathname === '/'
        ? html(await page(), { 'set-cookie': 'consent=yes; Path=/' })
        : picture(url.pathname, headers),
    'img.news.example': (url, headers) =>
      picture(url.pathname, headers, { 'cross-origin-resource-policy': 'same-site' }),
    'ads.example': (url, headers) =>
      url.pathname === '/banner'
        ? html(banner, { 'set-cookie': 'ad=7; Path=/' })
        : picture(url.pathname, headers, { 'cache-control': 'no-store' }),
  }),
  expected: [
    { what: 'lead', url: /\/lead\/valley-2/, count: 1, outcome: 'upscaled' },
    { what: 'teasers', url: /\/teasers\//, count: teasers, outcome: 'upscaled' },
    { what: 'authors', url: /\/authors\//, count: 3, outcome: 'upscaled' },
    { what: 'advertisement', url: /\/creative\//, count: 1, outcome: 'upscaled' },
    { what: 'counting pixel', url: /\/seen\//, count: 1, outcome: 'too-small' },
    { what: 'scripted lazy pictures', url: /\/later\//, count: later, outcome: 'upscaled' },
    { what: 'poster', url: /\/poster\//, count: 1, outcome: 'upscaled' },
    { what: 'placeholders', url: /^data:/, count: 0, outcome: 'too-small' },
  ],
};
