"use strict";
// Nothing here parses a text as markup: what is found, compared or copied is put in as text nodes,
// or is a copy of what stands on the page already.
document.documentElement.classList.add("js");
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const root = document.body.dataset.root;
const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

/* The address: what stands behind its first # or, where all pages are in one file, its second. */
const packed = one("#packed");
function readAddress() {
  const text = location.hash.slice(1), at = packed ? text.indexOf("#") : -1;
  if (!packed) return { path: "", place: text };
  return at < 0 ? { path: text, place: "" } : { path: text.slice(0, at), place: text.slice(at + 1) };
}
const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const placeOf = () => decode(readAddress().place);
function keepPlace(text) {
  const place = text ? `#${text}` : "";
  history.replaceState(null, "", packed ? `#${readAddress().path}${place}` : place || location.pathname + location.search);
}

/* The filters of a table: each row is read once, a filter chooses among them. The address has it.
   Of a large table, some are drawn of those that fit, and further ones once they are scrolled to. */
const FEW_CELLS = 4000, DRAWN_CELLS = 1500, MOST_CELLS = 20000;
function filterTable(form, main, signal) {
  const frame = one(".frame", main), end = make("p", { class: "end-of-rows" });
  const groups = all("tbody", frame).map((body) => ({
    body,
    name: body.dataset.group,
    fitting: [],
    shown: 0,
    head: one(".grp", body),
    rows: all("tr:not(.grp)", body).map((row) => ({
      row,
      text: one("th", row).textContent.toLowerCase(),
      words: (row.dataset.w || "").split(" "),
      last: Number(row.dataset.last),
      findings: row.dataset.f || "",
    })),
  }));
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const wide = Math.max(1, all("thead tr:last-child th", frame).length);
  const step = total * wide > FEW_CELLS ? Math.ceil(DRAWN_CELLS / wide) : Infinity;
  let whole = total * wide <= MOST_CELLS; // as long as nothing is filtered, all of them stand there
  const fields = all("input, select", form);
  function grow(count) {
    for (const group of groups) {
      if (!count) return;
      const next = group.fitting.slice(group.shown, group.shown + count);
      group.body.append(...next);
      group.shown += next.length;
      group.body.hidden = !group.shown;
      count -= next.length;
    }
  }
  function apply() {
    const chosen = new FormData(form);
    const texts = wordsOf(chosen.get("q")), marks = chosen.getAll("w");
    const verdicts = marks.filter((word) => word !== "differs"), differ = marks.length > verdicts.length;
    const last = Number(chosen.get("last") || Infinity), finding = chosen.get("finding") || "";
    const fits = ({ text, words, last: since, findings }) => texts.every((word) => text.includes(word))
      && (!verdicts.length || verdicts.some((word) => words.includes(word))) && (!differ || words.includes("differs")) && since <= last && (!finding || findings.includes(` ${finding} `));
    const wanted = texts.length || marks.length || chosen.get("last") || finding || chosen.get("group");
    const count = one("output", form);
    if (whole && !wanted) { count.textContent = `${total} rows`; return; }
    whole = false;
    let found = 0;
    for (const group of groups) {
      const here = !chosen.get("group") || chosen.get("group") === group.name;
      group.fitting = here ? group.rows.filter(fits).map(({ row }) => row) : [];
      group.shown = 0;
      group.body.replaceChildren(group.head);
      group.body.hidden = true;
      found += group.fitting.length;
    }
    grow(step);
    count.textContent = found === total ? `${total} rows` : `${found} of ${total} rows`;
  }
  if (step < total) {
    frame.append(end);
    const seen = new IntersectionObserver((seen) => { if (seen.at(-1).isIntersecting) grow(step); }, { root: frame, rootMargin: "900px" });
    seen.observe(end);
    addEventListener("beforeprint", () => grow(total), { signal });
    signal.addEventListener("abort", () => seen.disconnect());
  }
  function restore() {
    const wanted = new URLSearchParams(readAddress().place);
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = wanted.getAll(field.name).includes(field.value);
      else field.value = wanted.get(field.name) || "";
    }
    apply();
  }
  form.addEventListener("input", () => {
    apply();
    const kept = [...new FormData(form)].filter(([, value]) => value);
    keepPlace(new URLSearchParams(kept).toString());
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", restore, { signal });
  form.hidden = false;
  restore();
}

/* The page of a cell: one release is looked at; its diagram and its checks are shown. */
function lookAtCell(cell, signal) {
  const links = all(".heat.one td a", cell);
  const panels = all(".panel[data-in]", cell), parts = all("[data-in]", cell);
  const beside = one(".beside", cell), other = one("#beside", cell), stepper = one(".stepper", cell);
  const has = (link, release) => link.dataset.releases.split(" ").includes(release);
  const isIn = (part, number) => part.dataset.in.split(" ").includes(number);
  for (const anchor of all(".panel a[id]", cell)) anchor.remove(); // a release is no place to scroll to
  scrollTo(0, 0);
  const span = (link) => {
    const releases = link.dataset.releases.split(" ");
    return releases.length > 1 ? `in ${releases[0]} to ${releases.at(-1)}` : `in ${releases[0]}`;
  };
  let current, at = -1;

  function pick(release) {
    current = links.find((link) => has(link, release)) || links.at(-1);
    for (const link of links) {
      link.parentNode.classList.toggle("cur", link === current);
      link.tabIndex = link === current ? 0 : -1;
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const part of parts) part.hidden = !isIn(part, current.dataset.stretch);
    for (const which of all(".which", cell)) which.textContent = span(current);
    const strip = one(".scroll", cell), cellOf = current.parentNode;
    strip.scrollLeft = cellOf.offsetLeft - strip.clientWidth / 2;
    at = -1;
    compare();
    step(0);
  }
  const panelOf = (link) => panels.find((panel) => isIn(panel, link.dataset.stretch));

  function compare() {
    const link = links.find((each) => has(each, beside.value));
    const both = link && panelOf(link) !== panelOf(current);
    for (const each of links) each.parentNode.classList.toggle("by", each === link);
    other.hidden = !both;
    panelOf(current).hidden = both;
    one(".two-columns", cell).classList.toggle("wide", both);
    if (both) {
      const order = links.indexOf(link) < links.indexOf(current) ? [link, current] : [current, link];
      other.replaceChildren(putSideBySide(...order.map((each) => [span(each), panelOf(each)])));
    }
  }

  function step(by) {
    const diagram = one(".panel:not([hidden]) .dia", cell);
    const rows = diagram ? all(".e", diagram) : [];
    at = Math.max(-1, Math.min(rows.length - 1, at + by));
    diagram?.classList.toggle("stepping", at >= 0);
    rows.forEach((row, number) => {
      row.classList.toggle("past", number < at);
      row.classList.toggle("now", number === at);
    });
    one("output", stepper).textContent = !diagram ? "" : at < 0 ? `${rows.length} events` : `${at + 1} of ${rows.length}`;
    if (by && at >= 0) rows[at].scrollIntoView({ block: "nearest" });
  }

  for (const link of links) {
    for (const release of link.dataset.releases.split(" ")) beside.append(make("option", { value: release }, release));
  }
  beside.addEventListener("change", () => { compare(); step(0); });
  stepper.addEventListener("click", (event) => step(Number(event.target.dataset?.step || 0)));
  stepper.hidden = false;
  const follow = () => pick(placeOf());
  addEventListener("hashchange", follow, { signal });
  follow();

  const move = (by) => {
    const next = links[links.indexOf(current) + by];
    if (next) location.replace(next.href);
    return next;
  };
  return (event) => {
    const arrow = { ArrowLeft: -1, ArrowRight: 1 }[event.key], release = { "[": -1, "]": 1 }[event.key];
    const inStrip = event.target.closest?.(".heat.one");
    if (release) move(release);
    else if (arrow && inStrip) move(arrow)?.focus();
    else if (arrow) step(arrow);
    else if (event.key === "Escape") { at = -1; step(0); }
    else if (event.key === "n" || event.key === "p") one(`[rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
    else return;
    event.preventDefault();
  };
}

const SAME_EVENTS = "These events are the same in both: what differs is how it ends, what is left, or another outcome.";
/* Two diagrams row by row: what is in both stands side by side, what is in one is marked. */
function putSideBySide([was, before], [now, after]) {
  const first = [before, after].map((panel) => one(".dia", panel));
  const [model, old] = [first[1], first[0]].map((diagram) => (diagram ? all(".e", diagram) : []));
  const lists = [putInOrder(old, model), model];
  const two = first.some((diagram) => diagram && one(".two", diagram));
  const list = make("ol", { class: `ev2${two ? " two" : ""}` });
  for (const [left, right] of alignRows(...lists)) {
    list.append(besideRow(left, "old", right ? "" : "minus"), besideRow(right, "new", left ? "" : "plus"));
  }
  const same = list.querySelector(".minus, .plus") ? [] : [make("p", { class: "hint same" }, SAME_EVENTS)];
  const heads = [was, now].map((text) => make("div", { class: "h" }, make("p", { class: "hint" }, ` ${text}`)));
  return make("div", { class: "pair" }, ...same, ...heads, list);
}
/* The order between lanes is a scheduler's: the old rows are put into the order of the new ones. */
function putInOrder(rows, model) {
  const laneOf = (row) => (/^[pl]/.test(row.classList[1]) ? "wire" : row.classList[1].endsWith("2") ? "second" : "main");
  const places = new Map(), reached = {};
  for (const lane of ["main", "second", "wire"]) {
    const pairs = alignRows(...[rows, model].map((side) => side.filter((row) => laneOf(row) === lane)));
    for (const [mine, theirs] of pairs) if (mine && theirs) places.set(mine, model.indexOf(theirs));
  }
  let last = -1;
  const wanted = rows.map((row, number) => {
    const lane = laneOf(row);
    last = reached[lane] = Math.max(places.get(row) ?? last, reached[lane] ?? -1);
    return [last, number, row];
  });
  return wanted.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , row]) => row);
}
function besideRow(row, side, mark) {
  if (!row) return make("li", { class: `e blank ${side}`, "aria-hidden": "true" });
  const copy = row.cloneNode(true);
  copy.classList.remove("now", "past");
  copy.classList.add(side);
  if (mark) copy.classList.add(mark);
  return copy;
}
function alignRows(left, right) {
  const keys = [left, right].map((rows) => rows.map((row) => row.textContent));
  const best = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      best[i][j] = keys[0][i] === keys[1][j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    if (i < left.length && j < right.length && keys[0][i] === keys[1][j]) pairs.push([left[i++], right[j++]]);
    else if (j >= right.length || (i < left.length && best[i + 1][j] >= best[i][j + 1])) pairs.push([left[i++], null]);
    else pairs.push([null, right[j++]]);
  }
  return pairs;
}

/* An upgrade is picked: two releases, and on the start page a library. */
function pickUpgrade(form) {
  const { library, old, new: now } = form.elements;
  const target = () => one(library ? `.to[data-library="${library.value}"]` : ".to", form);
  function fill() {
    const releases = target().dataset.releases.split(" ");
    for (const [select, back] of [[old, 2], [now, 1]]) {
      select.replaceChildren(...releases.map((release) => make("option", { value: release }, release)));
      select.value = form.dataset[select.name] || releases.at(-back) || releases[0];
    }
  }
  library?.addEventListener("change", fill);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${target().getAttribute("href")}#${old.value}..${now.value}`;
  });
  fill();
  form.hidden = false;
}
/* The list of upgrades leads to the page of the two that are picked; else it shows those in between. */
function listUpgrades(list, main, signal) {
  const form = one("[data-pick]", main), between = one(".between", main), items = all("li[data-release]", list);
  const releases = one(".to", form).dataset.releases.split(" ");
  const pages = new Map();
  for (const link of all(".pairs a", main)) pages.set(link.textContent.replace(" to ", ".."), link);
  for (const item of items) {
    const release = item.dataset.release;
    pages.set(`${releases[releases.indexOf(release) - 1]}..${release}`, one("a", item));
  }
  function follow() {
    const picked = placeOf().split("..").map((release) => releases.indexOf(release)).sort((a, b) => a - b);
    const whole = picked.length !== 2 || picked[0] < 0, [first, last] = picked;
    const pair = whole ? [] : [releases[first], releases[last]];
    if (pages.has(pair.join(".."))) { location.replace(pages.get(pair.join("..")).href); return; }
    let shown = 0;
    for (const item of items) {
      const at = releases.indexOf(item.dataset.release);
      item.hidden = !whole && (at <= first || at > last);
      shown += !item.hidden;
    }
    const unknown = whole && placeOf().includes("..");
    between.hidden = whole && !unknown;
    if (between.hidden) return;
    if (!unknown) [form.elements.old.value, form.elements.new.value] = pair;
    one(".which", between).textContent = unknown ? placeOf().replace("..", " to ") : pair.join(" to ");
    one(".ends", between).textContent = pair.join(" ");
    one(".way-there", between).hidden = !shown || unknown;
    const said = shown === 1 ? "1 release on the way changes something" : `${shown} releases on the way change something`;
    one("output", between).textContent = unknown ? "no such releases are in this report" : shown ? said : "nothing changes";
  }
  addEventListener("hashchange", follow, { signal });
  follow();
}

/* The search: its data is a script, because a page that was opened from a folder may read no file. */
function searchFrom(form) {
  const field = one("#q"), hits = one("#hits");
  let loading, rows, chosen = -1;
  const load = () => (loading ||= packed ? opened.then(({ data }) => { rows = readSearch(data.wslifecycle_search); }) : new Promise((done) => {
    const script = make("script", { src: `${root}search.js` });
    script.addEventListener("load", () => { rows = readSearch(window.wslifecycle_search); done(); });
    document.head.append(script);
  }));
  async function search() {
    await load();
    const words = wordsOf(field.value);
    hits.hidden = !words.length;
    field.setAttribute("aria-expanded", String(words.length > 0));
    field.removeAttribute("aria-activedescendant");
    chosen = -1;
    const { stems, rows: found } = words.length ? listHits(rows, field.value) : { stems: [], rows: [] };
    hits.replaceChildren(...found.map((row, number) => showHit(row, stems, number)));
    if (words.length && !found.length) hits.append(make("p", {}, "Nothing has any of these words."));
  }
  field.addEventListener("focus", load, { once: true });
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    const links = all("a", hits), by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      chosen = Math.max(0, Math.min(links.length - 1, chosen + by));
      links.forEach((link, number) => link.setAttribute("aria-selected", String(number === chosen)));
      links[chosen]?.scrollIntoView({ block: "nearest" });
      if (links[chosen]) field.setAttribute("aria-activedescendant", links[chosen].id);
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      links[Math.max(0, chosen)]?.click();
    } else if (event.key === "Escape") {
      field.value = "";
      hits.hidden = true;
    }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".find") || event.target.closest("#hits a")) hits.hidden = true; });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
}
function readSearch(data) {
  const cells = data.cells.map(([library, surface, scenario, word, worth]) => [...[library, surface, scenario, word].map((one) => data.names[one]), worth]);
  const fields = data.fields.map(([name, weight, folded]) => {
    const texts = folded.map(([parts, steps]) => [parts.map((part) => data.parts[part]).join(data.between), steps]);
    const starts = [];
    let end = 0;
    const lower = texts.map(([text]) => { starts.push(end); const low = text.toLowerCase().replaceAll("\n", " "); end += low.length + 1; return low; });
    const cells = texts.map(([, steps]) => { let at = 0; return steps.map((step) => (at += step)); });
    return { name, weight, texts: texts.map(([text]) => text), cells, starts, joined: lower.join("\n") };
  });
  return { ...data, cells, fields, stopwords: new Set(data.stopwords) };
}
function stemOf(word, { suffixes, shortest }) {
  const lower = word.toLowerCase(), title = lower.charAt(0).toUpperCase() + lower.slice(1);
  if (!/^\p{L}+$/u.test(lower) || (word !== lower && word !== title)) return lower;
  for (const suffix of suffixes) {
    const short = lower.endsWith(suffix) ? lower.slice(0, -suffix.length) : lower;
    if (short !== lower && short.length >= shortest && !lower.endsWith("ss")) {
      const doubled = (suffix === "ing" || suffix === "ed") && short.at(-1) === short.at(-2) && !"ls".includes(short.at(-1));
      return doubled && short.length > shortest ? short.slice(0, -1) : short;
    }
  }
  return lower;
}
function termsOf(question, data) {
  const words = [...new Set(question.match(/[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)*/g) || [])];
  const telling = words.filter((word) => !data.stopwords.has(word.toLowerCase()));
  return (telling.length ? telling : words).map((word) => {
    const own = stemOf(word, data), meant = new Set();
    for (const [said, means] of data.meanings) {
      if (said.split(" ").includes(word.toLowerCase())) for (const one of means.split(" ")) meant.add(stemOf(one, data));
    }
    meant.delete(own);
    return { word, own, meant: [...meant] };
  });
}
const isInWord = (letter) => /[\p{L}\p{N}]/u.test(letter || "");
function placesOf(stem, { joined, starts }) {
  const found = new Set();
  for (let at = joined.indexOf(stem); at >= 0; at = joined.indexOf(stem, at + 1)) {
    if (isInWord(joined[at - 1]) && isInWord(stem[0])) continue;
    if (/^\d+$/.test(stem) && isInWord(joined[at + stem.length])) continue;
    let low = 0, high = starts.length;
    while (high - low > 1) { const middle = (low + high) >> 1; if (starts[middle] <= at) low = middle; else high = middle; }
    found.add(low);
    at = (starts[low + 1] ?? joined.length) - 1;
  }
  return found;
}
function cellsWith(term, data) {
  const best = new Map();
  for (const field of data.fields) {
    const values = new Map();
    for (const stem of term.meant) for (const number of placesOf(stem, field)) values.set(number, field.weight * data.worth.meant);
    for (const number of placesOf(term.own, field)) values.set(number, field.weight);
    for (const [number, value] of values) {
      for (const cell of field.cells[number]) {
        const [worth, where] = best.get(cell) || [0, null];
        best.set(cell, [Math.max(worth, value) + data.worth.echo * Math.min(worth, value), value > worth ? [field, number] : where]);
      }
    }
  }
  return best;
}
const round = (number) => Math.round(number * 1e6) / 1e6;
/* What `find` finds, in its order: see reports/search/search_index.py and found_scenarios.py. */
function findRows(data, question) {
  const terms = termsOf(question, data), total = data.cells.length;
  const found = terms.map((term) => cellsWith(term, data));
  const rarity = found.map((cells) => (cells.size ? Math.log(1 + total / cells.size) : 0));
  const whole = rarity.reduce((sum, one) => sum + (one || Math.log(1 + total)), 0);
  const hits = [...new Set(found.flatMap((cells) => [...cells.keys()]))].map((cell) => {
    let score = 0, covered = 0;
    const where = [];
    found.forEach((cells, number) => {
      const has = cells.get(cell);
      if (!has) return;
      score += rarity[number] * has[0];
      covered += rarity[number];
      if (has[1]) where.push(has[1]);
    });
    return { cell, where, score: round(score * data.cells[cell][4]), coverage: round(covered / whole) };
  });
  const order = (a, b) => b.coverage - a.coverage || b.score - a.score || (data.cells[a.cell].slice(1, 3).join() < data.cells[b.cell].slice(1, 3).join() ? -1 : 1);
  const all = hits.filter((hit) => hit.coverage === 1), rate = (hit) => hit.score * hit.coverage ** 2;
  hits.sort(order);
  let chosen = all.sort((a, b) => b.score - a.score || order(a, b));
  if (!all.length || terms.length > data.worth.few) {
    const ranked = hits.sort((a, b) => rate(b) - rate(a));
    chosen = ranked.filter((hit) => rate(hit) >= data.worth.near * rate(ranked[0]));
  }
  return { terms, scenarios: Map.groupBy ? [...Map.groupBy(chosen, (hit) => data.cells[hit.cell][2]).values()] : chosen.map((hit) => [hit]) };
}
function listHits(data, question) {
  const { terms, scenarios } = findRows(data, question), stems = terms.map((term) => term.own);
  const rows = scenarios.slice(0, 30).map((hits) => {
    const [library, surface, scenario, word] = data.cells[hits[0].cell];
    const notes = hits[0].where.filter(([field]) => !["name", "sentence", "surface"].includes(field.name)).map(([field, number]) => excerpt(field.texts[number], stems));
    const more = hits.length > 1 ? ` and ${hits.length - 1} more` : "";
    return { title: data.sentences[scenario], api: surface + more, note: [scenario, ...new Set(notes)].join(" · "), word, address: `${library}/${surface}/${scenario}.html` };
  });
  const findings = data.findings.filter(([, , why, link]) => stems.length && stems.every((stem) => `${why} ${link}`.toLowerCase().includes(stem)));
  const told = findings.slice(0, 5).map(([library, id, why, , count]) => ({
    title: why, api: `${count} cells`, note: `finding of ${library}`, word: "known", address: `${library}/index.html#finding=${id}` }));
  return { stems, rows: [...rows.slice(0, 5), ...told, ...rows.slice(5)] };
}
function excerpt(text, stems) {
  const lower = text.toLowerCase(), at = Math.max(0, Math.min(...stems.map((stem) => lower.indexOf(stem)).filter((place) => place >= 0), text.length) - 24);
  return (at ? "..." : "") + text.slice(at, at + 90);
}
function showHit(row, stems, number) {
  return make("a", { href: packed ? `#/${row.address}` : root + row.address, role: "option", id: `hit${number}`, "aria-selected": "false" },
    make("i", { class: `m ${row.word.replaceAll(" ", "-")}`, "aria-hidden": "true" }),
    make("span", {}, markWords(row.title, stems)), make("span", { class: "api" }, row.api),
    make("span", { class: "d2" }, markWords(row.note, stems)));
}
function markWords(text, words) {
  const found = document.createDocumentFragment();
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "ig");
  text.split(pattern).forEach((part, number) => found.append(number % 2 ? make("mark", {}, part) : part));
  return found;
}

/* What is done with each page, once it is there; `signal` ends it where another one takes its place. */
let keysOfCell;
function start(main, signal) {
  one(".findhere", main)?.append(search);
  for (const form of all("[data-filter]", main)) filterTable(form, main, signal);
  for (const form of all("[data-pick]", main)) pickUpgrade(form);
  for (const list of all(".steps", main)) listUpgrades(list, main, signal);
  const cell = one(".cell", main);
  keysOfCell = cell && lookAtCell(cell, signal);
  for (const block of all("pre", main)) {
    const button = make("button", { type: "button", class: "copy" }, "copy");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(one("code", block).textContent);
      button.textContent = "copied";
    });
    block.append(button);
  }
}

/* One file: its pages are opened once, and put together when they are looked at. They are our own. */
async function unpack() {
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}
const opened = packed && unpack();
async function showPages() {
  const { items, pages, start: first } = await opened;
  const whole = (text) => text.replace(/\x01(\d+)\x02/g, (_, number) => whole(items[number]));
  const main = one("#main"), views = one("#views");
  let shown, life = new AbortController();
  function show() {
    const { path, place } = readAddress(), wanted = decode(path.slice(1)) || first;
    const found = pages[wanted] ? wanted : first;
    if (found !== shown) {
      life.abort();
      life = new AbortController();
      one("header .in").append(search);
      const [title, ...parts] = pages[found].map(whole);
      document.title = make("textarea", {}, title).textContent;
      [views.innerHTML, main.innerHTML] = parts;
      for (const link of all("a[href]", document)) leadInside(link, found);
      main.dataset.page = shown = found;
      scrollTo(0, 0);
      start(main, life.signal);
    }
    document.getElementById(decode(place))?.scrollIntoView();
  }
  addEventListener("hashchange", show);
  show();
}
function leadInside(link, path) {
  const href = link.getAttribute("href");
  if (/^[a-z]+:/i.test(href) || href.startsWith("#/") || href === "#main") return;
  const to = new URL(href, `http://report/${link.closest(".brand") ? "" : path}`);
  link.setAttribute("href", `#${to.pathname}${to.hash}`);
  if (link.closest(".sibs") && to.pathname === `/${path}`) link.setAttribute("aria-current", "page");
}

one(".skip").addEventListener("click", (event) => { event.preventDefault(); one("#main").focus(); });
const search = one(".find");
searchFrom(search);
if (packed) showPages();
else start(one("#main"), new AbortController().signal);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, select, textarea")) return;
  if (event.key === "/") { one("#q").focus(); event.preventDefault(); }
  else keysOfCell?.(event);
});
