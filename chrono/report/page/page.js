"use strict";
(() => {
  const DAY = 86400000;
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = new Map([...document.querySelectorAll("tr[data-id]")].map((row) => [row.dataset.id, row]));
  const byId = (id) => document.getElementById(id);
  const svg = (name, attributes, parent) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (parent) parent.append(node);
    return node;
  };
  document.documentElement.classList.add("js");
  byId("filters").hidden = false;

  // ---- which rows are shown, which are lit -------------------------------------------------------------------
  let shown = new Set(rows.keys());
  let lit = new Set();
  let current = null;
  const words = new Map();
  const wordsOf = (id) => {
    if (!words.has(id)) words.set(id, rows.get(id).textContent.toLowerCase());
    return words.get(id);
  };
  const value = (id) => (byId(id) ? byId(id).value : "");

  function filter() {
    const text = value("f-text").trim().toLowerCase();
    const [agency, subject, kind, from, to] = ["f-agency", "f-subject", "f-kind", "f-from", "f-to"].map(value);
    const cited = byId("f-cited").checked;
    shown = new Set();
    for (const [id, row] of rows) {
      const d = row.dataset;
      const fits = (!agency || d.agency === agency)
        && (!subject || d.subjects.split(" ").includes(subject))
        && (!kind || d.kinds.split(" ").includes(kind))
        && (!from || (d.end || d.start || "") >= from || (d.start && !d.end))
        && (!to || (d.start || d.end || "9") <= to)
        && (!cited || "cited" in d)
        && (!text || wordsOf(id).includes(text));
      row.hidden = !fits;
      if (fits) shown.add(id);
    }
    for (const month of document.querySelectorAll("[data-month]")) month.hidden = !month.querySelector("tr[data-id]:not([hidden])");
    byId("f-count").textContent = shown.size === rows.size ? `${rows.size} entries` : `${shown.size} of ${rows.size} entries`;
    draw();
  }

  function light(ids, focus) {
    for (const id of lit) rows.get(id)?.classList.remove("lit");
    lit = new Set(ids);
    for (const id of lit) rows.get(id)?.classList.add("lit");
    if (focus && rows.has(focus)) rows.get(focus).scrollIntoView({ block: "center" });
    draw();
  }

  function choose(id) {
    rows.get(current)?.classList.remove("current");
    current = id;
    const row = rows.get(id);
    if (!row) return;
    row.classList.add("current");
    row.scrollIntoView({ block: "center" });
    draw();
    bringIntoView(id);
  }

  // ---- findings ---------------------------------------------------------------------------------------------
  const findings = [...document.querySelectorAll("[data-finding]")];
  function openFinding(article) {
    const wasOpen = article.classList.contains("lit");
    for (const other of findings) {
      other.classList.remove("lit");
      other.querySelector("button").setAttribute("aria-expanded", "false");
    }
    if (wasOpen) return light([]);
    article.classList.add("lit");
    article.querySelector("button").setAttribute("aria-expanded", "true");
    const ids = article.dataset.rows.split(" ").filter((id) => rows.has(id));
    light(ids, ids[0]);
    if (ids[0]) bringIntoView(ids[0]);
  }
  for (const article of findings) article.querySelector("button").addEventListener("click", () => openFinding(article));

  // ---- one entry in full, its linked entries beside it --------------------------------------------------------
  function card(id) {
    const row = rows.get(id);
    const box = document.createElement("article");
    box.className = "card";
    for (const part of [".agency", ".date", ".what > p", "dl", ".outcome", ".source"]) {
      const from = row.querySelector(part);
      if (!from) continue;
      const to = document.createElement("div");
      to.className = part.replace(/[^a-z]/g, "");
      to.append(...from.cloneNode(true).childNodes);
      if (part === "dl") { const list = from.cloneNode(true); box.append(list); } else box.append(to);
    }
    return box;
  }
  function openEntry(id) {
    const cards = document.createElement("div");
    cards.className = "cards";
    cards.append(card(id), ...(data.links[id] || []).filter((other) => rows.has(other)).map(card));
    byId("detail-body").replaceChildren(cards);
    byId("detail").showModal();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      if (byId("detail").open) byId("detail").close();
      if (target.dataset.finding) { event.preventDefault(); if (!target.classList.contains("lit")) openFinding(target); target.scrollIntoView({ block: "center" }); target.querySelector("button").focus({ preventScroll: true }); }
      if (link.classList.contains("open-entry")) { event.preventDefault(); openEntry(target.dataset.id); return; }
      if (target.dataset.id) { event.preventDefault(); target.hidden = false; target.closest("[data-month]").hidden = false; choose(target.dataset.id); }
      return;
    }
    const row = event.target.closest("tr[data-id]");
    if (row && !event.target.closest("details, a, button") && !String(getSelection())) openEntry(row.dataset.id);
  });
  // ---- lanes: only what can be seen is drawn -------------------------------------------------------------------
  const ZOOMS = [["Years", 0.6], ["Quarters", 2], ["Months", 6], ["Weeks", 20], ["Days", 64]];
  const LANE = 34, TOP = 26, NAMES = 150;
  const view = byId("lanes-view");
  let zoom = 0;
  const day = (text) => Math.round(Date.parse(text) / DAY);
  const first = data.first === null ? 0 : day(data.first);
  const last = data.last === null ? 1 : day(data.last) + 1;
  const entries = data.entries.map(([id, lane, start, end, soft]) => ({ id, lane, start: start + first, end: end + first, soft }));
  const place = new Map(entries.map((entry, index) => [entry.id, index]));
  const canvas = svg("svg", { role: "img", "aria-label": "Entries of each agency along the time" });
  const defs = svg("defs", {}, canvas);
  const fade = svg("linearGradient", { id: "soft" }, defs);
  for (const [offset, opacity] of [[0, 0], [0.3, 1], [0.7, 1], [1, 0]]) svg("stop", { offset, "stop-color": "white", "stop-opacity": opacity }, fade);
  const mask = svg("mask", { id: "softly", maskContentUnits: "objectBoundingBox" }, defs);
  svg("rect", { width: 1, height: 1, fill: "url(#soft)" }, mask);
  const layer = svg("g", {}, canvas);
  const width = () => Math.max(view.clientWidth - 2, Math.ceil((last - first) * ZOOMS[zoom][1]) + NAMES + 20);
  const x = (d) => NAMES + (d - first) * Math.max(ZOOMS[zoom][1], zoom === 0 ? (view.clientWidth - NAMES - 22) / (last - first) : 0);

  function ticks(from, to) {
    const list = [];
    const at = new Date(from * DAY);
    const step = [3, 1, 1, 0, 0][zoom];
    if (step) {
      at.setUTCDate(1);
      const perYear = (last - first) > 1500 && zoom === 0;
      for (at.setUTCMonth(perYear ? 0 : at.getUTCMonth() - (at.getUTCMonth() % step)); at / DAY <= to; at.setUTCMonth(at.getUTCMonth() + (perYear ? 12 : step)))
        list.push([at / DAY, at.toLocaleDateString("en-GB", perYear ? { year: "numeric", timeZone: "UTC" } : { month: "short", year: "2-digit", timeZone: "UTC" })]);
    } else {
      const days = zoom === 3 ? 7 : 1;
      const monday = from - ((from + 3) % 7);
      for (let d = monday; d <= to; d += days) list.push([d, new Date(d * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })]);
    }
    return list;
  }

  const escape = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  const CROWDED = 2500, BIN = 4;

  function markOf(entry, scale) {
    const long = entry.end > entry.start;
    const dim = !shown.has(entry.id) || (lit.size && !lit.has(entry.id));
    const classes = `mark c${data.lanes[entry.lane].colour}${dim ? " dim" : ""}${lit.has(entry.id) || entry.id === current ? " lit" : ""}`;
    const size = Math.max(4, long ? x(entry.end + 1) - x(entry.start) : Math.min(scale, 7));
    return `<rect class="${classes}" data-mark="${entry.id}" x="${x(entry.start).toFixed(1)}" y="${TOP + entry.lane * LANE + (long ? 12 : 7)}" width="${size.toFixed(1)}" height="${long ? 10 : 20}" rx="2"${long || entry.soft ? ' mask="url(#softly)"' : ""}/>`;
  }

  // Where marks would cover each other, a bar stands for the entries of a few days: the taller, the more.
  function binsOf(seen) {
    const bins = new Map();
    for (const entry of seen) {
      const key = `${entry.lane} ${Math.floor(x(entry.start) / BIN)}`;
      if (!bins.has(key)) bins.set(key, []);
      bins.get(key).push(entry);
    }
    const most = Math.max(...[...bins.values()].map((bin) => bin.length));
    return [...bins.values()].map((bin) => {
      const height = 4 + 24 * bin.length / most;
      const { lane, start, id } = bin[0];
      return `<rect class="bin mark c${data.lanes[lane].colour}" data-mark="${id}" data-count="${bin.length}" x="${(Math.floor(x(start) / BIN) * BIN).toFixed(1)}" y="${(TOP + lane * LANE + LANE - 3 - height).toFixed(1)}" width="${BIN - 1}" height="${height.toFixed(1)}"/>`;
    });
  }

  function draw() {
    if (!entries.length) return;
    const height = TOP + data.lanes.length * LANE + 8;
    canvas.setAttribute("width", width());
    canvas.setAttribute("height", height);
    const scale = x(first + 1) - x(first);
    const from = first + (view.scrollLeft - NAMES) / scale - 5;
    const to = from + view.clientWidth / scale + NAMES / scale + 10;
    const parts = [];
    data.lanes.forEach((lane, n) => { if (n % 2) parts.push(`<rect class="band" x="0" y="${TOP + n * LANE}" width="${width()}" height="${LANE}"/>`); });
    for (const [a, b] of data.quiet) if (b + first >= from && a + first <= to)
      parts.push(`<rect class="gap" x="${x(a + first)}" y="${TOP}" width="${Math.max(1, x(b + first) - x(a + first))}" height="${data.lanes.length * LANE}"/>`);
    let clear = -1e9;
    for (const [d, label] of ticks(Math.max(from, first), Math.min(to, last))) {
      if (x(d) < NAMES) continue;
      parts.push(`<line class="rule" x1="${x(d)}" x2="${x(d)}" y1="${TOP - 4}" y2="${height}"/>`);
      if (x(d) > clear) { parts.push(`<text x="${x(d) + 3}" y="16">${label}</text>`); clear = x(d) + 46; }
    }
    const inView = entries.filter((entry) => entry.end >= from && entry.start <= to);
    const crowded = inView.length > CROWDED;
    if (crowded) {
      parts.push(...binsOf(inView.filter((entry) => shown.has(entry.id))));
      parts.push(...inView.filter((entry) => lit.has(entry.id) || entry.id === current).map((entry) => markOf(entry, scale)));
    } else parts.push(...inView.map((entry) => markOf(entry, scale)));
    data.lanes.forEach((lane, n) => {
      parts.push(`<rect class="cover" x="${view.scrollLeft}" y="${TOP + n * LANE}" width="${NAMES - 6}" height="${LANE}"/>`);
      parts.push(`<text class="lane-name" x="${view.scrollLeft + 6}" y="${TOP + n * LANE + 21}">${escape(lane.name.length > 21 ? lane.name.slice(0, 20) + "…" : lane.name)}</text>`);
    });
    layer.innerHTML = parts.join("");
  }
  function bringIntoView(id) {
    const entry = entries[place.get(id)];
    if (!entry) return;
    const at = x(entry.start);
    if (at < view.scrollLeft + NAMES || at > view.scrollLeft + view.clientWidth - 40) view.scrollLeft = at - view.clientWidth / 2;
  }
  function setZoom(level) {
    const scale = x(first + 1) - x(first);
    const middle = first + (view.scrollLeft + view.clientWidth / 2 - NAMES) / scale;
    zoom = Math.max(0, Math.min(ZOOMS.length - 1, level));
    byId("zoom-level").textContent = ZOOMS[zoom][0];
    byId("zoom-out").disabled = zoom === 0;
    byId("zoom-in").disabled = zoom === ZOOMS.length - 1;
    canvas.setAttribute("width", width());
    view.scrollLeft = x(middle) - view.clientWidth / 2;
    draw();
  }
  if (entries.length) {
    view.replaceChildren(canvas);
    view.addEventListener("click", (event) => { const mark = event.target.closest("[data-mark]"); if (mark) choose(mark.dataset.mark); });
    view.addEventListener("mouseover", (event) => {
      const mark = event.target.closest("[data-mark]");
      if (!mark || mark.firstChild) return;
      const row = rows.get(mark.dataset.mark);
      const words = row.querySelector(".date b").textContent + ": " + row.querySelector(".what p").textContent.slice(0, 140);
      svg("title", {}, mark).textContent = mark.dataset.count > 1 ? `${mark.dataset.count} entries, the first: ${words}` : words;
    });
    byId("zoom").hidden = false;
    byId("zoom-in").addEventListener("click", () => setZoom(zoom + 1));
    byId("zoom-out").addEventListener("click", () => setZoom(zoom - 1));
    let waiting = false;
    view.addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; draw(); }); } });
    addEventListener("resize", draw);
    view.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "+" || event.key === "=") setZoom(zoom + 1);
      if (event.key === "-") setZoom(zoom - 1);
      if (event.key === "Enter" && current) { event.preventDefault(); openEntry(current); } // else the same key would press the dialog's own button
      if (!step) return;
      event.preventDefault();
      let index = current === null ? (step > 0 ? -1 : entries.length) : place.get(current) ?? -1;
      do { index += step; } while (index >= 0 && index < entries.length && !shown.has(entries[index].id));
      if (index >= 0 && index < entries.length) { choose(entries[index].id); view.focus({ preventScroll: true }); }
    });
    setZoom(0);
  }

  byId("filters").addEventListener("input", filter);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => requestAnimationFrame(filter));
  filter();
})();
