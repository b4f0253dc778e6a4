// A photographer's gallery built with Vue: cropped thumbnails, and a lightbox that changes one element's picture.
import { join } from 'node:path';
import { bundle } from '../../serving/bundle';
import { documentOf } from '../../serving/document';
import { html, picture, text } from '../../serving/answers';
import type { Site } from '../../site';
import { waitFor } from '../../../../scripts/browser/wait-for';

const style = `
main { display: grid; grid-template-columns: repeat(4, 260px); gap: 20px; justify-content: center; padding: 20px }
.thumb { padding: 0; border: 0; height: 260px } .thumb img { width: 260px; height: 260px; object-fit: cover }
.lightbox { position: fixed; inset: 0; background: #000d; color: #fff; text-align: center; padding-top: 40px }
.lightbox img { width: 960px; height: 640px; object-fit: contain }
.fade-enter-active, .fade-leave-active { transition: opacity 0.15s } .fade-enter-from, .fade-leave-to { opacity: 0 }
`;

const page = documentOf({
  title: 'Light',
  style,
  body: '<div id="app"></div><script src="/app.js"></script>',
});

export const gallery: Site = {
  name: 'gallery',
  about:
    'a gallery built with Vue: `object-fit: cover`, keyed lists, a lightbox with keys and fading',
  url: 'http://gallery.example/',
  hosts: () => ({
    'gallery.example': async (url, headers) => {
      if (url.pathname === '/') return html(page);
      if (url.pathname === '/app.js') {
        return text('text/javascript', await bundle(join(import.meta.dirname, 'client.ts')));
      }
      return picture(url.pathname, headers);
    },
  }),
  expected: [
    { what: 'thumbnails', url: /\/thumbs\//, count: 18, outcome: 'upscaled' },
    { what: 'in the lightbox', url: /\/full\//, count: 3, outcome: 'upscaled' },
  ],
  async interact({ page, settle }) {
    await page.click('.thumb:nth-child(2)');
    await settle('/full/city-1-');
    for (const index of [2, 3]) {
      await page.keyboard.press('ArrowRight');
      await settle(`/full/city-${index}-`);
    }
    await page.keyboard.press('Escape');
    await waitFor(page, () => !document.querySelector('.lightbox'), []);
    await page.click('#reverse');
    await settle();
    await page.click('#reverse');
  },
};
