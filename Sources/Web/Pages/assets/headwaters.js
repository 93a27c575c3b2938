// What the pages can do without: drawings instead of tables, focus on what is wrong, no double sending.
"use strict";
(() => {
  const charts = document.currentScript.dataset.charts;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const tones = { neutral: "--ink-faint", info: "--river", good: "--good", warn: "--warn", bad: "--bad", l1: "--l1", l2: "--l2", l3: "--l3", l4: "--l4" };
  let library;

  // One megabyte: only for pages that draw.
  const load = () => library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = charts;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  const option = (data) => {
    const names = { type: "category", data: data.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } }, axisLabel: { color: token("--ink-soft") } };
    const values = { type: "value", splitLine: { lineStyle: { color: token("--line-faint") } }, axisLabel: { color: token("--ink-faint") } };
    const isRow = data.kind === "row";
    return {
      animation: false,
      textStyle: { fontFamily: token("--sans") },
      grid: { left: 8, right: 16, top: data.series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
      legend: data.series.length > 1 ? { top: 0, left: 0, icon: "rect", itemWidth: 10, itemHeight: 10 } : undefined,
      // Drawn on the canvas: the page allows no inline style.
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      xAxis: isRow ? values : names,
      yAxis: isRow ? { ...names, inverse: true } : values,
      series: data.series.map((series) => ({
        name: series.name, data: series.values.map((value) => value / 10 ** data.decimals), type: data.kind === "line" ? "line" : "bar", stack: data.stacked ? "all" : undefined,
        barMaxWidth: 34, symbolSize: 5, itemStyle: { color: token(tones[series.tone]) },
      })),
    };
  };

  const draw = async (root) => {
    const places = [...root.querySelectorAll("[data-chart]:not([data-drawn])")];
    if (!places.length) return;
    await load();
    for (const place of places) {
      place.dataset.drawn = "";
      place.hidden = false;
      const chart = window.echarts.init(place);
      chart.setOption(option(JSON.parse(place.dataset.chart)));
      new ResizeObserver(() => chart.resize()).observe(place);
      const table = place.parentElement.querySelector("details");
      if (table) table.open = false;
    }
  };

  // A question that only one answer to another makes sense of.
  const ask = (root) => {
    for (const field of root.querySelectorAll("[data-when]")) {
      const decides = field.closest("form")?.elements[field.dataset.when];
      if (decides) field.hidden = !field.dataset.is.split(" ").includes(decides.value);
    }
  };

  const begin = (root) => {
    ask(root);
    draw(root).catch(() => { /* The table stays. */ });
    root.querySelector(".hw-summary")?.focus();
    const chain = root.querySelector(".hw-chain");
    const here = chain?.querySelector(".is-current");
    if (here) chain.scrollLeft = here.offsetLeft - (chain.clientWidth - here.offsetWidth) / 2;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
  });
  // Coming back through the browser's history, a form may be sent again, and holds what was chosen in it.
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    ask(document);
  });
  // A refusal is a page of its own, never a piece of a table.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, pathInfo } = event.detail;
    if (xhr.status < 400) return;
    if (requestConfig.verb !== "get") {
      // What was typed is in the answer, beside what was wrong with it.
      Object.assign(event.detail, { shouldSwap: true, target: document.querySelector("main"), swapOverride: "innerHTML", selectOverride: "unset" });
      return;
    }
    event.detail.shouldSwap = false;
    location.assign(pathInfo.finalRequestPath);
  });
  document.addEventListener("htmx:afterRequest", (event) => { delete event.target.dataset.sent; });
  // A file: how much of it is sent, and too large before it is.
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("progress");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = event.detail.loaded / event.detail.total;
  });
  document.addEventListener("change", ({ target }) => { if (target.form) ask(target.form); });
  document.addEventListener("change", ({ target }) => {
    if (!target.dataset.bytesMax) return;
    const isTooLarge = [...target.files].some((file) => file.size > Number(target.dataset.bytesMax));
    target.setCustomValidity(isTooLarge ? target.dataset.tooLarge : "");
    if (isTooLarge) target.reportValidity();
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, ({ target }) => target.closest?.(".hw-drop")?.classList.toggle("is-over", kind === "dragover"));
  }
  // Rows by the keyboard, where a page says which keys there are; whoever wants none switches them off there, and that is remembered.
  const keys = document.querySelector("details[data-keys]");
  const keysSwitch = keys?.querySelector("input");
  if (keys) {
    keys.hidden = false;
    try { keysSwitch.checked = localStorage.getItem("hw-keys") !== "off"; } catch { /* Nothing is remembered here. */ }
    keysSwitch.addEventListener("change", () => {
      try { localStorage.setItem("hw-keys", keysSwitch.checked ? "on" : "off"); } catch { /* Until the page is left. */ }
    });
  }
  const press = (key) => {
    const table = document.getElementById(keys.dataset.keys);
    const rows = [...(table?.querySelectorAll("tbody tr") ?? [])];
    const here = rows.indexOf(document.activeElement.closest("tr"));
    const search = table?.querySelector("input[type=search]");
    switch (key) {
      case "j": rows[Math.min(here + 1, rows.length - 1)]?.querySelector("a")?.focus(); return true;
      case "k": rows[Math.max(here - 1, 0)]?.querySelector("a")?.focus(); return true;
      case "x": rows[here]?.querySelector(".hw-choose input")?.click(); return here >= 0;
      case "/": search?.focus(); return Boolean(search);
      case "?":
        keys.open = !keys.open;
        keys.querySelector("summary").focus();
        return true;
      default: return false;
    }
  };
  document.addEventListener("keydown", (event) => {
    if (!keysSwitch?.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (press(event.key)) event.preventDefault();
  });
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) begin(event.target); });
  begin(document);
})();
