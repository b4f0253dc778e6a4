// How much larger than laid out an element is painted: its own transforms and those of all that is around it.

export interface AxisScale {
  x: number;
  y: number;
}

const unscaled: AxisScale = { x: 1, y: 1 };

export function transformScale(element: HTMLElement): AxisScale {
  const { width, height } = element.getBoundingClientRect();
  // Layout sizes are rounded. What is turned by a right angle only is found out below.
  const isPlain =
    Math.abs(width - element.offsetWidth) < 1 && Math.abs(height - element.offsetHeight) < 1;
  if (isPlain) return unscaled;
  let matrix = new DOMMatrix();
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const { transform, scale, rotate } = getComputedStyle(at);
    if (transform === 'none' && scale === 'none' && rotate === 'none') continue;
    matrix = ownMatrix(transform, scale, rotate).multiply(matrix);
  }
  const zoom = element.currentCSSZoom ?? 1;
  return {
    x: Math.hypot(matrix.m11, matrix.m12) * zoom,
    y: Math.hypot(matrix.m21, matrix.m22) * zoom,
  };
}

/** Computed values; where only the size counts, the origin does not. */
function ownMatrix(transform: string, scale: string, rotate: string): DOMMatrix {
  const matrix = new DOMMatrix();
  if (rotate !== 'none') matrix.rotateSelf(parseFloat(rotate) || 0);
  if (scale !== 'none') {
    const [x = 1, y = x] = scale.split(' ').map(Number);
    matrix.scaleSelf(x, y);
  }
  return transform === 'none' ? matrix : matrix.multiply(new DOMMatrix(transform));
}

function parentOf(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}
