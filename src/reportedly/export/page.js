"use strict";
for (const root of document.querySelectorAll(".reportedly:not([data-live])")) {
  root.dataset.live = "";
  const pane = root.querySelector(".claims");
  const cards = new Map([...root.querySelectorAll(".card")].map((card) => [card.dataset.claim, card]));
  const marks = new Map([...cards.keys()].map((id) => [id, []]));
  for (const mark of root.querySelectorAll(".text mark")) {
    mark.usual = mark.dataset.part;
    mark.parts = new Map();
    for (const pair of mark.dataset.claims.split(" ")) {
      const [id, part] = pair.split(":");
      if (!mark.parts.has(id)) mark.parts.set(id, part);
      if (marks.has(id)) marks.get(id).push(mark);
    }
  }
  let pinned = null;
  const clear = () => {
    root.classList.remove("lit");
    for (const mark of root.querySelectorAll(".text mark.on")) {
      mark.classList.remove("on");
      mark.dataset.part = mark.usual;
    }
    for (const card of cards.values()) card.classList.remove("on");
  };
  const light = (ids) => {
    clear();
    if (!ids.length) return;
    root.classList.add("lit");
    for (const id of ids) {
      if (cards.has(id)) cards.get(id).classList.add("on");
      for (const mark of marks.get(id) || []) {
        mark.classList.add("on");
        mark.dataset.part = mark.parts.get(id);
      }
    }
  };
  const rest = () => light(pinned ? [pinned] : []);
  const show = (card) => {
    if (pane.scrollHeight <= pane.clientHeight + 1) return;
    const box = card.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top) pane.scrollTop += box.top - frame.top - 12;
    else if (box.bottom > frame.bottom) pane.scrollTop += box.bottom - frame.bottom + 12;
  };
  const find = (id) => {
    const found = marks.get(id) || [];
    const words = found.find((mark) => mark.parts.get(id) === "trigger") || found[0];
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (words) words.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  };
  const pin = (id) => {
    if (pinned) cards.get(pinned).classList.remove("pinned");
    pinned = pinned === id ? null : id;
    if (pinned) cards.get(pinned).classList.add("pinned");
    rest();
  };
  const order = [...cards.keys()];
  for (const [id, card] of cards) {
    card.addEventListener("mouseenter", () => light([id]));
    card.addEventListener("mouseleave", rest);
    card.addEventListener("focus", () => light([id]));
    card.addEventListener("blur", rest);
    card.addEventListener("click", (event) => {
      if (event.target.closest("details")) return;
      event.preventDefault();
      pin(id);
      if (pinned) find(id);
    });
    card.addEventListener("keydown", (event) => {
      if (event.target !== card) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        const next = cards.get(order[order.indexOf(id) + step]);
        if (next) next.focus();
      } else if (event.key === "Enter" || event.key === " ") {
        pin(id);
        find(id);
      } else if (event.key === "Escape") {
        if (pinned) pin(pinned);
        light([]);
      } else return;
      event.preventDefault();
    });
  }
  for (const mark of root.querySelectorAll(".text mark")) {
    const ids = [...mark.parts].filter(([, part]) => part !== "content").map(([id]) => id);
    const all = ids.length ? ids : [...mark.parts.keys()];
    const on = () => {
      light(all);
      if (cards.has(all[0])) show(cards.get(all[0]));
    };
    mark.addEventListener("mouseenter", on);
    mark.addEventListener("mouseleave", rest);
    mark.addEventListener("focusin", on);
    mark.addEventListener("focusout", rest);
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      if (cards.has(all[0])) {
        pin(all[0]);
        show(cards.get(all[0]));
      }
    });
  }
}
