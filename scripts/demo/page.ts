// The demo page: a magazine whose pictures are too small for the screen.
import { gallery, type Exhibit } from './gallery';

const style = `
:root { color-scheme: light dark; --ink: #1d2329; --soft: #5d6872; --paper: #fbfaf7; --card: #ffffff;
  --line: #e3dfd6; --accent: #b4532a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e1; --soft: #9ba5ad; --paper: #15181b;
  --card: #1d2125; --line: #30363b; --accent: #ee9c6c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 'Liberation Serif', Georgia, 'Times New Roman', serif; }
main { max-width: 1080px; margin: 0 auto; padding: 36px 28px 48px; }
header { display: flex; align-items: baseline; justify-content: space-between; gap: 24px;
  border-bottom: 1px solid var(--line); padding-bottom: 14px; margin-bottom: 28px; }
h1 { font-size: 40px; line-height: 1.1; margin: 0; letter-spacing: -0.5px; }
header p { margin: 0; color: var(--soft); font-style: italic; }
.grid { display: grid; grid-template-columns: repeat(12, 1fr); gap: 24px; align-items: start; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  overflow: hidden; }
figure img { display: block; width: 100%; height: auto; }
figure.loose { background: none; border: 0; }
figure.loose img { width: 86%; margin: 0 auto; }
figcaption { padding: 10px 14px 12px; font: 14px/1.4 'Liberation Sans', Arial, sans-serif; }
figcaption b { display: block; } figcaption span { color: var(--soft); font-size: 12.5px; }
h2 { grid-column: 1 / -1; margin: 12px 0 -8px; font-size: 22px; color: var(--accent); }
.w3 { grid-column: span 3; } .w4 { grid-column: span 4; } .w5 { grid-column: span 5; }
.w6 { grid-column: span 6; } .w7 { grid-column: span 7; } .w8 { grid-column: span 8; }
@media (max-width: 760px) { .grid { grid-template-columns: 1fr 1fr; }
  .w3, .w4, .w5, .w6, .w7, .w8 { grid-column: span 2; } .w3, .w4 { grid-column: span 1; } }
`;

const src = ({ file }: Exhibit) => `/images/${file}`;

const plain = (exhibit: Exhibit) => `<img src="${src(exhibit)}" alt="${exhibit.name}">`;

function figure(width: string, exhibit: Exhibit, image = plain(exhibit)): string {
  return `<figure class="${width}">${image}<figcaption><b>${exhibit.name}</b>
    <span>${exhibit.note}</span></figcaption></figure>`;
}

export function demoPage(): string {
  const { valley, bust, fruit, pebbles, city, bicycle, poster, leaf, sharp, pinwheel, vector } =
    gallery;
  const fromSrcset = `<img src="${src(fruit)}" srcset="${src(fruit)} 1x" alt="${fruit.name}">`;
  const fromPicture = `<picture><source type="image/jpeg" srcset="${src(city)}">${plain(city)}</picture>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Field Notes</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>${style}</style><main>
<header><h1>Field Notes</h1><p>Small pictures from a long summer</p></header>
<div class="grid">
${figure('w8', valley)}${figure('w4', bust)}
${figure('w5', fruit, fromSrcset)}${figure('w7', city, fromPicture)}
${figure('w4', pebbles)}${figure('w4', poster)}${figure('w4 loose', leaf)}
${figure('w6', bicycle)}${figure('w6', vector)}
<h2>Left alone</h2>
${figure('w6', sharp)}${figure('w3', pinwheel)}
</div></main></html>`;
}
