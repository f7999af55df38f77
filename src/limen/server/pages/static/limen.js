"use strict";
/* Keys and small comforts; every page works without it. */
(() => {
  const findings = [...document.querySelectorAll("article.finding, [data-go] a")];
  let at = -1;
  /* WCAG 2.1.4: keys of one letter can be switched off; the choice stays in this browser. */
  const legend = document.querySelector(".keys");
  let keys = localStorage.getItem("keys") !== "off";
  if (legend) {
    const button = document.createElement("button");
    const show = () => {
      button.textContent = keys ? "Switch keys off" : "Switch keys on";
      legend.classList.toggle("off", !keys);
    };
    button.type = "button";
    button.className = "quiet";
    button.addEventListener("click", () => {
      keys = !keys;
      localStorage.setItem("keys", keys ? "on" : "off");
      show();
    });
    legend.append(" ", button);
    show();
  }
  const typing = (node) => node.matches("input, textarea, select, [contenteditable]");
  const go = (step) => {
    if (!findings.length) return;
    at = Math.min(findings.length - 1, Math.max(0, at + step));
    findings[at].focus();
    findings[at].scrollIntoView({ block: findings[at].matches("a") ? "nearest" : "start" });
  };
  /* A key of the decision: an outcome, whose reason is chosen next, or a signature. */
  const choose = (control) => {
    if (!control) return;
    control.click();
    const form = control.closest("form");
    if (control.type !== "radio") return;
    const reason = form.querySelector("select[name=reason]");
    if (reason.selectedOptions[0]?.parentNode.dataset.outcome === control.value) form.querySelector("button").focus();
    else reason.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!keys) return;
    const box = document.getElementById("what");
    if (event.key === "/") {
      event.preventDefault();
      if (!box) location.href = "/";
      else {
        const folded = box.closest("details");
        if (folded) folded.open = true;
        box.focus();
      }
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "p") window.print();
    else if (event.key === "x") document.activeElement.closest("[data-go]")?.querySelector("input")?.click();
    else choose(document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
  });
  const box = document.getElementById("what");
  if (box) box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
  for (const link of document.querySelectorAll("[data-copy]")) {
    link.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return;
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      link.textContent = "Copied";
    });
  }
  for (const form of document.querySelectorAll("[data-days]")) {
    const day = form.querySelector("input[type=date]");
    const slider = document.createElement("input");
    const number = (text) => Math.round(Date.parse(text) / 86400000);
    slider.type = "range";
    slider.min = number(day.min);
    slider.max = number(day.max);
    slider.value = number(day.value);
    slider.setAttribute("aria-label", "Day");
    slider.addEventListener("input", () => {
      day.value = new Date(slider.value * 86400000).toISOString().slice(0, 10);
      slider.setAttribute("aria-valuetext", day.value);
    });
    slider.addEventListener("change", () => form.requestSubmit());
    day.parentNode.after(slider);
  }
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
  const job = document.querySelector("[data-job]");
  if (job) {
    const poll = async () => {
      const reply = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      if (!reply.ok) return;
      const state = await reply.json();
      const bar = job.querySelector("progress");
      if (bar && state.total) { bar.max = state.total; bar.value = state.done; }
      const summary = job.querySelector("[data-summary]");
      if (summary) summary.textContent = state.told;
      if (["queued", "running"].includes(state.state)) setTimeout(poll, 700);
      else location.reload();
    };
    setTimeout(poll, 700);
  }
})();
