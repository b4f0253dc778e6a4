// All images of one frame, by the element that shows them.
import type { ImageReport } from '../messages';
import { placesOf, type PlaceTools } from './places';
import { createSubject, type Subject, type Surroundings } from './subject';

export interface Subjects {
  /** Decides anew on every image that the element shows now. */
  look(element: Element): void;
  has(element: Element): boolean;
  /** Scrolled far away. */
  far(element: Element): void;
  end(element: Element): void;
  endAll(): void;
  /** Nobody looks at the page. The elements whose work was given up by it. */
  hide(): Element[];
  /** The page is on its way out. The elements whose work was given up by it. */
  pause(): Element[];
  reports(): ImageReport[];
}

export function createSubjects(
  idPrefix: string,
  tools: PlaceTools,
  surroundings: Surroundings,
): Subjects {
  const byElement = new Map<Element, Map<string, Subject>>();
  let count = 0;

  const of = (element: Element) => [...(byElement.get(element)?.values() ?? [])];
  const end = (element: Element) => {
    const ended = of(element);
    byElement.delete(element);
    for (const subject of ended) subject.end();
    if (ended.length > 0) surroundings.onChange();
  };

  const givingUp = (giveUp: (subject: Subject) => boolean) =>
    // Every subject of an element, not only the first that has something to give up.
    [...byElement.keys()].filter((element) => of(element).filter(giveUp).length > 0);

  return {
    look(element) {
      const places = placesOf(element, tools);
      const subjects = byElement.get(element) ?? new Map<string, Subject>();
      for (const [name, subject] of subjects) {
        if (places.has(name)) continue;
        subjects.delete(name);
        subject.end();
        surroundings.onChange();
      }
      // Before they look: what they find out at once goes into a report of all that are known here.
      if (places.size > 0) byElement.set(element, subjects);
      else byElement.delete(element);
      for (const [name, place] of places) {
        let subject = subjects.get(name);
        if (!subject) {
          subject = createSubject(`${idPrefix}-image-${++count}`, place(), surroundings);
          subjects.set(name, subject);
        }
        subject.look();
      }
    },
    has: (element) => byElement.has(element),
    far(element) {
      for (const subject of of(element)) {
        subject.far();
        subject.away();
      }
    },
    end,
    endAll() {
      for (const element of [...byElement.keys()]) for (const subject of of(element)) subject.end();
      byElement.clear();
    },
    hide: () => givingUp((subject) => subject.far()),
    pause: () => givingUp((subject) => subject.pause()),
    reports: () =>
      [...byElement.keys()]
        .flatMap(of)
        .map((subject) => subject.report())
        .filter((report) => report !== null),
  };
}
