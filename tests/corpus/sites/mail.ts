// A web mail: messages in frames of every kind, and an interface of custom elements with open and closed shadow trees.
import { documentOf } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const style = `
main { width: 1000px; margin: 0 auto } iframe { display: block; width: 700px; height: 320px; border: 1px solid #ccc; margin: 12px 0 }
contact-card, contact-list { display: block; height: 90px }
`;

const message = (file: string) =>
  `<p style="margin:0">Look at this!</p><img src="http://mail.example/parts/${file}" width="400" height="250" alt="">`;

const script = `
globalThis.closedRoots = new WeakMap();
const card = (number) => '<style>img { width: 80px; height: 80px }</style><img src="/cards/bust-' + number + '-80x80.jpg" alt="">';
customElements.define('contact-card', class extends HTMLElement {
  connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = card(this.getAttribute('number')); }
});
customElements.define('contact-list', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'closed' });
    closedRoots.set(this, root);
    root.innerHTML = card(this.getAttribute('number')) + '<contact-card number="4"></contact-card>';
  }
});
const written = document.getElementById('written').contentDocument;
written.open(); written.write(${JSON.stringify(message('pebbles-3-300x188.jpg'))}); written.close();
document.getElementById('blank').contentDocument.body.innerHTML = ${JSON.stringify(message('pebbles-4-300x188.jpg'))};`;

const page = documentOf({
  title: 'Mail',
  style,
  body: `<main><h1>Inbox</h1><contact-card number="1"></contact-card><contact-list number="2"></contact-list>
    <iframe src="/message/1"></iframe>
    <iframe src="http://newsletter.example/issue"></iframe>
    <iframe sandbox="" srcdoc="${message('pebbles-2-300x188.jpg').replaceAll('"', '&quot;')}"></iframe>
    <iframe id="written"></iframe><iframe id="blank"></iframe>
  </main><script>${script}</script>`,
});

export const mail: Site = {
  name: 'mail',
  about:
    'frames of the same and of another site, sandboxed, written and blank; open and closed shadow trees',
  url: 'http://mail.example/',
  hosts: () => ({
    'mail.example': (url, headers) => {
      if (url.pathname === '/') return html(page);
      return url.pathname.startsWith('/message/')
        ? html(documentOf({ title: 'message', body: message('pebbles-1-300x188.jpg') }))
        : picture(url.pathname, headers);
    },
    'newsletter.example': (url, headers) =>
      url.pathname === '/issue'
        ? html(
            documentOf({
              title: 'issue',
              body: '<img src="/issue/city-1-300x188.jpg" width="640" height="401" alt="">',
            }),
          )
        : picture(url.pathname, headers),
  }),
  expected: [
    { what: 'in an open shadow tree', url: /\/cards\/bust-1-/, count: 1, outcome: 'upscaled' },
    { what: 'in a closed shadow tree', url: /\/cards\/bust-2-/, count: 1, outcome: 'upscaled' },
    { what: 'open inside closed', url: /\/cards\/bust-4-/, count: 1, outcome: 'upscaled' },
    { what: 'in frames of the same site', url: /\/parts\//, count: 4, outcome: 'upscaled' },
    { what: 'in a frame of another site', url: /\/issue\//, count: 1, outcome: 'upscaled' },
  ],
};
