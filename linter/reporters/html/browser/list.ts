import type { PageData } from "../data";
import { CHUNK, drawCards, drawRows } from "../draw";

type Draw = (indices: readonly number[], from: number) => string;

export function drawRowsAt(data: PageData): Draw {
  return (indices, from) => drawRows(data, indices, from);
}

export function drawCardsAt(data: PageData): Draw {
  return (indices, from) => drawCards(data, indices, from);
}

/** How far below the window something is drawn already. */
const AHEAD = "1200px";

/**
 * A long list of which as much is drawn as somebody scrolled to: a mark after the last item is watched, and when it
 * comes near the window the next items take its place.
 */
export class List {
  private readonly place: HTMLElement;
  private readonly mark: HTMLElement;
  private indices: readonly number[] = [];
  private drawn = 0;

  constructor(
    name: string,
    private readonly draw: Draw,
  ) {
    const place = document.querySelector<HTMLElement>(`[data-list=${name}]`);
    if (!place) throw new Error(`no list ${name}`);
    this.place = place;
    this.mark = document.createElement("div");
    this.mark.className = "mark-end";
    const outer = place.closest("table") ?? place;
    outer.after(this.mark);
    new IntersectionObserver((entries) => this.fill(entries), { rootMargin: `0px 0px ${AHEAD}` }).observe(this.mark);
  }

  show(indices: readonly number[]): void {
    this.indices = indices;
    this.drawn = 0;
    this.place.replaceChildren();
    this.place.closest("table")?.setAttribute("aria-rowcount", String(indices.length + 1));
    this.drawNext();
  }

  drawAll(): void {
    while (this.drawn < this.indices.length) this.drawNext();
  }

  private drawNext(): void {
    this.place.insertAdjacentHTML("beforeend", this.draw(this.indices, this.drawn));
    this.drawn = Math.min(this.drawn + CHUNK, this.indices.length);
  }

  /** The observer tells of changes only, so whether the mark is still near is asked again after each drawing. */
  private fill(entries: readonly IntersectionObserverEntry[]): void {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    const limit = window.innerHeight + Number.parseInt(AHEAD, 10);
    while (this.drawn < this.indices.length) {
      const { top, height, width } = this.mark.getBoundingClientRect();
      if (top > limit || (height === 0 && width === 0)) return;
      this.drawNext();
    }
  }
}
