"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const FACETS = ["type", "stage", "weapon", "outlet", "actor"];
  const ORDER = ["done", "stopped", "ahead", "denied"];
  const SORTS = { given: "as asked", "-date": "newest", date: "oldest", "-deaths": "most deaths", "-outlets": "most outlets" };
  const facts = JSON.parse($("facts").textContent);
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 75rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  root.classList.add("js");

  const make = (tag, words, attributes = {}) => {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const draw = (tag, attributes, words) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (words !== undefined) made.textContent = words;
    return made;
  };
  const counted = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

  /* ---- the incidents ---- */
  const list = document.querySelector("#list ol");
  const items = [...list.children];
  const rows = facts.rows.map((row, number) => {
    const item = items[number];
    const where = facts.map.places[row.place];
    const stages = row.look === "denied" ? [row.stage, "denied"] : [row.stage];
    return { weapon: [], outlet: [], actor: [], days: null, deaths: null, contested: false, ...row, number, item, where, type: [row.type], stage: stages, from: row.days && row.days[0], until: row.days && row.days[1] };
  });
  const usual = new Map(rows.map((row) => [row.place, row.look]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const wordsOf = (row) => {
    if (row.words === undefined) {
      const dossier = row.dossier || row.item.querySelector(".d");
      const parts = [...row.item.querySelectorAll("h3,.m:nth-of-type(1)"), ...dossier.querySelectorAll("blockquote,.w,.p,.c,.v")];
      row.words = parts.map((part) => part.textContent).join("\n").toLowerCase();
    }
    return row.words;
  };

  /* ---- what is chosen, and the fragment that says so ---- */
  const empty = () => ({ q: "", from: "", until: "", date: "", contested: false, box: null, sort: "given", show: "",
    place: new Set(), ...Object.fromEntries(FACETS.map((name) => [name, new Set()])) });
  let state = empty();
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const read = () => {
    const next = empty();
    const raw = location.hash.slice(1);
    if (raw && !raw.includes("=")) {
      let id = "";
      try { id = decodeURIComponent(raw); } catch (error) { if (!(error instanceof URIError)) throw error; }
      if (byId.has(id)) next.show = id;
      return next;
    }
    const given = new URLSearchParams(raw);
    next.q = given.get("q") || "";
    for (const end of ["from", "until"]) if (DAY.test(given.get(end) || "")) next[end] = given.get(end);
    next.date = given.get("date") === "none" ? "none" : "";
    next.contested = given.get("contested") === "yes";
    if (Object.hasOwn(SORTS, given.get("sort") || "")) next.sort = given.get("sort");
    for (const name of FACETS) for (const value of given.getAll(name)) if (value) next[name].add(value);
    for (const value of given.getAll("place")) if (Object.hasOwn(facts.map.places, value)) next.place.add(value);
    const box = (given.get("box") || "").split(",").map(Number);
    if (box.length === 4 && box.every(Number.isFinite)) next.box = box;
    if (byId.has(given.get("show"))) next.show = given.get("show");
    return next;
  };
  const write = (keep) => {
    const said = new URLSearchParams();
    for (const name of ["q", "from", "until", "date"]) if (state[name]) said.set(name, state[name]);
    if (state.contested) said.set("contested", "yes");
    for (const name of [...FACETS, "place"]) for (const value of [...state[name]].sort()) said.append(name, value);
    if (state.box) said.set("box", state.box.map((edge) => +edge.toFixed(2)).join(","));
    if (state.sort !== "given") said.set("sort", state.sort);
    if (state.show) said.set("show", state.show);
    const address = `#${said}`;
    if (address === location.hash || (address === "#" && !location.hash)) return;
    if (keep) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  };

  /* ---- filtering: one test for each kind of filter, so that each view can leave its own out ---- */
  const within = (row) => {
    const { lat, lon } = row.where;
    if (!state.box || lat === null) return !state.box;
    const [west, south, east, north] = state.box;
    return lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);
  };
  const tests = {
    q: (row) => state.q.toLowerCase().split(/\s+/).every((word) => !word || wordsOf(row).includes(word)),
    when: (row) => state.date ? !row.from
      : (!state.from && !state.until) || (row.from && (!state.until || row.from <= state.until) && (!state.from || row.until >= state.from)),
    where: (row) => (!state.place.size || state.place.has(row.place)) && within(row),
    contested: (row) => !state.contested || row.contested,
  };
  for (const name of FACETS) tests[name] = (row) => !state[name].size || row[name].some((value) => state[name].has(value));
  const failing = (row) => Object.keys(tests).filter((name) => !tests[name](row));

  /* ---- the map ---- */
  const map = $("map");
  const { units, squeeze, smallest } = facts.map;
  let view = [...facts.map.view];
  const places = new Map([...document.querySelectorAll("#spots .spot")].map((mark) => [mark.dataset.place, {
    mark, pin: mark.querySelector(".pin"), disc: mark.querySelector(".disc"), title: mark.querySelector("title"),
    x: (facts.map.places[mark.dataset.place].lon + 180) * units * squeeze, y: (90 - facts.map.places[mark.dataset.place].lat) * units,
  }]));
  const names = [...document.querySelectorAll("#names text")];
  const hatched = [...document.querySelectorAll(".only")];
  const perPixel = () => view[2] / (map.clientWidth || 640);
  const placeMap = () => {
    const scale = perPixel();
    map.setAttribute("viewBox", view.join(" "));
    for (const { pin, disc, mark, x, y } of places.values()) {
      pin.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
      if (!disc) continue;
      const place = facts.map.places[mark.dataset.place];
      const high = place.km / 111.2 * units;
      const least = smallest * scale;
      disc.setAttribute("ry", Math.max(high, least));
      disc.setAttribute("rx", Math.max(high * squeeze / Math.max(0.1, Math.cos(place.lat * Math.PI / 180)), least));
    }
    for (const name of names) {
      const { x, y, room } = name.dataset;
      name.toggleAttribute("hidden", room / scale < 6.2 * name.textContent.length);
      name.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    }
    $("hatch").setAttribute("patternTransform", `scale(${scale}) rotate(45)`);
    const across = 111.2 * Math.cos(latitude(view[1] + view[3] / 2) * Math.PI / 180) / (units * squeeze) * scale;
    const most = across * 110;
    const step = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].map((times) => times * step).find((length) => length <= most) || step;
    $("scale").textContent = `${km.toLocaleString("en")} km`;
    $("scale").style.width = `${km / across}px`;
  };
  const latitude = (y) => 90 - y / units;
  const longitude = (x) => x / (units * squeeze) - 180;
  let waiting = 0;
  const moveTo = (x, y, width) => {
    const shape = (map.clientHeight || 2) / (map.clientWidth || 3);
    const all = 360 * units * squeeze;
    const w = Math.min(all * 1.1, Math.max(units * 0.4, width));
    const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
    view = [clamp(x, -w / 2, all - w / 2), clamp(y, -w * shape / 2, 180 * units - w * shape / 2), w, w * shape].map((edge) => +edge.toFixed(2));
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; placeMap(); });
  };
  const zoom = (times, cx = view[0] + view[2] / 2, cy = view[1] + view[3] / 2) => {
    const width = Math.min(360 * units * squeeze * 1.1, Math.max(units * 0.4, view[2] / times));
    const ratio = width / view[2];
    moveTo(cx - (cx - view[0]) * ratio, cy - (cy - view[1]) * ratio, width);
  };
  const fit = () => {
    const [x, y, w, h] = facts.map.view;
    const wide = map.clientWidth || 3, high = map.clientHeight || 2;
    const under = Math.min(44, high / 4); // what the buttons cover
    const width = Math.max(w, h * wide / (high - under));
    const scale = width / wide;
    moveTo(x + w / 2 - width / 2, y + h / 2 - (high + under) / 2 * scale, width);
  };
  const at = (event) => {
    const edge = map.getBoundingClientRect();
    const scale = perPixel();
    return [view[0] + (event.clientX - edge.left) * scale, view[1] + (event.clientY - edge.top) * scale];
  };
  const toggle = (place, add) => {
    const only = state.place.size === 1 && state.place.has(place);
    if (add) state.place.has(place) ? state.place.delete(place) : state.place.add(place);
    else state.place = only ? new Set() : new Set([place]);
    changed();
  };
  const boxed = ([x1, y1], [x2, y2]) => {
    const turn = (lon) => Math.max(-180, Math.min(180, lon));
    state.box = [turn(longitude(Math.min(x1, x2))), latitude(Math.max(y1, y2)), turn(longitude(Math.max(x1, x2))), latitude(Math.min(y1, y2))];
    changed();
  };

  const tools = $("tools");
  const button = (words, label, act, kind) => {
    const made = make("button", words, { type: "button", "aria-label": label, title: label });
    if (kind) made.className = kind;
    made.addEventListener("click", act);
    tools.append(made);
    return made;
  };
  button("+", "Zoom in", () => zoom(1.6));
  button("−", "Zoom out", () => zoom(1 / 1.6));
  button("⌂", "Show all of the map", fit);
  button("This view", "Keep only what lies in this part of the map", () => boxed([view[0], view[1]], [view[0] + view[2], view[1] + view[3]]), "words");
  const boxing = button("Box", "Draw a box on the map (or drag with Shift)", () => {
    const on = boxing.getAttribute("aria-pressed") !== "true";
    boxing.setAttribute("aria-pressed", on);
    map.classList.toggle("boxing", on);
  }, "words");
  boxing.setAttribute("aria-pressed", "false");

  const fingers = new Map();
  let drag = null;
  map.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    const box = event.shiftKey || boxing.getAttribute("aria-pressed") === "true";
    drag = { from: at(event), x: event.clientX, y: event.clientY, view: [...view], box, moved: false,
      place: event.target.closest("[data-place]") };
  });
  map.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId) || !drag) return;
    const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
    const before = fingers.size === 2 ? apart() : 0;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (fingers.size === 2) {
      drag.moved = true;
      if (before) zoom(apart() / before);
      return;
    }
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    if (!drag.moved) map.setPointerCapture(event.pointerId);
    drag.moved = true;
    if (drag.box) {
      const [x, y] = at(event);
      outline(Math.min(x, drag.from[0]), Math.min(y, drag.from[1]), Math.abs(x - drag.from[0]), Math.abs(y - drag.from[1]));
    } else {
      const scale = perPixel();
      moveTo(drag.view[0] - (event.clientX - drag.x) * scale, drag.view[1] - (event.clientY - drag.y) * scale, view[2]);
    }
  });
  const lift = (event) => {
    fingers.delete(event.pointerId);
    if (!drag || fingers.size) return;
    const done = drag;
    drag = null;
    if (event.type === "pointercancel") return;
    if (done.moved && done.box) {
      boxing.setAttribute("aria-pressed", "false");
      map.classList.remove("boxing");
      boxed(done.from, at(event));
    } else if (!done.moved && done.place) toggle(done.place.dataset.place, event.ctrlKey || event.metaKey || event.shiftKey);
  };
  map.addEventListener("pointerup", lift);
  map.addEventListener("pointercancel", lift);
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-Math.max(-200, Math.min(200, event.deltaY)) / 300), ...at(event));
  }, { passive: false });
  map.addEventListener("keydown", (event) => {
    const spot = event.target.closest(".spot");
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (spot && (event.key === "Enter" || event.key === " ")) toggle(spot.dataset.place, event.ctrlKey || event.shiftKey);
    else if (spot && step) {
      const shown = [...places.values()].map((place) => place.mark).filter((mark) => !mark.classList.contains("gone"));
      const next = shown[(shown.indexOf(spot) + step[0] + step[1] + shown.length) % shown.length];
      rove(next);
      next.focus();
    } else if (step) moveTo(view[0] + step[0] * view[2] / 8, view[1] + step[1] * view[3] / 8, view[2]);
    else if (event.key === "+" || event.key === "=") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  const rove = (mark) => {
    for (const place of places.values()) place.mark.setAttribute("tabindex", place.mark === mark ? "0" : "-1");
  };
  const outline = (x, y, width, height) => {
    const frame = $("frame");
    for (const [name, value] of Object.entries({ x, y, width, height })) frame.setAttribute(name, value);
    frame.removeAttribute("hidden");
  };
  for (const { mark } of places.values()) mark.setAttribute("role", "button");

  const paintMap = (judged) => {
    const found = new Map();
    for (const [row, out] of judged) {
      const seen = found.get(row.place) || { inside: [], ghost: 0 };
      if (!out.length) seen.inside.push(row);
      else if (out.length === 1 && out[0] === "where") seen.ghost += 1;
      found.set(row.place, seen);
    }
    const showing = byId.get(state.show);
    for (const [key, place] of places) {
      const { inside, ghost } = found.get(key) || { inside: [], ghost: 0 };
      const many = inside.length || ghost;
      const looks = new Set(inside.map((row) => row.look));
      const look = ORDER.find((one) => looks.has(one)) || usual.get(key);
      const { mark, pin } = place;
      const kind = facts.map.places[key].kind;
      mark.setAttribute("class", `spot ${kind} ${look}`);
      mark.classList.toggle("x", inside.some((row) => row.contested));
      mark.classList.toggle("out", !inside.length);
      mark.classList.toggle("gone", !many);
      mark.classList.toggle("on", state.place.has(key));
      mark.classList.toggle("here", Boolean(showing) && showing.place === key);
      const radius = Math.min(18, 4.5 + 2.2 * Math.sqrt(Math.max(0, many - 1)));
      pin.querySelector(".dot").setAttribute("r", radius);
      pin.querySelector(".ring").setAttribute("r", radius + 3.5);
      pin.querySelector(".cut").setAttribute("href", `#cut-${look}`);
      pin.querySelector("text").textContent = inside.length > 1 ? inside.length : "";
      const said = ORDER.filter((one) => looks.has(one)).map((one) => facts.looks[one]).join(", ");
      const label = `${facts.map.places[key].name}: ${counted(inside.length, "incident")}${said ? `, ${said}` : ""}`;
      place.title.textContent = label;
      mark.setAttribute("aria-label", label);
      mark.setAttribute("aria-pressed", state.place.has(key));
    }
    if (![...places.values()].some(({ mark }) => mark.getAttribute("tabindex") === "0" && !mark.classList.contains("gone"))) {
      const first = [...places.values()].find(({ mark }) => !mark.classList.contains("gone"));
      if (first) rove(first.mark);
    }
    for (const path of hatched) path.classList.toggle("out", !(found.get(path.dataset.place) || { inside: [] }).inside.length);
    for (const entry of picks) {
      const inside = (found.get(entry.key) || { inside: [] }).inside.length;
      entry.number.textContent = inside;
      entry.box.classList.toggle("out", !inside);
      if (entry.row) entry.box.hidden = !inside && !state.place.has(entry.key);
      entry.button.setAttribute("aria-pressed", state.place.has(entry.key));
    }
    if (state.box) {
      const [west, south, east, north] = state.box;
      const x = (west + 180) * units * squeeze;
      outline(x, (90 - north) * units, Math.max(0, ((east + 180) * units * squeeze) - x), (north - south) * units);
    } else $("frame").setAttribute("hidden", "");
  };
  const picks = [...document.querySelectorAll(".tray li, #places tr")].map((box) => {
    const row = box.tagName === "TR";
    const label = box.querySelector(row ? "th" : ".n");
    const number = box.querySelector(row ? "td" : "b");
    const made = make("button", "", { type: "button" });
    if (row) {
      made.append(...label.childNodes);
      label.append(made);
    } else {
      made.className = "pick";
      made.append(...box.childNodes);
      box.append(made);
    }
    made.addEventListener("click", (event) => toggle(box.dataset.place, event.ctrlKey || event.metaKey || event.shiftKey));
    return { key: box.dataset.place, box, row, number, button: made };
  });

  /* ---- the timeline ---- */
  const time = $("time");
  const bins = facts.time.bins.map(([from, until, label]) => ({ from, until, label }));
  const LEFT = 34, UP = 84, DOWN = 34, HEIGHT = UP + DOWN + 26;
  let columns = [];
  const paintTime = (judged) => {
    if (!bins.length) return;
    columns = bins.map((bin) => ({ ...bin, known: 0, perhaps: 0, ghost: 0 }));
    for (const [row, out] of judged) {
      if (!row.from || out.some((name) => name !== "when")) continue;
      let low = 0, high = bins.length - 1;
      while (low < high) { const middle = (low + high) >> 1; if (bins[middle].until < row.from) low = middle + 1; else high = middle; }
      for (let n = low; n < bins.length && bins[n].from <= row.until; n += 1) {
        const sure = bins[n].from <= row.from && row.until <= bins[n].until;
        if (out.length) columns[n].ghost += sure ? 1 : 0;
        else columns[n][sure ? "known" : "perhaps"] += 1;
      }
    }
    const width = Math.max(240, time.clientWidth || 640);
    const step = (width - LEFT) / bins.length;
    const top = Math.max(1, ...columns.map((column) => column.known + column.ghost));
    const low = Math.max(1, ...columns.map((column) => column.perhaps));
    time.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const drawn = [draw("text", { x: LEFT - 6, y: 14, "text-anchor": "end" }, top), draw("text", { x: LEFT - 6, y: UP + 8, "text-anchor": "end" }, 0)];
    const gap = Math.min(2, step / 5);
    columns.forEach((column, n) => {
      const x = LEFT + n * step, wideness = Math.max(0.8, step - gap);
      const group = draw("g", {});
      group.append(draw("title", {}, `${column.label}: ${counted(column.known, "incident")}, and ${column.perhaps} that may have been then`));
      const up = column.known / top * (UP - 6), ghost = column.ghost / top * (UP - 6), down = column.perhaps / low * (DOWN - 6);
      group.append(draw("rect", { x, y: 0, width: step, height: UP + DOWN, fill: "transparent" }));
      if (column.ghost) group.append(draw("rect", { class: "ghost", x, y: UP + 4 - up - ghost, width: wideness, height: ghost }));
      if (column.known) group.append(draw("rect", { class: "bar", x, y: UP + 4 - up, width: wideness, height: up }));
      if (column.perhaps) group.append(draw("rect", { class: "maybe", x, y: UP + 5, width: wideness, height: down }));
      drawn.push(group);
    });
    drawn.push(draw("path", { class: "axis", d: `M${LEFT} ${UP + 4}H${width}` }));
    const every = Math.ceil(bins.length / Math.max(2, Math.floor(width / 95)));
    bins.forEach((bin, n) => {
      if (n % every === 0 && LEFT + n * step < width - 66) drawn.push(draw("text", { x: LEFT + n * step, y: HEIGHT - 5 }, bin.label.replace("week of ", "")));
    });
    if (state.from || state.until) {
      const inside = bins.map((bin, n) => n).filter((n) => (!state.until || bins[n].from <= state.until) && (!state.from || bins[n].until >= state.from));
      if (inside.length) drawn.push(draw("rect", { class: "brush", x: LEFT + inside[0] * step, y: 1, width: (inside.length) * step, height: UP + DOWN }));
    }
    time.replaceChildren(...drawn);
    for (const entry of dayRows) {
      const column = columns.find((one) => one.from === entry.box.dataset.from);
      entry.known.textContent = column.known;
      entry.perhaps.textContent = column.perhaps;
      entry.box.hidden = !column.known && !column.perhaps;
    }
  };
  const brush = (a, b, keep) => {
    const [first, last] = [Math.min(a, b), Math.max(a, b)].map((n) => Math.max(0, Math.min(bins.length - 1, n)));
    Object.assign(state, { from: bins[first].from, until: bins[last].until, date: "" });
    changed(keep);
  };
  const columnAt = (event) => {
    const edge = time.getBoundingClientRect();
    return Math.floor((event.clientX - edge.left - LEFT) / ((edge.width - LEFT) / bins.length));
  };
  let started = null;
  time.addEventListener("pointerdown", (event) => {
    if (event.button || !bins.length) return;
    started = { column: columnAt(event), from: state.from, until: state.until, moved: false };
  });
  time.addEventListener("pointermove", (event) => {
    if (!started || !event.buttons) return;
    if (!started.moved && columnAt(event) !== started.column) time.setPointerCapture(event.pointerId);
    if (columnAt(event) !== started.column) started.moved = true;
    if (started.moved) brush(started.column, columnAt(event), true);
  });
  time.addEventListener("pointerup", (event) => {
    if (!started) return;
    const n = Math.max(0, Math.min(bins.length - 1, started.column));
    const again = !started.moved && started.from === bins[n].from && started.until === bins[n].until;
    if (again) { Object.assign(state, { from: "", until: "" }); changed(); } else brush(started.column, columnAt(event));
    started = null;
  });
  time.addEventListener("pointercancel", () => { started = null; });
  time.addEventListener("keydown", (event) => {
    if (!bins.length) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      const first = bins.findIndex((bin) => state.from && bin.from <= state.from && state.from <= bin.until);
      let last = bins.findIndex((bin) => state.until && bin.from <= state.until && state.until <= bin.until);
      if (last < 0) last = first;
      if (first < 0) brush(step > 0 ? 0 : bins.length - 1, step > 0 ? 0 : bins.length - 1);
      else if (event.shiftKey) brush(first, Math.max(first, last + step));
      else brush(first + step, first + step);
    } else if (event.key === "Escape") { Object.assign(state, { from: "", until: "" }); changed(); } else return;
    event.preventDefault();
  });
  const dayRows = [...document.querySelectorAll("#days tr")].map((box) => {
    const label = box.querySelector("th");
    const made = make("button", label.textContent, { type: "button" });
    made.addEventListener("click", () => { Object.assign(state, { from: box.dataset.from, until: box.dataset.until, date: "" }); changed(); });
    label.replaceChildren(made);
    const [known, perhaps] = box.querySelectorAll("td");
    return { box, known, perhaps };
  });
  const undated = document.querySelector(".undated");
  let undatedButton = null;
  if (undated) {
    undatedButton = make("button", "", { type: "button", class: "pick" });
    undatedButton.append(...undated.childNodes);
    undated.append(undatedButton);
    undatedButton.addEventListener("click", () => { Object.assign(state, { date: state.date ? "" : "none", from: "", until: "" }); changed(); });
  }

  /* ---- the filters ---- */
  const form = $("filters");
  const facets = [...form.querySelectorAll(".facet")].map((box) => ({ box, name: box.dataset.facet, badge: box.querySelector("summary b"),
    values: [...box.querySelectorAll("label")].map((label) => ({ label, input: label.querySelector("input"), number: label.querySelector("i") })) }));
  let typing = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.q.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { state.q = form.elements.q.value.trim(); changed(true); }, 150);
  });
  form.addEventListener("change", (event) => {
    const facet = facets.find(({ box }) => box.contains(event.target));
    if (facet) event.target.checked ? state[facet.name].add(event.target.value) : state[facet.name].delete(event.target.value);
    else if (event.target.name === "contested") state.contested = event.target.checked;
    else if (event.target.type === "date") Object.assign(state, { [event.target.name]: event.target.value, date: "" });
    else return;
    changed();
  });
  document.addEventListener("pointerdown", (event) => {
    for (const { box } of facets) if (box.open && !box.contains(event.target)) box.open = false;
  });
  form.addEventListener("keydown", (event) => {
    const open = facets.find(({ box }) => box.open);
    if (event.key !== "Escape" || !open) return;
    open.box.open = false;
    open.box.querySelector("summary").focus();
  });
  $("all").addEventListener("click", () => {
    state = { ...empty(), sort: state.sort, show: state.show };
    changed();
    fit();
    $("list").focus({ preventScroll: true });
  });
  const chips = () => {
    const found = [];
    const chip = (words, undo) => found.push([words, undo]);
    if (state.q) chip(`“${state.q}”`, () => { state.q = ""; });
    for (const name of FACETS) for (const value of state[name]) chip(value, () => state[name].delete(value));
    for (const key of state.place) chip(facts.map.places[key].name, () => state.place.delete(key));
    if (state.box) chip("in the box", () => { state.box = null; });
    if (state.date) chip("no date known", () => { state.date = ""; });
    if (state.from || state.until) {
      chip(state.from === state.until ? state.from : `${state.from || "…"} – ${state.until || "…"}`, () => { Object.assign(state, { from: "", until: "" }); });
    }
    if (state.contested) chip("contested only", () => { state.contested = false; });
    return found.map(([words, undo]) => {
      const entry = make("li");
      const made = make("button", words, { type: "button", class: "chip", "aria-label": `Take away: ${words}` });
      made.addEventListener("click", () => { undo(); changed(); });
      entry.append(made);
      return entry;
    });
  };
  const paintFilters = (judged, left) => {
    form.elements.q.value = document.activeElement === form.elements.q ? form.elements.q.value : state.q;
    form.elements.from.value = state.from;
    form.elements.until.value = state.until;
    form.elements.contested.checked = state.contested;
    for (const { name, badge, values } of facets) {
      const numbers = new Map();
      for (const [row, out] of judged) {
        if (out.some((other) => other !== name)) continue;
        for (const value of row[name]) numbers.set(value, (numbers.get(value) || 0) + 1);
      }
      badge.textContent = state[name].size || "";
      for (const { label, input, number } of values) {
        input.checked = state[name].has(input.value);
        number.textContent = numbers.get(input.value) || 0;
        label.classList.toggle("nil", !numbers.get(input.value));
      }
    }
    const made = chips();
    document.querySelector("#chosen ul").replaceChildren(...made);
    $("all").hidden = !made.length;
    $("count").textContent = made.length ? `${left.toLocaleString("en")} of ${counted(rows.length, "incident")}` : counted(rows.length, "incident");
    if (undatedButton) {
      undatedButton.setAttribute("aria-pressed", Boolean(state.date));
      undated.querySelector("b").textContent = judged.filter(([row, out]) => !row.from && out.every((name) => name === "when")).length;
    }
  };

  /* ---- the list and the chosen incident ---- */
  const order = make("select", "", { "aria-label": "Sort" });
  for (const [value, words] of Object.entries(SORTS)) order.append(make("option", words, { value }));
  order.addEventListener("change", () => { state.sort = order.value; changed(); });
  const heading = $("list-h");
  const head = make("div", "", { class: "listhead" });
  heading.before(head);
  head.append(heading, order);
  const keys = {
    given: () => 0,
    date: (row) => (row.from ? Date.parse(row.from) : Infinity),
    "-date": (row) => (row.until ? -Date.parse(row.until) : Infinity),
    "-deaths": (row) => (row.deaths === null ? Infinity : -row.deaths),
    "-outlets": (row) => -row.outlets,
  };
  let sorted = "given";
  const sortList = () => {
    order.value = state.sort;
    if (sorted === state.sort) return;
    sorted = state.sort;
    const key = keys[sorted];
    const compare = (a, b) => { const [x, y] = [key(a), key(b)]; return x === y ? a.number - b.number : x < y ? -1 : 1; };
    list.append(...[...rows].sort(compare).map((row) => row.item));
  };
  const pane = $("pane");
  let shown = null;
  let printing = false;
  const putBack = () => {
    if (!shown) return;
    if (shown.dossier.parentNode === pane) shown.item.querySelector("article").append(shown.dossier);
    shown.item.classList.remove("open");
    shown.item.querySelector("h3 a").removeAttribute("aria-expanded");
    pane.replaceChildren();
    shown = null;
  };
  const paintChosen = () => {
    const row = byId.get(state.show);
    if (printing) return;
    if (shown === row && (!row || (row.dossier.parentNode === pane) === wide.matches)) return;
    putBack();
    pane.hidden = !wide.matches;
    if (!row) {
      pane.append(make("p", "Choose an incident to read who says what.", { class: "none" }));
      return;
    }
    row.dossier = row.dossier || row.item.querySelector(".d");
    row.item.classList.add("open");
    row.item.querySelector("h3 a").setAttribute("aria-expanded", "true");
    shown = row;
    if (wide.matches) {
      const title = make("h3");
      title.append(...[...row.item.querySelector("h3 a").childNodes].map((node) => node.cloneNode(true)));
      pane.append(title, row.dossier);
      pane.scrollTop = 0;
    }
  };
  const choose = (row, open) => {
    state.show = open ? row.id : "";
    changed();
    if (open && !wide.matches) row.item.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  };
  list.addEventListener("click", (event) => {
    const item = event.target.closest("#list .i");
    const link = event.target.closest("h3 a");
    if (!item || (!link && !(wide.matches && !event.target.closest(".d")))) return;
    event.preventDefault();
    const row = rows[+item.dataset.n];
    choose(row, wide.matches || state.show !== row.id);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = event.target.closest("#list .i");
    if (!step || !item || !event.target.closest("h3 a")) return;
    const left = [...list.children].filter((one) => !one.hidden);
    const next = left[left.indexOf(item) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("h3 a").focus();
    if (wide.matches) { state.show = rows[+next.dataset.n].id; changed(true); }
  });

  /* ---- all together ---- */
  const paint = () => {
    const judged = rows.map((row) => [row, failing(row)]);
    let left = 0;
    for (const [row, out] of judged) {
      row.item.hidden = out.length > 0;
      left += out.length ? 0 : 1;
    }
    const nothing = document.querySelector(".empty");
    if (nothing) nothing.hidden = left > 0;
    sortList();
    paintFilters(judged, left);
    paintChosen();
    paintMap(judged);
    paintTime(judged);
    root.dataset.left = left;
  };
  const changed = (keep) => {
    write(keep);
    paint();
  };
  const reveal = () => {
    const row = byId.get(state.show);
    if (row) row.item.scrollIntoView({ block: "nearest" });
  };
  for (const hidden of [form, $("chosen"), tools, $("scale")]) hidden.hidden = false;
  window.addEventListener("hashchange", () => { state = read(); paint(); reveal(); });
  wide.addEventListener("change", () => { paint(); fit(); });
  let measured = 0;
  new ResizeObserver(() => {
    if (map.clientWidth === measured) return;
    measured = map.clientWidth;
    zoom(1);
    paint();
  }).observe(map);
  window.addEventListener("beforeprint", () => {
    printing = true;
    putBack();
    for (const box of list.querySelectorAll("details")) box.open = true;
  });
  window.addEventListener("afterprint", () => { printing = false; paint(); });
  state = read();
  if (!state.show && wide.matches && rows.length) {
    const first = rows.find((row) => !failing(row).length);
    if (first) state.show = first.id;
  }
  fit();
  paint();
  reveal();
  root.dataset.ready = Math.round(performance.now());
})();
