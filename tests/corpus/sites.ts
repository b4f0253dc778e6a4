// The sites of the corpus, in the order they are visited.
import type { Site } from './site';
import { bank } from './sites/bank';
import { board } from './sites/board';
import { contactSheet } from './sites/contact-sheet';
import { feed } from './sites/feed/feed';
import { forum } from './sites/forum';
import { gallery } from './sites/gallery/gallery';
import { mail } from './sites/mail';
import { news } from './sites/news';
import { oldBlog } from './sites/old-blog';
import { pictureDocument } from './sites/picture-document';
import { portfolio } from './sites/portfolio';
import { shop } from './sites/shop';
import { webcomic } from './sites/webcomic';
import { wiki } from './sites/wiki';

export const sites: Site[] = [
  forum,
  shop,
  feed,
  gallery,
  wiki,
  webcomic,
  news,
  bank,
  board,
  pictureDocument,
  mail,
  portfolio,
  oldBlog,
  contactSheet,
];
