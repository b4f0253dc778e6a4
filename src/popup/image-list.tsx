// What became of each image of the page, the most interesting kinds first.
import type { ImageReport, ImageState } from '../messages';
import { stateSentence } from './sentences';

const kinds: { kind: ImageState['kind']; title: string; open: boolean }[] = [
  { kind: 'failed', title: 'Failed', open: true },
  { kind: 'waiting', title: 'Waiting', open: true },
  { kind: 'upscaled', title: 'Sharp', open: true },
  { kind: 'skipped', title: 'Left alone', open: false },
];

/** The last part of a URL's path: what people call the file. */
function fileName(url: string): string {
  if (url.startsWith('data:')) return 'Image inside the page';
  const path = url.split(/[?#]/, 1)[0] ?? url;
  return path.split('/').filter(Boolean).at(-1) ?? url;
}

function Row({ image }: { image: ImageReport }) {
  const { state } = image;
  return (
    <li class={`image ${state.kind}`}>
      <span class="name" title={image.url}>
        {fileName(image.url)}
      </span>
      <span class="size">
        {image.naturalWidth > 0 && `${image.naturalWidth}×${image.naturalHeight} `}shown at{' '}
        {Math.round(image.shownWidth)}×{Math.round(image.shownHeight)}
      </span>
      <span class="state">{stateSentence(state)}</span>
      {state.kind === 'waiting' && state.total > 0 && (
        <progress
          value={state.done}
          max={state.total}
          aria-label={`Progress of ${fileName(image.url)}`}
        />
      )}
    </li>
  );
}

export function ImageList({ images }: { images: ImageReport[] }) {
  return (
    <section class="images" aria-label="Images on this page" tabIndex={0}>
      {images.length === 0 && <p class="empty">No images seen on this page yet.</p>}
      {kinds.map(({ kind, title, open }) => {
        const ofKind = images.filter((image) => image.state.kind === kind);
        if (ofKind.length === 0) return null;
        return (
          <details key={kind} open={open} data-kind={kind}>
            <summary>
              {title} <span class="count">{ofKind.length}</span>
            </summary>
            <ul>
              {ofKind.map((image) => (
                <Row key={image.id} image={image} />
              ))}
            </ul>
          </details>
        );
      })}
    </section>
  );
}
