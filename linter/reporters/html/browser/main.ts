import type { PageData } from "../data";
import { SECTIONS, sectionOf } from "../draw";
import { drawCardsAt, drawRowsAt, List } from "./list";
import { chooseCards, chooseRows, type Wanted } from "./select";

const data: PageData = JSON.parse(element("data").textContent ?? "");
const form = document.querySelector<HTMLFormElement>("form.filters");
const output = document.querySelector("output");
const only = document.querySelector<HTMLElement>(".only");
/** Row whose findings alone are shown, chosen in the matrix. */
let focus: number | undefined;

const rows = new List("rows", drawRowsAt(data));
const sections = SECTIONS.map(({ verdict }) => ({ verdict, list: new List(verdict, drawCardsAt(data)) }));

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

function wanted(): Wanted {
  const values = new FormData(form ?? undefined);
  const text = (name: string) => String(values.get(name) ?? "");
  return {
    words: text("search").toLowerCase().split(/\s+/).filter(Boolean),
    ...{ verdict: text("verdict"), rule: text("rule"), stack: text("stack"), region: text("region") },
    ...{ account: text("account"), sort: text("sort") },
  };
}

function show(): void {
  const want = wanted();
  const shownRows = chooseRows(data, want);
  rows.show(shownRows);
  document.querySelector("#identities table")?.classList.toggle("flat", want.sort !== "tree");
  const cards = focus === undefined ? chooseCards(data, want) : (data.rows[focus]?.findings ?? []);
  for (const { verdict, list } of sections) {
    const here = cards.filter((index) => {
      const card = data.cards[index];
      return card !== undefined && sectionOf(card) === verdict;
    });
    list.show(here);
    const section = document.querySelector<HTMLDetailsElement>(`[data-section=${verdict}]`);
    if (!section) continue;
    section.hidden = here.length === 0;
    if (focus !== undefined) section.open = true;
    const number = section.querySelector(".number");
    if (number) number.textContent = here.length.toLocaleString("en");
  }
  say(shownRows.length, cards.length);
}

function say(rowsShown: number, cardsShown: number): void {
  const of = (shown: number, all: number, noun: string) =>
    `${shown.toLocaleString("en")} of ${all.toLocaleString("en")} ${noun}`;
  if (output) {
    output.textContent = `${of(rowsShown, data.rows.length, "identities")}, ${of(cardsShown, data.cards.length, "findings")}`;
  }
  const [noRows, noCards] = ["#identities", "#findings"].map((id) =>
    document.querySelector<HTMLElement>(`${id} .empty`),
  );
  if (noRows) noRows.hidden = rowsShown > 0;
  if (noCards) {
    noCards.hidden = cardsShown > 0;
    noCards.textContent = data.cards.length === 0 ? "No findings." : "No finding matches.";
  }
  if (!only) return;
  only.hidden = focus === undefined;
  const [label] = only.children;
  if (label) label.textContent = focus === undefined ? "" : `Only those about ${data.rows[focus]?.name ?? ""}.`;
}

function changed(): void {
  focus = undefined;
  show();
}

let waiting: number | undefined;
form?.addEventListener("input", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(changed, 80);
});
form?.addEventListener("reset", () => window.setTimeout(changed));
form?.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>("button") : null;
  if (button?.id === "all") {
    changed();
    element("findings").focus();
  }
  if (button?.dataset.row === undefined) return;
  focus = Number(button.dataset.row);
  show();
  element("findings").focus();
});

document.addEventListener("keydown", (event) => {
  const search = form?.querySelector<HTMLInputElement>("[name=search]");
  const isTyping = event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search?.focus();
});

// Paper has nobody who scrolls or unfolds.
let folded: HTMLDetailsElement[] = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
  for (const section of folded) section.open = true;
  for (const list of [rows, ...sections.map(({ list: one }) => one)]) list.drawAll();
});
window.addEventListener("afterprint", () => {
  for (const section of folded) section.open = false;
});

for (const note of document.querySelectorAll("[data-static]")) note.remove();
if (form) form.hidden = false;
show();
